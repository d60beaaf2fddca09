"""Find the place named by `near`: a postcode, an outward code, or a latitude and a longitude."""

import re
from typing import Final

from shared.domain.errors import Problem, RefusedError
from shared.domain.geo import Point, in_great_britain
from shared.domain.typed_text import visible_text
from shared.places.postcodes import Place, Postcodes, normalise

EXPECTED: Final = 'a postcode ("EX2 5DW"), its first half ("EX2") or "latitude,longitude"'

_LONGEST = 64
_NUMBER = r"[+-]?[0-9]{1,3}(?:\.[0-9]{0,20})?(?:[eE][+-]?[0-9]{1,3})?"
_COORDINATES = re.compile(rf" *({_NUMBER}) *, *({_NUMBER}) *", re.ASCII)


def find(text: str, postcodes: Postcodes) -> Place:
    """Return the place in Great Britain. Raises RefusedError about the field `near`."""
    typed = visible_text(text).rstrip(" .,;")
    if len(typed) > _LONGEST:
        raise _refused(EXPECTED)
    if "," in typed:
        return _from_coordinates(typed)
    label = normalise(typed)
    if label is None:
        raise _refused(EXPECTED)
    place = postcodes.locate(label)
    if place is None:
        raise _refused(
            f"a postcode of Great Britain that is in use; {label} was not found: use a nearby"
            " postcode, or its first half"
        )
    return place


def _from_coordinates(text: str) -> Place:
    match = _COORDINATES.fullmatch(text)
    if not match:
        raise _refused(EXPECTED)
    point = Point(float(match[1]), float(match[2]))
    if not in_great_britain(point):
        raise _refused('a point in Great Britain, as "latitude,longitude": "50.7167,-3.5062"')
    # Five decimals are a metre.
    return Place(point, f"{point.latitude:.5f},{point.longitude:.5f}", approximate=False)


def _refused(expected: str) -> RefusedError:
    return RefusedError(Problem("near", expected))
