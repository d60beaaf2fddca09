"""Parse one row of the directory into a care home's register entry."""

import re
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from import_homes.columns import BANDS, Column
from import_homes.directory import Row
from shared.domain.care_home import MOST_BEDS, Register
from shared.domain.contact_details import phone_number, web_address
from shared.domain.geo import Point, in_great_britain
from shared.domain.identifiers import is_location_id
from shared.domain.vocabulary import Rating, Registration
from shared.places.postcodes import Place, normalise

Locate = Callable[[str], Place | None]
"""Return the place of a postcode, or None if it is not known."""

LONGEST_NAME: Final = 200
LONGEST_ADDRESS: Final = 300

# As programs write a number that may have a fraction, such as 30.0.
_WHOLE_NUMBER = re.compile(r"\A([0-9]+)\.0+\Z", re.ASCII)

_YES_OR_NO: Final = {"y": True, "yes": True, "n": False, "no": False, "": False}
_RATINGS: Final = {rating.casefold(): rating for rating in Rating}


class ColumnProblem(NamedTuple):
    """A column that cannot be read, and what it must be: `be Y, N or blank`."""

    column: str
    must: str


class UnreadableRowError(Exception):
    """The row cannot be imported; `problems` has every column that is wrong."""

    def __init__(self, *problems: ColumnProblem) -> None:
        # For the report. It repeats nothing of the row, which may name people.
        self.reason = "; ".join(f"{column} must {must}" for column, must in problems)
        super().__init__(self.reason)
        self.problems = problems


def location_id_of(row: Row) -> str | None:
    """Return the row's location id, or None if the cell holds no such id."""
    return _cqc_id(row.cells, Column.LOCATION_ID)


def parse_is_care_home(row: Row) -> bool:
    """Return whether the row is a care home. Raises UnreadableRowError."""
    cells = _Cells(row.cells)
    is_care_home = cells.yes_or_no(Column.CARE_HOME)
    cells.raise_problems()
    return is_care_home


def parse_register(row: Row, locate: Locate) -> Register:
    """Return the register entry of a row. Raises UnreadableRowError.

    A phone number, website, rating or provider id that makes no sense is left out: the home can
    be listed without it.
    """
    cells = _Cells(row.cells)
    point = cells.point(locate)
    register = Register(
        name=cells.text(Column.NAME),
        address=cells.address(),
        postcode=cells.postcode(),
        local_authority=cells.text(Column.LOCAL_AUTHORITY),
        latitude=point.latitude,
        longitude=point.longitude,
        registration=(
            Registration.DORMANT if cells.yes_or_no(Column.DORMANT) else Registration.ACTIVE
        ),
        phone=_phone(row.cells[Column.PHONE]),
        registered_beds=cells.beds(),
        rating=_RATINGS.get(row.cells[Column.RATING].casefold()),
        nursing=cells.yes_or_no(Column.NURSING),
        service_user_bands=tuple(band for band, column in BANDS.items() if cells.yes_or_no(column)),
        provider_id=_cqc_id(row.cells, Column.PROVIDER_ID),
        register_website=web_address(row.cells[Column.WEBSITE]),
    )
    cells.raise_problems()
    return register


class _Cells:
    """The cells of a row, and the problems of those read so far."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self._cells = cells
        self._problems: list[ColumnProblem] = []

    def raise_problems(self) -> None:
        if self._problems:
            raise UnreadableRowError(*self._problems)

    def yes_or_no(self, column: str) -> bool:
        value = _YES_OR_NO.get(self._cells[column].casefold())
        if value is None:
            self._add_problem(column, "be Y, N or blank")
        return bool(value)

    def text(self, column: str) -> str:
        text = self._cells[column]
        if not 0 < len(text) <= LONGEST_NAME:
            self._add_problem(column, f"have 1 to {LONGEST_NAME} characters")
        return text

    def address(self) -> str:
        lines = (Column.STREET, Column.ADDRESS_LINE_2, Column.CITY, Column.COUNTY)
        address = ", ".join(self._cells[line] for line in lines if self._cells[line])
        if not 0 < len(address) <= LONGEST_ADDRESS:
            self._add_problem(
                Column.STREET,
                f"have, with the other address columns, 1 to {LONGEST_ADDRESS} characters",
            )
        return address

    def postcode(self) -> str:
        postcode = normalise(self._cells[Column.POSTCODE]) or ""
        if " " not in postcode:
            self._add_problem(Column.POSTCODE, "be a full postcode, such as EX2 5DW")
        return postcode

    def point(self, locate: Locate) -> Point:
        """Return the row's coordinates, or those of its postcode where they make no sense."""
        try:
            point = Point(float(self._cells[Column.LATITUDE]), float(self._cells[Column.LONGITUDE]))
        except ValueError:
            point = Point(0, 0)
        if in_great_britain(point):
            return point
        place = locate(self._cells[Column.POSTCODE])
        if place is None:
            self._add_problem(
                f"{Column.LATITUDE} and {Column.LONGITUDE}",
                "be a point in Great Britain, because the postcode is not a known one",
            )
            return point
        return place.point

    def beds(self) -> int | None:
        """Return the number of beds; None if the register gives none, which it also writes as 0."""
        text = _WHOLE_NUMBER.sub(r"\1", self._cells[Column.BEDS]) or "0"
        if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text) <= MOST_BEDS):
            self._add_problem(Column.BEDS, f"be a whole number from 0 to {MOST_BEDS}, or blank")
            return None
        return int(text) or None

    def _add_problem(self, column: str, must: str) -> None:
        self._problems.append(ColumnProblem(column, must))


def _cqc_id(cells: Mapping[str, str], column: Column) -> str | None:
    return cells[column] if is_location_id(cells[column]) else None


def _phone(text: str) -> str | None:
    """Return the digits; a spreadsheet that took them for a number has lost their 0 or +."""
    return phone_number(text) or phone_number(f"0{text}") or phone_number(f"+{text}")
