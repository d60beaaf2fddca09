"""What one row of the directory says of a care home, or why it cannot be read."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from import_homes.columns import BANDS, Column
from import_homes.directory import Row
from shared.domain.care_home import MOST_BEDS, Register
from shared.domain.errors import Problem, RefusedError
from shared.domain.geo import Point, in_great_britain
from shared.domain.vocabulary import Rating, Registration
from shared.http.callers import LOCATION_ID
from shared.places.postcodes import Place, normalise

Locate = Callable[[str], Place | None]

LONGEST_NAME: Final = 200
LONGEST_ADDRESS: Final = 300
LONGEST_WEBSITE: Final = 200

_MARKS: Final = {"y": True, "yes": True, "n": False, "no": False, "": False}
_RATINGS: Final = {rating.casefold(): rating for rating in Rating}
_PHONE: Final = re.compile(r"(?:\+?44|0)?([1-9][0-9]{7,10})", re.ASCII)
# No user information: an e-mail address is not a website.
_WEBSITE: Final = re.compile(
    r"(?:https?://)?[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[^\s@<>\"'\\]*)?", re.ASCII | re.IGNORECASE
)


def location_id_in(row: Row) -> str | None:
    """The row's id, if it has the form of one."""
    return _id_in(row.cells, Column.LOCATION_ID)


def is_care_home(row: Row) -> bool:
    """Raises RefusedError."""
    read = _Reading(row.cells)
    marked = read.mark(Column.CARE_HOME)
    read.refuse_problems()
    return marked


def register_in(row: Row, locate: Locate) -> Register:
    """The home as the row has it. Raises RefusedError, which names every column at fault.

    What a home can do without (phone, website, rating) is left out where it makes no sense.
    """
    read = _Reading(row.cells)
    point = read.point(locate)
    register = Register(
        name=read.text(Column.NAME),
        address=read.address(),
        postcode=read.postcode(),
        local_authority=read.text(Column.LOCAL_AUTHORITY),
        latitude=point.latitude,
        longitude=point.longitude,
        registration=(Registration.DORMANT if read.mark(Column.DORMANT) else Registration.ACTIVE),
        phone=_phone(row.cells[Column.PHONE]),
        registered_beds=read.beds(),
        rating=_RATINGS.get(row.cells[Column.RATING].casefold()),
        nursing=read.mark(Column.NURSING),
        service_user_bands=tuple(band for band, column in BANDS.items() if read.mark(column)),
        provider_id=_id_in(row.cells, Column.PROVIDER_ID),
        register_website=_website(row.cells[Column.WEBSITE]),
    )
    read.refuse_problems()
    return register


class _Reading:
    """The cells of a row, and what was found wrong with those read so far."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self._cells = cells
        self._problems: list[Problem] = []

    def refuse_problems(self) -> None:
        if self._problems:
            raise RefusedError(*self._problems)

    def mark(self, column: str) -> bool:
        marked = _MARKS.get(self._cells[column].casefold())
        if marked is None:
            self._problems.append(Problem(column, "Y, N or blank"))
        return bool(marked)

    def text(self, column: str) -> str:
        text = self._cells[column]
        if not 0 < len(text) <= LONGEST_NAME:
            self._problems.append(Problem(column, f"1 to {LONGEST_NAME} characters"))
        return text

    def address(self) -> str:
        lines = (Column.STREET, Column.ADDRESS_LINE_2, Column.CITY, Column.COUNTY)
        address = ", ".join(self._cells[line] for line in lines if self._cells[line])
        if not 0 < len(address) <= LONGEST_ADDRESS:
            self._problems.append(
                Problem(Column.STREET, f"an address of 1 to {LONGEST_ADDRESS} characters in all")
            )
        return address

    def postcode(self) -> str:
        postcode = normalise(self._cells[Column.POSTCODE]) or ""
        if " " not in postcode:
            self._problems.append(Problem(Column.POSTCODE, "a full postcode, such as EX2 5DW"))
        return postcode

    def point(self, locate: Locate) -> Point:
        """Where the row says, or else where its postcode is."""
        try:
            point = Point(float(self._cells[Column.LATITUDE]), float(self._cells[Column.LONGITUDE]))
        except ValueError:
            point = Point(0, 0)
        if in_great_britain(point):
            return point
        place = locate(self._cells[Column.POSTCODE])
        if place is None:
            self._problems.append(
                Problem(
                    f"{Column.LATITUDE} and {Column.LONGITUDE}",
                    "a point in Great Britain, as the postcode is not a known one",
                )
            )
            return point
        return place.point

    def beds(self) -> int | None:
        """None where the register gives none, which it also writes as 0."""
        text = self._cells[Column.BEDS] or "0"
        if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text) <= MOST_BEDS):
            self._problems.append(
                Problem(Column.BEDS, f"a whole number from 0 to {MOST_BEDS}, or blank")
            )
            return None
        return int(text) or None


def _id_in(cells: Mapping[str, str], column: Column) -> str | None:
    return cells[column] if LOCATION_ID.fullmatch(cells[column]) else None


def _phone(text: str) -> str | None:
    """Digits only; a spreadsheet that took it for a number has lost its first 0."""
    number = _PHONE.fullmatch("".join(each for each in text if each not in " ()-."))
    return f"0{number[1]}" if number else None


def _website(text: str) -> str | None:
    return text if len(text) <= LONGEST_WEBSITE and _WEBSITE.fullmatch(text) else None
