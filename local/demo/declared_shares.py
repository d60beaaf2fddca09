"""How many of the demo's fictional homes would give each answer: assumptions, one and all.

No figures are published on what homes would answer. The shares are chosen so that every search
finds some homes and leaves some out.
"""

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from shared.domain.admission_hours import WEEKDAYS, Day
from shared.domain.needs import NeedGroup
from shared.domain.terms import Assessment, Funding
from shared.domain.vocabulary import BedCategory

SILENT: Final = 0.1
"""The share of homes that declare nothing."""

LEFT_OPEN: Final = 0.04
"""The share of needs that a home leaves open in a group that it goes through."""

LONGER_THAN_A_YEAR_AGO: Final = 0.06
"""The share of groups that a home last went through more than a year ago."""

OPENNESS: Final = 0.12
"""How much homes differ: some say yes to most, others to little."""

TERMS_LEFT_OPEN: Final = 0.12
"""The share of homes that leave each part of the terms open: who pays, assessment, hours."""

ALSO_AS: Final = 0.3
"""The share of the categories of a home whose beds may serve as another."""


class Share(NamedTuple):
    """Of the homes that answer, the share that says yes, and the share that says ask."""

    yes: float
    ask: float


ANSWERED: Final = {
    NeedGroup.CARE: 0.9,
    NeedGroup.MOVING: 0.92,
    NeedGroup.MIND: 0.85,
    NeedGroup.END_OF_LIFE: 0.9,
    NeedGroup.INFECTION: 0.75,
    NeedGroup.PERSON: 0.8,
    NeedGroup.LANGUAGE: 0.5,
    NeedGroup.ROOM: 0.95,
}
"""The share of the homes that say anything which go through each group."""

SHARES: Final = {
    "peg": Share(0.65, 0.2),
    "ng_tube": Share(0.15, 0.3),
    "tracheostomy": Share(0.08, 0.2),
    "oxygen": Share(0.6, 0.3),
    "cpap": Share(0.5, 0.35),
    "insulin": Share(0.8, 0.15),
    "syringe_driver": Share(0.75, 0.15),
    "catheter": Share(0.92, 0.05),
    "stoma": Share(0.88, 0.08),
    "subcutaneous_fluids": Share(0.55, 0.25),
    "pressure_ulcer_3_4": Share(0.5, 0.35),
    "timed_medicines": Share(0.8, 0.15),
    "epilepsy_rescue": Share(0.55, 0.3),
    "dialysis_transport": Share(0.4, 0.4),
    "hoist": Share(0.8, 0.1),
    "two_to_help": Share(0.65, 0.2),
    "wheelchair": Share(0.8, 0.1),
    "step_free": Share(0.8, 0.1),
    "bariatric": Share(0.15, 0.4),
    "high_falls_risk": Share(0.5, 0.4),
    "walks_with_purpose": Share(0.55, 0.3),
    "secure_door": Share(0.5, 0.1),
    "distressed_behaviour": Share(0.2, 0.5),
    "resists_care": Share(0.35, 0.5),
    "awake_at_night": Share(0.5, 0.4),
    "one_to_one": Share(0.3, 0.5),
    "dols": Share(0.75, 0.2),
    "severe_mental_illness": Share(0.12, 0.35),
    "alcohol_or_drugs": Share(0.08, 0.3),
    "under_65": Share(0.15, 0.4),
    "fast_track": Share(0.6, 0.25),
    "mrsa": Share(0.6, 0.3),
    "c_difficile": Share(0.4, 0.4),
    "covid_19": Share(0.35, 0.4),
    "influenza": Share(0.4, 0.4),
    "norovirus_recovering": Share(0.5, 0.35),
    "isolation_room": Share(0.6, 0.2),
    "couple": Share(0.3, 0.4),
    "pet": Share(0.12, 0.5),
    "smoker": Share(0.35, 0.35),
    "female_carers": Share(0.45, 0.35),
    "halal": Share(0.35, 0.45),
    "kosher": Share(0.15, 0.5),
    "vegetarian": Share(0.96, 0.03),
    "bsl": Share(0.04, 0.2),
    "en_suite": Share(0.65, 0.1),
    "ground_floor": Share(0.85, 0.1),
}

LANGUAGES: Final = {
    "pol": 0.3,
    "ron": 0.3,
    "mal": 0.3,
    "hin": 0.25,
    "por": 0.15,
    "spa": 0.12,
    "bul": 0.1,
    "nep": 0.1,
    "ben": 0.08,
    "pan": 0.08,
    "urd": 0.06,
    "yue": 0.03,
}
"""The share of homes whose staff speak a language. Of languages a home says yes or nothing."""

FUNDING: Final = {
    Funding.COUNCIL_RATE: 0.6,
    Funding.TOP_UP: 0.5,
    Funding.CHC: 0.45,
    Funding.FNC: 0.95,
    Funding.D2A_BLOCK: 0.2,
    Funding.SELF_FUNDED: 0.97,
    Funding.RESPITE: 0.6,
    Funding.DEFERRED_PAYMENT: 0.35,
}
ONLY_WITH_NURSES: Final = {Funding.FNC}
"""NHS-funded nursing care is paid to homes with nurses alone."""

ASSESSMENTS: Final = {
    Assessment.TELEPHONE: 0.4,
    Assessment.VIDEO: 0.5,
    Assessment.VISIT: 0.9,
    Assessment.TRUSTED_ASSESSOR: 0.45,
}
ASSESSES_WITHIN_HOURS: Final = (4, 24, 24, 48, 48, 72)
TOP_UPS: Final = (25, 50, 75, 100, 150, 200)
"""Pounds a week."""
RESPITE_NIGHTS: Final = (3, 7, 7, 14)


def _daily(period: str, days: Iterable[Day]) -> dict[str, Any]:
    return {day: [period] for day in days}


_WORKING_DAYS: Final = tuple(Day)[:5]
HOURS: Final = (
    {**_daily("09:00-17:00", _WORKING_DAYS), Day.BANK_HOLIDAY: []},
    {**_daily("09:00-16:00", _WORKING_DAYS), "same_day_before": "12:00"},
    {**_daily("08:00-18:00", _WORKING_DAYS), Day.SATURDAY: ["09:00-12:00"]},
    {**_daily("08:00-20:00", WEEKDAYS), "same_day_before": "15:00"},
    {**_daily("10:00-18:00", WEEKDAYS), Day.BANK_HOLIDAY: ["10:00-14:00"]},
    _daily("00:00-24:00", WEEKDAYS),
)
"""The patterns of admission hours, as a home's document has them."""

USES: Final = {
    BedCategory.GENERAL_NURSING: BedCategory.GENERAL_RESIDENTIAL,
    BedCategory.DEMENTIA_NURSING: BedCategory.DEMENTIA_RESIDENTIAL,
    BedCategory.DEMENTIA_RESIDENTIAL: BedCategory.GENERAL_RESIDENTIAL,
}
"""As what else a bed of a category may serve: with less care than it is kept for."""
