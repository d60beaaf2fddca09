"""Find the answers of a home that contradict what else is known about it.

It is a warning and never a refusal: the register may be behind, and the home decides.
"""

from collections.abc import Callable, Collection, Iterator
from typing import Final, NamedTuple

from shared.domain.availability import categories_of_use
from shared.domain.documents import HomeDocument
from shared.domain.needs import NEEDS, Answer
from shared.domain.vocabulary import BedCategory, ServiceUserBand


class Contradiction(NamedTuple):
    """An answer that is odd, by its need or funding: what is odd, and what to do."""

    need: str
    message: str


class _Rule(NamedTuple):
    need: str
    answer: Answer
    other: str
    """The need whose answer does not fit, or empty where it is the register or the beds."""
    holds: Callable[[HomeDocument], bool]
    """Whether anything else that is known contradicts the answer."""
    message: str


_RESIDENTIAL: Final = frozenset(
    {
        BedCategory.GENERAL_RESIDENTIAL,
        BedCategory.DEMENTIA_RESIDENTIAL,
        BedCategory.LEARNING_DISABILITY_RESIDENTIAL,
        BedCategory.MENTAL_HEALTH_RESIDENTIAL,
    }
)
"""The categories that never have nursing; the last two of the list may have it."""

_NO_NURSES: Final = (
    "CQC's register has no nurses for this home. If community nurses would do it, say ask. "
    "If the register is wrong, tell CQC and your council."
)
_NO_NURSING_BEDS: Final = (
    "None of the beds that you have posted is a nursing bed. If some are, post them as that. "
    "If not, say ask."
)
_OLDER_PEOPLE_ALONE: Final = (
    "CQC's register does not have younger adults among the people you care for. Check your "
    "registration; until it is changed, say no."
)
_HAS_YOUNGER: Final = (
    "You have posted beds for younger physically disabled people. If you would take someone under "
    "65 there, say yes or ask."
)
_NO_FNC: Final = (
    "NHS-funded nursing care is paid only to homes with nurses, and CQC's register has none for "
    "this home. Leave it out, or tell CQC and your council if the register is wrong."
)


def contradictions(home: HomeDocument, declared: Collection[str]) -> Iterator[Contradiction]:
    """Yield what does not fit among these needs and funding; each need at most once.

    An answer that fits another one badly is reported whichever of the two is declared.
    """
    answers = home.get("needs", {})
    found: set[str] = set()
    for rule in _RULES:
        touches = rule.need in declared or rule.other in declared
        if (
            touches
            and rule.need not in found
            and answers.get(rule.need) == rule.answer
            and rule.holds(home)
        ):
            found.add(rule.need)
            yield Contradiction(rule.need, rule.message)
    if "fnc" in declared and "fnc" in (home.get("funding") or ()) and not home["nursing"]:
        yield Contradiction("fnc", _NO_FNC)


def _has_no_nurses(home: HomeDocument) -> bool:
    return not home["nursing"]


def _has_residential_beds_alone(home: HomeDocument) -> bool:
    return bool(home["beds"]) and _RESIDENTIAL.issuperset(categories_of_use(home))


def _has_no_younger_adults(home: HomeDocument) -> bool:
    bands = home["service_user_bands"]
    return bool(bands) and not {
        ServiceUserBand.YOUNGER_ADULTS,
        ServiceUserBand.WHOLE_POPULATION,
    }.intersection(bands)


def _has_younger_beds(home: HomeDocument) -> bool:
    return BedCategory.YOUNG_PHYSICALLY_DISABLED in home["beds"]


def _unless(need: str, other: str, message: str) -> _Rule:
    """Make the rule that a yes to a need does not fit a no to another."""
    return _Rule(
        need,
        Answer.YES,
        other,
        lambda home: bool(home.get("needs", {}).get(other) == Answer.NO),
        message,
    )


_RULES: Final = (
    *(
        _Rule(need.id, Answer.YES, "", holds, message)
        for need in NEEDS.values()
        if need.needs_nurses
        for holds, message in (
            (_has_no_nurses, _NO_NURSES),
            (_has_residential_beds_alone, _NO_NURSING_BEDS),
        )
    ),
    _Rule("under_65", Answer.YES, "", _has_no_younger_adults, _OLDER_PEOPLE_ALONE),
    _Rule("under_65", Answer.NO, "", _has_younger_beds, _HAS_YOUNGER),
    # A hoist takes two staff for every transfer.
    _unless(
        "hoist",
        "two_to_help",
        "You say yes to a hoist, which takes two staff, and no to two staff. Change one of them.",
    ),
    _unless(
        "wheelchair",
        "step_free",
        "You say yes to a wheelchair, and that there is no way without steps. Change one of them.",
    ),
)
