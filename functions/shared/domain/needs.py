"""What a person may need of a home, and the words for it: the one place where needs are listed.

A home answers each need with yes, ask or no. A need that it has not answered never counts as no.
The pages and docs/http.md get their words from here, by `make vocabulary`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Answer(StrEnum):
    """What a home says of a need; `ask` means that it depends on the person."""

    YES = "yes"
    ASK = "ask"
    NO = "no"


class NeedGroup(StrEnum):
    """The groups in which a home answers needs, one card of the page each."""

    CARE = "care"
    MOVING = "moving"
    MIND = "mind"
    END_OF_LIFE = "end_of_life"
    INFECTION = "infection"
    PERSON = "person"
    LANGUAGE = "language"
    ROOM = "room"


GROUP_LABELS: Final[Mapping[NeedGroup, str]] = MappingProxyType(
    {
        NeedGroup.CARE: "Nursing and medical care",
        NeedGroup.MOVING: "Moving and the building",
        NeedGroup.MIND: "Memory, mood and behaviour",
        NeedGroup.END_OF_LIFE: "End of life",
        NeedGroup.INFECTION: "Infection",
        NeedGroup.PERSON: "The person's life",
        NeedGroup.LANGUAGE: "Languages",
        NeedGroup.ROOM: "The room",
    }
)


@dataclass(frozen=True, slots=True)
class Need:
    """A need, with the words for it."""

    id: str
    group: NeedGroup
    label: str
    """What a team reads in a list: "PEG feeding"."""
    question: str
    """What a home is asked."""
    help: str = ""
    """What the need includes, where the question leaves doubt."""
    needs_nurses: bool = False
    """Whether only a home with nurses can usually meet it."""


_C, _M, _D = NeedGroup.CARE, NeedGroup.MOVING, NeedGroup.MIND
_I, _P = NeedGroup.INFECTION, NeedGroup.PERSON

_NEEDS: Final = (
    Need(
        "peg",
        _C,
        "PEG feeding",
        "Would you take someone who is fed through a PEG?",
        "A tube into the stomach, in place for months or years. RIG and PEG-J too.",
        needs_nurses=True,
    ),
    Need(
        "ng_tube",
        _C,
        "Nasogastric tube",
        "Would you take someone who is fed through a nasogastric tube?",
        "A tube through the nose, whose place is checked before each feed.",
        needs_nurses=True,
    ),
    Need(
        "tracheostomy",
        _C,
        "Tracheostomy",
        "Would you take someone with a tracheostomy?",
        "With suction, and with someone on each shift who can change the tube.",
        needs_nurses=True,
    ),
    Need(
        "oxygen",
        _C,
        "Oxygen",
        "Would you take someone who uses oxygen?",
        "From a concentrator or cylinders, all day or at times.",
    ),
    Need(
        "cpap",
        _C,
        "CPAP or BiPAP",
        "Would you take someone who uses a breathing machine at night?",
        "CPAP or BiPAP through a mask.",
    ),
    Need(
        "insulin",
        _C,
        "Insulin injections",
        "Would you take someone who needs staff to inject their insulin?",
        "By your own staff or by a district nurse.",
    ),
    Need(
        "syringe_driver",
        _C,
        "Syringe driver",
        "Would you take someone with a syringe driver?",
        "Set up and refilled by your own nurses or by the community team.",
        needs_nurses=True,
    ),
    Need(
        "catheter",
        _C,
        "Catheter",
        "Would you take someone with a urinary catheter?",
        "Through the urethra or above the pubic bone.",
    ),
    Need(
        "stoma",
        _C,
        "Stoma",
        "Would you take someone with a stoma?",
        "Whose bag your staff empty and change.",
    ),
    Need(
        "subcutaneous_fluids",
        _C,
        "Fluids under the skin",
        "Would you give someone fluids under the skin?",
        "Subcutaneous fluids, for some days.",
        needs_nurses=True,
    ),
    Need(
        "pressure_ulcer_3_4",
        _C,
        "Pressure ulcer, category 3 or 4",
        "Would you take someone with a deep pressure ulcer?",
        "Category 3 or 4, with dressings and a special mattress.",
        needs_nurses=True,
    ),
    Need(
        "timed_medicines",
        _C,
        "Medicines at exact times",
        "Can you give medicines at exact times, day and night?",
        "For Parkinson's, for example: within half an hour of the time.",
    ),
    Need(
        "epilepsy_rescue",
        _C,
        "Epilepsy rescue medicine",
        "Can your staff give rescue medicine for a seizure?",
        "Buccal midazolam, by trained staff on every shift.",
    ),
    Need(
        "dialysis_transport",
        _C,
        "Dialysis",
        "Would you take someone who goes to hospital for dialysis?",
        "Usually three days a week: ready for early transport, with a diet and a limit on fluids.",
    ),
    Need(
        "hoist",
        _M,
        "Hoist",
        "Would you take someone who is moved with a hoist?",
        "By two staff, for every transfer.",
    ),
    Need(
        "two_to_help",
        _M,
        "Two to help",
        "Would you take someone who needs two staff for personal care?",
        "Day and night.",
    ),
    Need(
        "wheelchair",
        _M,
        "Wheelchair",
        "Can someone in a wheelchair get to the bedroom, the toilet and the lounge?",
    ),
    Need(
        "step_free",
        _M,
        "No steps",
        "Is there a way without steps from the street to the bedroom?",
        "A lift counts.",
    ),
    Need(
        "bariatric",
        _M,
        "Bariatric care",
        "Would you take someone whose weight needs special equipment?",
        "A bed, hoist, chair and doors for their weight and size.",
    ),
    Need(
        "high_falls_risk",
        _M,
        "Often falls",
        "Would you take someone who falls often?",
        "With sensors, a low bed and frequent checks.",
    ),
    Need(
        "walks_with_purpose",
        _D,
        "Walks with purpose",
        "Would you take someone with dementia who walks about much of the day?",
    ),
    Need(
        "secure_door",
        _D,
        "Secure unit",
        "Do you have a unit that someone at risk cannot leave unnoticed?",
        "A keypad or an alarm on the door, with the safeguards that the law asks for.",
    ),
    Need(
        "distressed_behaviour",
        _D,
        "Distressed behaviour",
        "Would you take someone who may hit out or shout when distressed?",
    ),
    Need(
        "resists_care",
        _D,
        "Resists personal care",
        "Would you take someone who often resists washing, dressing or medicines?",
    ),
    Need(
        "awake_at_night",
        _D,
        "Awake at night",
        "Would you take someone who is up for much of the night?",
    ),
    Need(
        "one_to_one",
        _D,
        "One to one",
        "Can you give one to one support?",
        "For hours that are agreed and paid for.",
    ),
    Need(
        "dols",
        _D,
        "Deprivation of liberty safeguards",
        "Would you take someone who needs a DoLS authorisation?",
    ),
    Need(
        "severe_mental_illness",
        _D,
        "Severe mental illness",
        "Would you take someone with a severe mental illness?",
        "Schizophrenia or bipolar disorder, for example, known to a mental health team.",
    ),
    Need(
        "alcohol_or_drugs",
        _D,
        "Alcohol or drugs",
        "Would you take someone who drinks heavily or uses drugs?",
    ),
    Need(
        "under_65",
        _D,
        "Under 65",
        "Would you take someone younger than 65?",
        "Within what CQC registered you for.",
    ),
    Need(
        "fast_track",
        NeedGroup.END_OF_LIFE,
        "End of life, fast track",
        "Would you take someone for their last days or weeks?",
        "With NHS fast-track funding, and often within a day.",
    ),
    Need("mrsa", _I, "MRSA", "Would you take someone who carries MRSA?"),
    Need(
        "c_difficile",
        _I,
        "C. difficile",
        "Would you take someone who has had C. difficile?",
        "Without diarrhoea for 48 hours.",
    ),
    Need("covid_19", _I, "COVID-19", "Would you take someone who has COVID-19?"),
    Need("influenza", _I, "Influenza", "Would you take someone who has influenza?"),
    Need(
        "norovirus_recovering",
        _I,
        "Recovering from norovirus",
        "Would you take someone who is recovering from norovirus?",
        "Without symptoms for 48 hours.",
    ),
    Need(
        "isolation_room",
        _I,
        "Room to isolate in",
        "Do you have a room in which someone can be cared for apart from others?",
        "A single room with its own toilet.",
    ),
    Need("couple", _P, "Couple", "Would you take two people who want to live together?"),
    Need("pet", _P, "Pet", "Can someone bring their pet?", "Say ask if it depends on the animal."),
    Need("smoker", _P, "Smoker", "Would you take someone who smokes?", "There is a place for it."),
    Need(
        "female_carers",
        _P,
        "Female carers only",
        "Can a woman have personal care from women alone?",
        "On every shift, nights too.",
    ),
    Need("halal", _P, "Halal food", "Can you serve halal food?"),
    Need("kosher", _P, "Kosher food", "Can you serve kosher food?"),
    Need("vegetarian", _P, "Vegetarian food", "Can you serve vegetarian food every day?"),
    Need(
        "bsl",
        _P,
        "British Sign Language",
        "Can your staff use British Sign Language?",
        "Someone on most shifts.",
    ),
    Need("en_suite", NeedGroup.ROOM, "En suite", "Do you have rooms with their own toilet?"),
    Need("ground_floor", NeedGroup.ROOM, "Ground floor", "Do you have rooms on the ground floor?"),
)

_LANGUAGES: Final = {
    "ara": "Arabic",
    "ben": "Bengali",
    "bul": "Bulgarian",
    "cym": "Welsh",
    "ell": "Greek",
    "fas": "Persian",
    "fra": "French",
    "guj": "Gujarati",
    "hin": "Hindi",
    "hun": "Hungarian",
    "ita": "Italian",
    "kur": "Kurdish",
    "lit": "Lithuanian",
    "mal": "Malayalam",
    "nep": "Nepali",
    "pan": "Punjabi",
    "pol": "Polish",
    "por": "Portuguese",
    "pus": "Pashto",
    "ron": "Romanian",
    "rus": "Russian",
    "som": "Somali",
    "spa": "Spanish",
    "tam": "Tamil",
    "tur": "Turkish",
    "ukr": "Ukrainian",
    "urd": "Urdu",
    "vie": "Vietnamese",
    "yue": "Cantonese",
    "zho": "Mandarin",
}
"""By ISO 639-3 code, languages that many people in England speak at home (census of 2021)."""

NEEDS: Final[Mapping[str, Need]] = MappingProxyType(
    {
        each.id: each
        for each in (
            *_NEEDS,
            *(
                Need(
                    f"language_{code}",
                    NeedGroup.LANGUAGE,
                    language,
                    f"Do any of your staff speak {language}?",
                )
                for code, language in _LANGUAGES.items()
            ),
        )
    }
)
"""Every need by its id, in the order in which a home is asked."""

RETIRED: Final[Mapping[str, str]] = MappingProxyType({})
"""Needs that are no longer asked, by id: what a search that still names one is told."""


class Suits(StrEnum):
    """Whom the vacancies of a category suit, such as a place in a shared room."""

    ANY = "any"
    WOMAN = "woman"
    MAN = "man"
    COUPLE = "couple"
