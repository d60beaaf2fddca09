"""Homes and searches like England's and like the world's: seeded, the same every time.

What homes offer follows published occupancy; where they are follows towns.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

from benchmarks.samples.bed_counts import bed_counts
from benchmarks.samples.declarations import NEEDS as EVERY_NEED
from benchmarks.samples.declarations import Declarations, sample_declarations
from benchmarks.samples.towns import Floats, Land, locations
from shared.domain.documents import Document, timestamp
from shared.domain.fit import Requirements
from shared.domain.geo import EQUATORIAL_RADIUS_MILES, FLATTENING, Point
from shared.domain.needs import Answer
from shared.domain.vocabulary import BedCategory, Rating, ServiceUserBand
from shared.search_index.query import SearchQuery

NOW: Final = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
SEED: Final = 20260105

CATEGORIES: Final = list(BedCategory)
BANDS: Final = list(ServiceUserBand)
NEEDS: Final = EVERY_NEED[:16]
"""The needs that sample searches and alerts ask for, one or two at a time."""
RATINGS: Final = list(Rating)
ANY: Final = len(CATEGORIES)
"""The column with the most beds free in any one category."""

PAGE_SIZE: Final = 25
SMALLEST_MILES, LARGEST_MILES = 1.0, 50.0

_WITH_FREE_BED: Final = 0.35
"""About a third of homes have a bed free in a category, when 10.8 % of all beds are."""

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Homes:
    """The columns of a table of homes, a row each: what every peer loads."""

    latitude: Floats
    longitude: Floats
    free: Integers
    """Beds that are accepting: a column for each category, and one for the most in any."""
    bands: Integers
    needs: Integers
    """Bit sets, in the order of the vocabulary: of needs, those to which the home says yes."""
    rating: Integers
    """1 (inadequate) to 4; 0 where there is none."""
    confirmed: Floats
    """Epoch seconds, whole."""
    declarations: Declarations

    def __len__(self) -> int:
        return len(self.latitude)

    def location_id(self, at: int) -> str:
        """Return the id of the home in this row."""
        return f"1-{at + 1:010}"

    def point(self, at: int) -> Point:
        """Return the location of the home in this row."""
        return Point(float(self.latitude[at]), float(self.longitude[at]))

    def document(self, at: int) -> Document:
        """Return the home in this row as the table stores it, complete."""
        rating = int(self.rating[at])
        beds = {}
        for number, category in enumerate(CATEGORIES):
            accepting = int(self.free[at, number])
            if accepting or (at + number) % 4 == 0:
                beds[category.value] = bed_counts(accepting)
        said_at = timestamp(datetime.fromtimestamp(self.confirmed[at], UTC))
        return {
            "location_id": self.location_id(at),
            "version": 1,
            "registration": "active",
            "name": f"Example House {at} (fictional)",
            "address": f"{at} Example Lane, Exampleton, Exampleshire",
            "postcode": "EX2 5DW",
            "local_authority": "Exampleshire",
            "latitude": float(self.latitude[at]),
            "longitude": float(self.longitude[at]),
            "phone": "01632960001",
            "registered_beds": 400,  # whatever is posted of it fits
            "nursing": at % 3 == 0,
            "provider_id": f"1-{at % 7000:09}",
            **({"rating": RATINGS[rating - 1].value} if rating else {}),
            "service_user_bands": _named(BANDS, int(self.bands[at])),
            **self.declarations.document(at),
            "beds": beds,
            "admission_status": {"status": "open"},
            "confirmed_at": said_at,
            "said_at": dict.fromkeys(beds, said_at),
        }


@dataclass(frozen=True, slots=True)
class Search:
    """A search: as the query that the board takes, and as numbers for all other peers."""

    query: SearchQuery
    column: int
    beds: int
    bands: int
    needs: int
    rating: int
    since: float

    def without_age(self) -> "Search":
        """Return the same search without a limit on how long ago a home confirmed."""
        return replace(self, query=replace(self.query, confirmed_since=None), since=0.0)

    @property
    def point(self) -> Point:
        """Return the centre of the search."""
        return self.query.centre

    @property
    def miles(self) -> float:
        """Return the radius of the search."""
        return self.query.radius_miles


def sample_homes(count: int, land: Land, seed: int = SEED) -> Homes:
    """Return so many homes; a longer list does not begin with a shorter one."""
    dice = np.random.default_rng([seed, count, land == "world"])
    latitude, longitude = locations(dice, count, land)
    free = np.zeros((count, ANY + 1), dtype=np.int64)
    for column in range(ANY):
        has = dice.random(count) < _WITH_FREE_BED / 3
        free[:, column] = has * dice.geometric(0.5, count).clip(1, 12)
    free[:, ANY] = free[:, :ANY].max(axis=1)
    bands = _bits(dice, count, len(BANDS), 0.3)
    declarations = sample_declarations(count, seed)
    return Homes(
        latitude=latitude,
        longitude=longitude,
        free=free,
        bands=bands,
        needs=declarations.yes_bits(len(NEEDS)),
        rating=dice.choice(5, count, p=[0.02, 0.02, 0.11, 0.77, 0.08]).astype(np.int64),
        confirmed=NOW.timestamp() - dice.exponential(4 * 86_400, count).clip(60, 35 * 86_400) // 1,
        declarations=declarations,
    )


def sample_searches(count: int, homes: Homes, seed: int = SEED) -> list[Search]:
    """Return searches around these homes, with none to five filters; the radius is log-uniform."""
    dice = np.random.default_rng([seed, count, 1])
    return [_search(dice, homes) for _ in range(count)]


def _search(dice: np.random.Generator, homes: Homes) -> Search:
    at = int(dice.integers(len(homes)))
    latitude = float(homes.latitude[at] + dice.normal(0, 0.05))
    longitude = float(homes.longitude[at] + dice.normal(0, 0.08))
    filters = set(dice.permutation(5)[: dice.integers(0, 6)].tolist())
    category = CATEGORIES[int(dice.integers(ANY))] if 0 in filters else None
    beds = int(dice.integers(1, 4)) if 0 in filters else 1
    band = BANDS[int(dice.integers(len(BANDS)))] if 1 in filters else None
    need = NEEDS[int(dice.integers(len(NEEDS)))] if 2 in filters else None
    rating = RATINGS[int(dice.integers(2, 4))] if 3 in filters else None
    since = NOW - timedelta(hours=int(dice.choice([24, 72, 168]))) if 4 in filters else None
    query = SearchQuery(
        centre=Point(min(89.0, max(-89.0, latitude)), min(179.9, max(-179.9, longitude))),
        radius_miles=float(SMALLEST_MILES * (LARGEST_MILES / SMALLEST_MILES) ** dice.random()),
        categories=(category,) if category else (),
        beds=beds,
        service_user_bands=(band,) if band else (),
        requirements=Requirements((need,) if need else ()),
        fits=(Answer.YES,),
        min_rating=rating,
        confirmed_since=since,
        as_of=NOW,
        limit=PAGE_SIZE,
    )
    return Search(
        query=query,
        column=CATEGORIES.index(category) if category else ANY,
        beds=beds,
        bands=1 << BANDS.index(band) if band else 0,
        needs=1 << NEEDS.index(need) if need else 0,
        rating=rating.rank if rating else 0,
        since=since.timestamp() if since else 0.0,
    )


def earth_xyz(latitude: Floats, longitude: Floats) -> Floats:
    """Compute `shared.domain.geo.earth_xyz` of many points independently: miles, a row each."""
    phi, theta = np.radians(latitude), np.radians(longitude)
    squared = FLATTENING * (2 - FLATTENING)
    normal = EQUATORIAL_RADIUS_MILES / np.sqrt(1 - squared * np.sin(phi) ** 2)
    return np.column_stack(
        [
            normal * np.cos(phi) * np.cos(theta),
            normal * np.cos(phi) * np.sin(theta),
            normal * (1 - squared) * np.sin(phi),
        ]
    )


def _bits(dice: np.random.Generator, count: int, kinds: int, chance: float) -> Integers:
    bits = np.zeros(count, dtype=np.int64)
    for kind in range(kinds):
        bits |= (dice.random(count) < chance).astype(np.int64) << kind
    return bits


def _named(names: Sequence[str], bits: int) -> list[str]:
    return [str(name) for at, name in enumerate(names) if bits >> at & 1]
