"""When figures that anyone can see may follow the audit's calls, and still tell no home's answer.

Everybody can draw the calls again, and so knows whom the council rang: a figure that followed each
call would tell what each home answered. So such a figure is of a year of whole months, and changes
only once a month is settled and enough was answered since it changed last. Answers that all agree
are not enough, as the figure would then tell each of them.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final, NamedTuple

from shared.domain.audit_draw import RECORDED_WITHIN
from shared.domain.demand import Period, Span, settled_periods
from shared.domain.truth import LEAST_HOMES_IN_PUBLIC

MONTHS: Final = 12
"""Of so many months a figure is."""

LEAST_NEW_ANSWERS: Final = 10
"""So many answers must be new before a figure changes."""

_MONTHS_OF_YEAR: Final = 12


class Answer(NamedTuple):
    """What a call found that was drawn for the council and reached the home."""

    location_id: str
    is_gone: bool


def settled_month(now: datetime) -> Period:
    """Return the newest month of which no call can be made, recorded or taken back any more."""
    (month,) = settled_periods(now - RECORDED_WITHIN, Span.MONTH, 1)
    return month


def first_day(month: Period) -> date:
    """Return the first day of the year that ends with a month."""
    months = month.last.year * _MONTHS_OF_YEAR + month.last.month - MONTHS
    return date(months // _MONTHS_OF_YEAR, months % _MONTHS_OF_YEAR + 1, 1)


def may_be_told(new: Iterable[Answer]) -> bool:
    """Tell whether a figure may change by these answers: at least ten, of three homes, both kinds.

    Another answer of a home that has given one already is new, too.
    """
    answers = list(new)
    return (
        len(answers) >= LEAST_NEW_ANSWERS
        and len({each.location_id for each in answers}) >= LEAST_HOMES_IN_PUBLIC
        and len({each.is_gone for each in answers}) > 1
    )
