"""What one row of the directory says of a care home, or why it cannot be read."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from import_homes.columns import BANDS, Column
from import_homes.directory import Row
from shared.callers import LOCATION_ID
from shared.errors import Problem, RefusedError
from shared.geo import Point, in_great_britain
from shared.model import MOST_BEDS, Register
from shared.postcodes import Place, normalise
from shared.vocabulary import Rating, Registration

Locate = Callable[[str], Place | None]

_LONGEST_NAME: Final = 200
_LONGEST_ADDRESS: Final = 300
_LONGEST_WEBSITE: Final = 200

_NUMBER = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,20})?", re.ASCII)
_PHONE = re.compile(r"0[0-9]{8,11}", re.ASCII)
_WEBSITE = re.compile(r"(https?://)?[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]+)?(/[^\s@<>\"]*)?", re.I)
_RATINGS = {rating.casefold(): rating for rating in Rating}


def location_id_of(row: Row) -> str | None:
    """The row's id, if it has the form of one."""
    text = row.cells[Column.LOCATION_ID]
    return text if LOCATION_ID.fullmatch(text) else None


def is_marked(row: Row, column: str) -> bool:
    """Y, N or blank. Raises RefusedError."""
    text = row.cells[column].casefold()
    if text not in _MARKS:
        raise RefusedError(Problem(column, "Y or N"))
    return _MARKS[text]


_MARKS = {"y": True, "yes": True, "n": False, "no": False, "": False}


def register_of(row: Row, locate: Locate) -> Register:
    """The home as the row has it. Raises RefusedError, which names every field at fault.

    What a home can do without (phone, website, rating) is left out where it cannot be read.
    """
    cells, problems = row.cells, list[Problem]()
    name, authority = cells[Column.NAME], cells[Column.LOCAL_AUTHORITY]
    for column in (Column.NAME, Column.LOCAL_AUTHORITY):
        if not 0 < len(cells[column]) <= _LONGEST_NAME:
            problems.append(Problem(column, f"1 to {_LONGEST_NAME} characters"))
    address = _address(cells)
    if not 0 < len(address) <= _LONGEST_ADDRESS:
        problems.append(Problem(Column.STREET, f"an address of 1 to {_LONGEST_ADDRESS} characters"))
    postcode = normalise(cells[Column.POSTCODE])
    if postcode is None or " " not in postcode:
        problems.append(Problem(Column.POSTCODE, "a full postcode, such as EX2 5DW"))
    point = _point(cells, locate)
    if point is None:
        problems.append(
            Problem(
                f"{Column.LATITUDE}, {Column.LONGITUDE}",
                "a point in Great Britain, or blank with a postcode that exists",
            )
        )
    beds = cells[Column.BEDS]
    if beds and not (beds.isascii() and beds.isdigit() and int(beds[:9]) <= MOST_BEDS):
        problems.append(Problem(Column.BEDS, f"a whole number from 0 to {MOST_BEDS}, or blank"))
    unmarkable = [each for each in _MARKED if cells[each].casefold() not in _MARKS]
    problems += [Problem(column, "Y, N or blank") for column in unmarkable]
    if problems or postcode is None or point is None:
        raise RefusedError(*problems)
    dormant = is_marked(row, Column.DORMANT)
    return Register(
        name=name,
        address=address,
        postcode=postcode,
        local_authority=authority,
        latitude=point.latitude,
        longitude=point.longitude,
        registration=Registration.DORMANT if dormant else Registration.ACTIVE,
        phone=_phone(cells[Column.PHONE]),
        registered_beds=int(beds) if beds.strip("0") else None,
        rating=_RATINGS.get(cells[Column.RATING].casefold()),
        nursing=is_marked(row, Column.NURSING),
        service_user_bands=tuple(band for band, name in BANDS.items() if is_marked(row, name)),
        provider_id=location_id_of_provider(cells),
        register_website=_website(cells[Column.WEBSITE]),
    )
