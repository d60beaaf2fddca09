"""Parse one row of the directory into a care home's register entry."""

from collections.abc import Callable, Container, Mapping
from typing import Final, NamedTuple, TypeVar

from import_homes.cell_text import has_failed, tidy_id, without_fraction
from import_homes.columns import BANDS, Column
from import_homes.directory import Row
from import_homes.register_phone import register_phone
from import_homes.text_file import UNKNOWN
from shared.domain.care_home import MOST_BEDS, Register
from shared.domain.contact_details import web_address
from shared.domain.geo import Point, in_great_britain, miles_between
from shared.domain.identifiers import is_location_id
from shared.domain.vocabulary import Rating, Registration
from shared.places.postcodes import Place, normalise

_Value = TypeVar("_Value")

Locate = Callable[[str], Place | None]
"""Return the place of a postcode, or None if it is not known."""

LONGEST_NAME: Final = 200
LONGEST_ADDRESS: Final = 300

_NEAR_POSTCODE_MILES: Final = 2
"""Of 728 real care homes, none is more than 0.2 miles from its postcode's point."""

_NEAR_DISTRICT_MILES: Final = 25
"""Of the same, none is more than 10 miles from the centre of its outward code."""

_COORDINATES: Final = f"{Column.LATITUDE} and {Column.LONGITUDE}"

_YES_OR_NO: Final = {
    **dict.fromkeys(("y", "yes", "true"), True),
    **dict.fromkeys(("n", "no", "false", ""), False),
}
_NO_RATING: Final = frozenset(
    {
        "inspected but not rated",
        "insufficient evidence to rate",
        "no published rating",
        "not formally rated",
        "not rated",
    }
)
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


def location_id_of(row: Row, known: Container[str] = frozenset()) -> str | None:
    """Return the row's location id, or None if the cell holds no such id.

    Digits alone are an id that has lost its "1-" or its hyphen: of a known home, never a new one.
    """
    text = tidy_id(row.cells[Column.LOCATION_ID])
    if is_location_id(text):
        return text
    if not (text.isascii() and text.isdigit()):
        return None
    ids = {f"1-{text}", *([f"1-{text[1:]}"] if text.startswith("1") else [])}
    meant = [each for each in ids if each in known]
    return meant[0] if len(meant) == 1 else None


def parse_is_care_home(row: Row) -> bool:
    """Return whether the row is a care home. Raises UnreadableRowError."""
    cells = _Cells(row.cells, [])
    is_care_home = cells.yes_or_no(Column.CARE_HOME)
    cells.raise_problems()
    return is_care_home


def parse_register(row: Row, locate: Locate, notes: list[str] | None = None) -> Register:
    """Return the register entry of a row. Raises UnreadableRowError.

    A phone number, website, rating or provider id that makes no sense is left out: the home can
    be listed without it. `notes` gets what was left out or read otherwise than it stands there.
    """
    cells = _Cells(row.cells, [] if notes is None else notes)
    cells.refuse_failed()
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
        phone=cells.phone(),
        registered_beds=cells.beds(),
        rating=cells.rating(),
        nursing=cells.yes_or_no(Column.NURSING),
        service_user_bands=tuple(band for band, column in BANDS.items() if cells.yes_or_no(column)),
        provider_id=cells.provider_id(),
        register_website=cells.website(),
    )
    cells.raise_problems()
    return register


class _Cells:
    """The cells of a row, with the problems of those read so far and the notes on them."""

    def __init__(self, cells: Mapping[str, str], notes: list[str]) -> None:
        self._cells = cells
        self._notes = notes
        self._problems: list[ColumnProblem] = []

    def raise_problems(self) -> None:
        if self._problems:
            raise UnreadableRowError(*self._problems)

    def refuse_failed(self) -> None:
        """Raise UnreadableRowError if a formula failed: nobody knows what the cell would say."""
        for column, text in self._cells.items():
            if has_failed(text):
                self._add_problem(
                    column, "be a value: a formula failed, or the column is too narrow"
                )
        self.raise_problems()

    def yes_or_no(self, column: str) -> bool:
        value = _YES_OR_NO.get(self._cells[column].casefold())
        if value is None:
            self._add_problem(column, "be Y, N or blank")
        return bool(value)

    def text(self, column: str) -> str:
        text = self._cells[column]
        if not 0 < len(text) <= LONGEST_NAME:
            self._add_problem(column, f"have 1 to {LONGEST_NAME} characters")
        self._note_unknown_characters(column)
        return text

    def address(self) -> str:
        lines = (Column.STREET, Column.ADDRESS_LINE_2, Column.CITY, Column.COUNTY)
        for line in lines:
            self._note_unknown_characters(line)
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
        """Return the row's coordinates, or its postcode's where they make no sense there."""
        point, postcode = self._coordinates(), self._cells[Column.POSTCODE]
        place = locate(postcode)
        if place and not place.approximate:
            if point and miles_between(point, place.point) <= _NEAR_POSTCODE_MILES:
                return point
            if self._cells[Column.LATITUDE] or self._cells[Column.LONGITUDE]:
                self._notes.append(
                    f"{_COORDINATES} are not at the postcode, so the postcode's place is used"
                )
            return place.point
        if point is None:
            self._add_problem(
                _COORDINATES,
                "be a point in Great Britain, because the postcode is not a known one",
            )
            return Point(0, 0)
        district = locate((normalise(postcode) or "").partition(" ")[0])
        if district and miles_between(point, district.point) > _NEAR_DISTRICT_MILES:
            self._add_problem(_COORDINATES, "be near the postcode, which is not a known one")
        return point

    def _coordinates(self) -> Point | None:
        """Return the row's coordinates if they are in Great Britain."""
        try:
            point = Point(float(self._cells[Column.LATITUDE]), float(self._cells[Column.LONGITUDE]))
        except ValueError:
            return None
        return point if in_great_britain(point) else None

    def phone(self) -> str | None:
        phone = register_phone(without_fraction(self._cells[Column.PHONE]))
        if not phone.is_all:
            only = "only its first number is used" if phone.number else "no number is used"
            self._notes.append(f"{Column.PHONE} is not one telephone number: {only}")
        return phone.number

    def website(self) -> str | None:
        return self._or_note(Column.WEBSITE, web_address(self._cells[Column.WEBSITE]))

    def provider_id(self) -> str | None:
        text = tidy_id(self._cells[Column.PROVIDER_ID])
        return self._or_note(Column.PROVIDER_ID, text if is_location_id(text) else None)

    def rating(self) -> Rating | None:
        text = self._cells[Column.RATING].casefold()
        rating = _RATINGS.get(text)
        return rating if text in _NO_RATING else self._or_note(Column.RATING, rating)

    def _or_note(self, column: str, value: _Value | None) -> _Value | None:
        """Return the value; note it if a cell that is not blank has none."""
        if value is None and self._cells[column]:
            self._notes.append(f"{column} cannot be read and is left out")
        return value

    def _note_unknown_characters(self, column: str) -> None:
        if UNKNOWN in self._cells[column]:
            self._notes.append(f"{column} has a character that cannot be read")

    def beds(self) -> int | None:
        """Return the number of beds; None if the register gives none, which it also writes as 0."""
        text = without_fraction(self._cells[Column.BEDS]) or "0"
        if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text) <= MOST_BEDS):
            self._add_problem(Column.BEDS, f"be a whole number from 0 to {MOST_BEDS}, or blank")
            return None
        return int(text) or None

    def _add_problem(self, column: str, must: str) -> None:
        self._problems.append(ColumnProblem(column, must))
