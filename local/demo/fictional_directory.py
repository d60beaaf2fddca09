"""The care directory of a fictional council: invented homes at real postcodes, in CQC's columns.

Only the postcodes are real. Every name ends in "(fictional)", telephone numbers are in the range
that Ofcom keeps for drama (01632 960000 to 960999), websites end in ".example", and no real
location id has zeros after its "1-". The same postcode table always gives the same bytes.
"""

import csv
import math
from collections.abc import Callable, Iterator, Sequence
from io import StringIO
from random import Random
from typing import Final

from shared.domain.vocabulary import Rating, ServiceUserBand
from shared.places.postcodes import Place

Locate = Callable[[str], Place | None]
Row = dict[str, str]

LOCAL_AUTHORITY: Final = "Exampleshire"
NEIGHBOUR: Final = "Otherexampleshire"
FILE_NAME: Final = "fictional_care_directory.csv"
SEED: Final = 20260105

HOMES: Final = 300
DORMANT: Final = 4
OUTSIDE: Final = 6
NOT_CARE_HOMES: Final = 12
WITHOUT_COORDINATES: Final = 5
"""How many of the homes have no coordinates, so that the import must look up their postcodes."""

_BANDS: Final = {band: f"Service user band - {band}" for band in ServiceUserBand}

COLUMNS: Final = (
    "Location ID",
    "Location HSCA start date",
    "Dormant (Y/N)",
    "Care home?",
    "Location Name",
    "Location ODS Code",
    "Location Telephone Number",
    "Registered manager",
    "Location Web Address",
    "Care homes beds",
    "Location Type/Sector",
    "Location Inspection Directorate",
    "Location Primary Inspection Category",
    "Location Latest Overall Rating",
    "Publication Date",
    "Inherited Rating (Y/N)",
    "Location Region",
    "Location NHS Region",
    "Location Local Authority",
    "Location ONSPD CCG Code",
    "Location ONSPD CCG",
    "Location Commissioning CCG Code",
    "Location Commissioning CCG",
    "Location Street Address",
    "Location Address Line 2",
    "Location City",
    "Location County",
    "Location Postal Code",
    "Location PAF ID",
    "Location UPRN ID",
    "Location Latitude",
    "Location Longitude",
    "Location Parliamentary Constituency",
    "Brand ID",
    "Brand Name",
    "Provider ID",
    "Provider Name",
    "Regulated activity - Accommodation for persons who require nursing or personal care",
    "Service type - Care home service with nursing",
    "Service type - Care home service without nursing",
    "Service type - Domiciliary care service",
    "Service type - Rehabilitation services",
    "Service type - Supported living service",
    *_BANDS.values(),
    "Location Dual Registered",
    "Primary ID (Dual registration locations)",
)

# Those of Exeter three times, so that a search from its hospitals has many results.
_OUTWARD_CODES: Final = (
    *("EX1", "EX2", "EX3", "EX4", "EX5", "EX6", "EX7", "EX8") * 3,
    *("EX10", "EX11", "EX12", "EX13", "EX14", "EX15", "EX16", "EX17", "EX20", "EX31", "EX39"),
    *("TQ1", "TQ2", "TQ3", "TQ4", "TQ5", "TQ7", "TQ9", "TQ12", "TQ13", "TQ14"),
    *("PL1", "PL4", "PL5", "PL6", "PL7", "PL9", "PL19", "PL21"),
)

_BEGINNINGS: Final = (
    *("Quindle", "Zanter", "Wimbrel", "Oskel", "Thrupple", "Vellan", "Drimble", "Fennim"),
    *("Gossel", "Ibber", "Jorrin", "Klinter", "Lumbel", "Mizzen", "Nackle", "Orple", "Prindle"),
    *("Rumbel", "Skimmer", "Tansel", "Ubble", "Vorrin", "Whimsel", "Yockle", "Zemble"),
)
_ENDINGS: Final = (
    *("bourne", "wick", "thorpe", "moor", "dale", "combe", "stead", "mere", "ford", "holt"),
    *("garth", "fold", "hurst", "dene", "croft", "shaw"),
)
_STREETS: Final = (
    *("Imaginary Lane", "Made-up Street", "Pretend Avenue", "Invented Road", "Fiction Way"),
    *("Storybook Hill", "Fable Close", "Nowhere Row"),
)
_TOWNS: Final = (
    *("Exampleton", "Fablemouth", "Storybridge", "Pretendham", "Much Imagining"),
    *("Little Invention", "Nowhere Regis", "Upper Fiction"),
)

# Quartiles and mean (28) of the homes on CQC's register, 2011-2023; its largest has 215 beds.
_SMALLEST, _QUARTILES, _LARGEST = 3, (8, 22, 41), 215
_MEAN_OVER_THIRD_QUARTILE = 19

_RATINGS: Final = {
    Rating.GOOD: 77,
    Rating.REQUIRES_IMPROVEMENT: 11,
    Rating.OUTSTANDING: 8,
    Rating.INADEQUATE: 2,
    "": 2,
}
"""How many of a hundred homes have each rating: about as many as on the register."""


def directory(locate: Locate, seed: int = SEED) -> bytes:
    """Return the content of the file. Raises ValueError where it finds too few postcodes."""
    council = _Council(Random(seed), locate)  # noqa: S311 - nothing secret: always the same
    text = StringIO(newline="")
    table = csv.DictWriter(text, COLUMNS, restval="")
    table.writeheader()
    for number, row in enumerate(council.rows(), 1):
        table.writerow({"Location ID": f"1-{number:010}", **row})
    return text.getvalue().encode()


class _Council:
    """Builds the rows; every name, telephone number and place occurs once."""

    def __init__(self, rng: Random, locate: Locate) -> None:
        self._rng = rng
        self._names = [beginning + ending for beginning in _BEGINNINGS for ending in _ENDINGS]
        self._phones = list(range(1000))
        rng.shuffle(self._names)
        rng.shuffle(self._phones)
        self._places = _places(rng, locate)

    def rows(self) -> list[Row]:
        """Return the rows in random order, as the register has them."""
        rng = self._rng
        homes = [self._row(_home(rng, beds)) for beds in _sizes(rng, HOMES)]
        for home in homes[:WITHOUT_COORDINATES]:
            home["Location Latitude"] = home["Location Longitude"] = ""
        dormant = [self._row(_home(rng, beds)) for beds in _sizes(rng, DORMANT)]
        for home in dormant:
            home["Dormant (Y/N)"] = "Y"
        outside = [self._row(_home(rng, beds)) for beds in _sizes(rng, OUTSIDE)]
        for home in outside:
            home["Location Local Authority"] = home["Location County"] = NEIGHBOUR
        others = [self._row(_no_care_home(rng)) for _ in range(NOT_CARE_HOMES)]
        rows = [*homes, *dormant, *outside, *others]
        rng.shuffle(rows)
        return rows

    def _row(self, columns: Row) -> Row:
        rng, name, place = self._rng, self._names.pop(), next(self._places)
        return {
            "Location HSCA start date": _date(rng, 2011, 2021),
            "Dormant (Y/N)": "N",
            "Location Telephone Number": f"01632960{self._phones.pop():03}",
            "Location Web Address": rng.choice(("", f"www.{name.lower()}.example")),
            "Location Region": "Fictional region",
            "Location Local Authority": LOCAL_AUTHORITY,
            "Location Street Address": f"{rng.randint(1, 120)} {rng.choice(_STREETS)}",
            "Location City": rng.choice(_TOWNS),
            "Location County": LOCAL_AUTHORITY,
            "Location Postal Code": place.label,
            "Location Latitude": f"{place.point.latitude:.6f}",
            "Location Longitude": f"{place.point.longitude:.6f}",
            "Brand ID": "-",
            "Brand Name": "-",
            "Provider ID": f"1-{900_000 + rng.randint(1, 180):010}",
            "Provider Name": "A fictional provider",
            **columns,
            "Location Name": f"{name} {columns['Location Name']} (fictional)",
        }


def _home(rng: Random, beds: int) -> Row:
    for_older_people = rng.random() < (0.05 if beds < 10 else 0.9)
    bands = _older_people(rng) if for_older_people else _working_age(rng)
    nursing = rng.random() < (min(0.6, beds / 80) if for_older_people else 0.06)
    rating = rng.choices(list(_RATINGS), list(_RATINGS.values()))[0]
    if nursing:
        kind = "Nursing Home"
    else:
        kind = rng.choice(("House", "Cottage") if beds < 10 else ("House", "Lodge", "Court"))
    return {
        "Location Name": kind,
        "Care home?": "Y",
        "Care homes beds": str(beds),
        "Location Type/Sector": "Social Care Org",
        "Location Inspection Directorate": "Adult social care",
        "Location Primary Inspection Category": "Residential social care",
        "Location Latest Overall Rating": rating,
        "Publication Date": _date(rng, 2022, 2025) if rating else "",
        "Regulated activity - Accommodation for persons who require nursing or personal care": "Y",
        "Service type - Care home service with nursing": "Y" if nursing else "",
        "Service type - Care home service without nursing": "" if nursing else "Y",
        **dict.fromkeys((_BANDS[band] for band in bands), "Y"),
    }


def _no_care_home(rng: Random) -> Row:
    return {
        "Location Name": rng.choice(("Homecare", "Surgery", "Dental Practice", "Supported Living")),
        "Care home?": "N",
        "Location Latest Overall Rating": Rating.GOOD,
        _BANDS[ServiceUserBand.WHOLE_POPULATION]: "Y",
    }


def _older_people(rng: Random) -> list[ServiceUserBand]:
    chances = {
        ServiceUserBand.DEMENTIA: 0.65,
        ServiceUserBand.PHYSICAL_DISABILITY: 0.4,
        ServiceUserBand.SENSORY_IMPAIRMENT: 0.25,
        ServiceUserBand.MENTAL_HEALTH: 0.12,
        ServiceUserBand.YOUNGER_ADULTS: 0.2,
    }
    return [ServiceUserBand.OLDER_PEOPLE, *_some(rng, chances)]


def _working_age(rng: Random) -> list[ServiceUserBand]:
    main = rng.choices(
        (
            ServiceUserBand.LEARNING_DISABILITIES,
            ServiceUserBand.MENTAL_HEALTH,
            ServiceUserBand.PHYSICAL_DISABILITY,
        ),
        (70, 20, 10),
    )[0]
    chances = {ServiceUserBand.SENSORY_IMPAIRMENT: 0.15, ServiceUserBand.OLDER_PEOPLE: 0.1}
    return [ServiceUserBand.YOUNGER_ADULTS, main, *_some(rng, chances)]


def _some(rng: Random, chances: dict[ServiceUserBand, float]) -> list[ServiceUserBand]:
    return [band for band, chance in chances.items() if rng.random() < chance]


def _sizes(rng: Random, count: int) -> list[int]:
    """Return one size from each of so many equal slices of the distribution, in random order."""
    sizes = [_size((slice_ + rng.random()) / count) for slice_ in range(count)]
    rng.shuffle(sizes)
    return sizes


def _size(share: float) -> int:
    """Return the size below which this share of homes is: linear between quartiles, then a tail."""
    if share >= 0.75:
        over = -_MEAN_OVER_THIRD_QUARTILE * math.log(4 * (1 - share))
        return min(_LARGEST, round(_QUARTILES[2] + over))
    quarter = int(share * 4)
    low, high = (_SMALLEST, *_QUARTILES)[quarter : quarter + 2]
    return round(low + (high - low) * (share * 4 - quarter))


def _places(rng: Random, locate: Locate) -> Iterator[Place]:
    """Yield postcodes that exist, each once."""
    given = set[str]()
    while True:
        outward = rng.choice(_OUTWARD_CODES)
        for place in _tries(rng, locate, outward):
            if place and place.label not in given:
                given.add(place.label)
                yield place
                break
        else:
            raise ValueError(f"the postcode table has too few postcodes in {outward}")


def _tries(rng: Random, locate: Locate, outward: str) -> Iterator[Place | None]:
    letters: Sequence[str] = "ABDEFGHJLNPQRSTUWXYZ"  # those that inward codes use
    for _ in range(10_000):
        yield locate(f"{outward} {rng.randint(1, 9)}{rng.choice(letters)}{rng.choice(letters)}")


def _date(rng: Random, first: int, last: int) -> str:
    return f"{rng.randint(1, 28):02}/{rng.randint(1, 12):02}/{rng.randint(first, last)}"
