"""Which alerts an opening fits: every alert in memory, by what it waits for and where."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import ceil, dist, floor, log2
from typing import Final, NamedTuple

from shared import keys
from shared.geo import Point, earth_xyz, latitude_span, longitude_half_span, miles_to_chord
from shared.model import Alert, Document
from shared.offers import free_beds
from shared.vocabulary import BedCategory, Feature, Rating, ServiceUserBand


class Opening(NamedTuple):
    """A category in which more beds can be had than before."""

    category: BedCategory
    was: int
    accepting: int

    def reaches(self, beds: int) -> bool:
        """Whether so many can be had now and could not before."""
        return self.was < beds <= self.accepting


def openings(was: Document | None, becomes: Document) -> list[Opening]:
    """The categories in which a change of a home lets more beds be had, as the home lists them.

    A home that was closed, off the register or not there at all comes from none.
    """
    before = free_beds(was) if was else {}
    return [
        Opening(BedCategory(category), before.get(category, 0), accepting)
        for category, accepting in free_beds(becomes).items()
        if accepting > before.get(category, 0)
    ]


def firing(alert: Alert, opened: Iterable[Opening]) -> list[Opening]:
    """Those openings that the alert waits for, wherever they are."""
    return [
        opening
        for opening in opened
        if opening.reaches(alert.beds)
        and (not alert.categories or opening.category in alert.categories)
    ]


class AlertBook:
    """Every alert, filed under all the cells that its circle touches: so a home asks only the cell
    it lies in, once for each size of cell there is."""

    def __init__(self) -> None:
        self.clear()

    def __len__(self) -> int:
        return len(self._entries)

    def clear(self) -> None:
        self._entries: dict[str, _Entry] = {}
        self._filed: defaultdict[_Heading, list[_Entry]] = defaultdict(list)
        self._sizes: set[int] = set()
        self._beds: set[int] = set()

    def put(self, document: Document) -> None:
        """Take in an alert in place of what it was; a deleted or paused one goes."""
        subject_id = keys.alert(document["team"], document["alert_id"])
        if old := self._entries.pop(subject_id, None):
            for heading in _headings(old[-1]):
                self._filed[heading].remove(old)
        if document.get("deleted") or document.get("paused"):
            return
        alert = Alert.from_document(document)
        entry = self._entries[subject_id] = (
            earth_xyz(alert.point),
            miles_to_chord(alert.radius_miles),
            _bits_needed(alert),
            alert.team,
            alert,
        )
        self._sizes.add(_size(alert.radius_miles))
        self._beds.add(alert.beds)
        for heading in _headings(alert):
            self._filed[heading].append(entry)

    def matches(self, was: Document | None, becomes: Document) -> dict[str, list[Alert]]:
        """The alerts that a change of a home fires, by team."""
        opened = openings(was, becomes)
        waited_for = {
            (category, beds)
            for opening in opened
            for beds in self._beds
            if opening.reaches(beds)
            for category in (opening.category, None)
        }
        if not waited_for:
            return {}
        point = Point(becomes["latitude"], becomes["longitude"])
        here, lacks = earth_xyz(point), ~_bits_had(becomes) & _ALL_BITS
        cells = [_cell(size, point) for size in self._sizes]
        fired: defaultdict[str, list[Alert]] = defaultdict(list)
        for category, beds in waited_for:
            for cell in cells:
                for centre, reach, needs, team, alert in self._filed.get(
                    (category, beds, cell), ()
                ):
                    if dist(centre, here) <= reach and not needs & lacks:
                        fired[team].append(alert)
        if len(opened) == 1:
            return dict(fired)
        # An alert for several categories has an entry under each.
        return {
            team: list({alert.alert_id: alert for alert in alerts}.values())
            for team, alerts in fired.items()
        }


_Entry = tuple[tuple[float, float, float], float, int, str, Alert]
"""Centre and reach in miles as the straight line has it, needs, team, alert. Not named: unpacking
a named tuple takes twice as long, and that is most of what a match does."""

_Cell = tuple[int, int, int]
"""Size, row, column."""

_Heading = tuple[BedCategory | None, int, _Cell]
"""A category that is waited for (None: any), how many beds of it, and where."""

# A cell of size n is as high as the largest radius it is for, 2^n miles, and about as wide in the
# middle of the country: then a circle touches eight cells or fewer, and fills much of them.
_ROW_DEGREES: Final = 1 / 69
_COLUMN_DEGREES: Final = 1 / 40


def _headings(alert: Alert) -> Iterator[_Heading]:
    cells = list(_cells_touched(alert.point, alert.radius_miles))
    for category in alert.categories or (None,):
        for cell in cells:
            yield category, alert.beds, cell


def _cells_touched(centre: Point, miles: float) -> Iterator[_Cell]:
    """Every cell that the circle reaches into, and perhaps one it just does not."""
    size = _size(miles)
    height, width = _ROW_DEGREES * 2**size, _COLUMN_DEGREES * 2**size
    south, north = latitude_span(centre, miles)
    for row in range(floor(south / height), floor(north / height) + 1):
        half = longitude_half_span(centre, miles, row * height, (row + 1) * height)
        west, east = centre.longitude - half, centre.longitude + half
        for column in range(floor(west / width), floor(east / width) + 1):
            yield size, row, column


def _cell(size: int, point: Point) -> _Cell:
    """The cell of this size that the point lies in."""
    scale = 2**size
    return (
        size,
        floor(point.latitude / (_ROW_DEGREES * scale)),
        floor(point.longitude / (_COLUMN_DEGREES * scale)),
    )


def _size(radius_miles: float) -> int:
    return max(0, ceil(log2(radius_miles)))


_BITS: Final[dict[str, int]] = {
    name: 1 << position for position, name in enumerate([*ServiceUserBand, *Feature, *Rating])
}
"""What an alert may need of a home. A home has the bit of every rating that it is as good as."""

_ALL_BITS: Final = sum(_BITS.values())


def _bits_needed(alert: Alert) -> int:
    rating = [alert.min_rating] if alert.min_rating else []
    return _bits([*alert.service_user_bands, *alert.features, *rating])


def _bits_had(home: Document) -> int:
    best = Rating(home["rating"]).rank if "rating" in home else 0
    ratings = [rating for rating in Rating if rating.rank <= best]
    return _bits([*home["service_user_bands"], *home["features"], *ratings])


def _bits(names: Iterable[str]) -> int:
    bits = 0
    for name in names:
        bits |= _BITS[name]
    return bits
