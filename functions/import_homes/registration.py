"""Parse whether a row's home has left CQC's register: by its status, and by its end date."""

from contextlib import suppress
from datetime import date, datetime
from typing import Final

from import_homes.columns import OptionalColumn
from import_homes.directory import Row
from import_homes.parse_row import ColumnProblem, UnreadableRowError

_HAS_LEFT: Final = {
    "": None,
    "-": None,
    "registered": False,
    "active": False,
    **dict.fromkeys(
        ("deregistered", "de-registered", "inactive", "deactivated", "de-activated", "cancelled"),
        True,
    ),
}
_NO_DATE: Final = frozenset({"", "-"})
_DATE_FORMATS: Final = ("%d/%m/%Y", "%Y-%m-%d", "%d-%b-%Y", "%d %b %Y", "%d %B %Y")
_TIMES: Final = (" 00:00", "T00:00")
"""How the time begins that a spreadsheet program writes behind a date."""


def parse_has_left_register(row: Row, today: date) -> bool:
    """Return whether the row's home has left the register by today.

    A home without a status and an end date is on it, and so is one that leaves on a later day.
    Raises UnreadableRowError, also if the status and the end date contradict each other.
    """
    status, end_date = _parse_status(row), _parse_end_date(row)
    has_ended = end_date is not None and end_date <= today
    if status is not None and end_date is not None and status != has_ended:
        raise UnreadableRowError(
            ColumnProblem(
                OptionalColumn.STATUS,
                f"fit {OptionalColumn.END_DATE}: a registered home has none or a later one, "
                "a deregistered home has none or one that is past",
            )
        )
    return has_ended if status is None else status


def _parse_status(row: Row) -> bool | None:
    """Return whether the status says that the home has left; None if it says nothing."""
    text = row.cells.get(OptionalColumn.STATUS, "").casefold()
    if text not in _HAS_LEFT:
        raise UnreadableRowError(
            ColumnProblem(OptionalColumn.STATUS, "be Registered, Deregistered or blank")
        )
    return _HAS_LEFT[text]


def _parse_end_date(row: Row) -> date | None:
    text = row.cells.get(OptionalColumn.END_DATE, "")
    for time in _TIMES:
        text = text.partition(time)[0]
    if text in _NO_DATE:
        return None
    for form in _DATE_FORMATS:
        with suppress(ValueError):
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no time zone
    raise UnreadableRowError(
        ColumnProblem(OptionalColumn.END_DATE, "be a date, such as 31/03/2026, or blank")
    )
