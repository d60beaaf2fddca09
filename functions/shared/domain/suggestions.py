"""What CQC's register lets one guess of a home's answers: shown to its staff, never declared.

Only what a home is registered for is used, and never as a no: the register does not say what a home
cannot do. The pages get these rules from here, by `make vocabulary`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from shared.domain.needs import Answer
from shared.domain.vocabulary import ServiceUserBand


@dataclass(frozen=True, slots=True)
class Rule:
    """What follows from a band of people that a home is registered for, or from its nurses."""

    band: ServiceUserBand | None
    """None: the home has nurses."""
    why: str
    answers: Mapping[str, Answer]
    """The answers that it suggests, by need."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An answer that the home's staff may want to give, and why."""

    answer: Answer
    why: str


def _rule(band: ServiceUserBand | None, says: str, **answers: Answer) -> Rule:
    why = f"CQC's register says that you {says}."
    return Rule(band, why, MappingProxyType(answers))


RULES: Final = (
    # The band is the need: CQC means adults under 65, and people who misuse drugs or alcohol.
    _rule(ServiceUserBand.YOUNGER_ADULTS, "care for younger adults", under_65=Answer.YES),
    _rule(
        ServiceUserBand.DRUGS_AND_ALCOHOL,
        "care for people who misuse drugs and alcohol",
        alcohol_or_drugs=Answer.YES,
    ),
    # The band is wider than the need: anxiety is mental health too.
    _rule(
        ServiceUserBand.MENTAL_HEALTH,
        "care for people with mental health needs",
        severe_mental_illness=Answer.ASK,
    ),
    # Many have a physical disability and walk; whether a hoist fits is for the home to say.
    _rule(
        ServiceUserBand.PHYSICAL_DISABILITY,
        "care for people with a physical disability",
        hoist=Answer.ASK,
        wheelchair=Answer.ASK,
    ),
    # Both are common in dementia, and differ from one person to the next.
    _rule(
        ServiceUserBand.DEMENTIA,
        "care for people with dementia",
        walks_with_purpose=Answer.ASK,
        dols=Answer.ASK,
    ),
    # Nurses do these in most nursing homes, if they were trained and there is the equipment.
    _rule(
        None,
        "have nurses",
        peg=Answer.ASK,
        syringe_driver=Answer.ASK,
        subcutaneous_fluids=Answer.ASK,
        pressure_ulcer_3_4=Answer.ASK,
    ),
)
"""Each need stands in one rule. The other bands say nothing of a need: "Older People" and "Whole
Population" are too wide, and a sensory impairment does not make staff sign."""


def suggestions(*, nursing: bool, bands: Collection[ServiceUserBand]) -> dict[str, Suggestion]:
    """Return what a home's entry in the register suggests, by need."""
    return {
        need: Suggestion(answer, rule.why)
        for rule in RULES
        if (nursing if rule.band is None else rule.band in bands)
        for need, answer in rule.answers.items()
    }
