"""The outward districts of a search and around a home, by which demand is counted and shown."""

from typing import Final

from shared.domain.documents import HomeDocument
from shared.domain.geo import Point
from shared.places.postcodes import Place, Postcodes

AREA_MILES: Final = 10.0
"""How far from a home the centre of a district may be that belongs to its area."""

_FARTHEST_MILES: Final = 50.0


def district_of(place: Place, postcodes: Postcodes) -> str | None:
    """Return the outward code of a place; for coordinates the one with the nearest centre."""
    outward = place.label.partition(" ")[0]
    if "," not in outward:
        return outward
    return next(iter(postcodes.outward_codes_near(place.point, _FARTHEST_MILES)), None)


def districts_around(home: HomeDocument, postcodes: Postcodes) -> frozenset[str]:
    """Return the home's own outward code and those in its area."""
    point = Point(home["latitude"], home["longitude"])
    own = home["postcode"].partition(" ")[0]
    return frozenset({own, *postcodes.outward_codes_near(point, AREA_MILES)})
