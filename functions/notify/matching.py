"""Which alerts an opening fits: every alert in memory, by what it waits for and where."""

from collections import defaultdict
from collections.abc import Iterator
from math import ceil, dist, floor, log2
from typing import Any, Final, NamedTuple

from shared import keys
from shared.geo import earth_xyz, latitude_span, longitude_half_span, miles_to_chord
from shared.model import Alert, Document, Home
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
    before = Home.from_document(was).offers if was else {}
    return [
        Opening(category, before.get(category, 0), accepting)
        for category, accepting in Home.from_document(becomes).offers.items()
        if accepting > before.get(category, 0)
    ]


def fired_by(alert: Alert, opened: list[Opening]) -> list[Opening]:
    """Those openings that the alert waits for, place and people apart."""
    return [
        opening
        for opening in opened
        if opening.reaches(alert.beds)
        and (not alert.categories or opening.category in alert.categories)
    ]


# A cell of level n is as many miles high as the largest radius of that level, and about as wide
# in the middle of the country. A circle then touches few cells, and fills much of them.
_ROW_DEGREES: Final = 1 / 69.0
_COLUMN_DEGREES: Final = 1 / 40.0

_Cell = tuple[int, int, int]
"""Level, row, column."""


class _Entry(NamedTuple):
    needs: int
    xyz: tuple[float, float, float]
    chord: float
    subject_id: str
    alert: Alert


class AlertBook:
    """Every alert, found from the home's side: each lies in all the cells that its circle touches,
    so that a home asks only the cell it lies in, once for each size of circle there is."""

    def __init__(self) -> None:
        self._entries: dict[str, _Entry] = {}
        self._cells: defaultdict[tuple[BedCategory | None, int, _Cell], list[_Entry]]
        self.clear()

    def __len__(self) -> int:
        return len(self._entries)

    def clear(self) -> None:
        self._entries.clear()
        self._cells = defaultdict(list)
        self._levels: set[int] = set()
        self._beds: set[int] = set()

    def put(self, document: Document) -> None:
        """Take in an alert in place of what it was; a deleted one goes."""
        subject_id = keys.alert(document["team"], document["alert_id"])
        if old := self._entries.pop(subject_id, None):
            for place in _places(old.alert):
                self._cells[place].remove(old)
        if document.get("deleted"):
            return
        alert = Alert.from_document(document)
        entry = _Entry(
            needs=_bits(alert.service_user_bands, alert.features)
            | (_RATING_BITS[alert.min_rating] if alert.min_rating else 0),
            xyz=earth_xyz(alert.point),
            chord=miles_to_chord(alert.radius_miles),
            subject_id=subject_id,
            alert=alert,
        )
        self._entries[subject_id] = entry
        self._levels.add(_level(alert.radius_miles))
        self._beds.add(alert.beds)
        for place in _places(alert):
            self._cells[place].append(entry)

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
        home = Home.from_document(becomes)
        xyz = earth_xyz(home.point)
        lacks = ~_has(home)
        cells = [(level, *_cell(level, *home.point)) for level in self._levels]
        fired = {
            subject_id: alert
            for category, beds in waited_for
            for cell in cells
            for needs, centre, chord, subject_id, alert in self._cells.get(
                (category, beds, cell), ()
            )
            if not needs & lacks and dist(centre, xyz) <= chord
        }
        teams: dict[str, list[Alert]] = {}
        for alert in fired.values():
            teams.setdefault(alert.team, []).append(alert)
        return teams


def _places(alert: Alert) -> Iterator[tuple[BedCategory | None, int, _Cell]]:
    """Where an alert lies in the book."""
    cells = list(_cells_touched(alert))
    for category in alert.categories or (None,):
        for cell in cells:
            yield category, alert.beds, cell


def _cells_touched(alert: Alert) -> Iterator[_Cell]:
    level, miles = _level(alert.radius_miles), alert.radius_miles
    height = _ROW_DEGREES * 2**level
    south, north = latitude_span(alert.point, miles)
    for row in range(floor(south / height), floor(north / height) + 1):
        half = longitude_half_span(alert.point, miles, row * height, (row + 1) * height)
        _, first = _cell(level, south, alert.longitude - half)
        _, last = _cell(level, south, alert.longitude + half)
        for column in range(first, last + 1):
            yield level, row, column


def _level(radius_miles: float) -> int:
    return max(0, ceil(log2(radius_miles)))


def _cell(level: int, latitude: float, longitude: float) -> tuple[int, int]:
    return (
        floor(latitude / (_ROW_DEGREES * 2**level)),
        floor(longitude / (_COLUMN_DEGREES * 2**level)),
    )


_BITS: Final[dict[Any, int]] = {
    name: 1 << bit for bit, name in enumerate([*ServiceUserBand, *Feature])
}
# A home has the bits of its rating and of all below it.
_RATING_BITS: Final = {rating: 1 << (len(_BITS) + rating.rank) for rating in Rating}


def _bits(*lists: tuple[ServiceUserBand, ...] | tuple[Feature, ...]) -> int:
    bits = 0
    for names in lists:
        for name in names:
            bits |= _BITS[name]
    return bits


def _has(home: Home) -> int:
    bits = _bits(home.register.service_user_bands, home.shop_window.features)
    if home.register.rating:
        for rating, bit in _RATING_BITS.items():
            if rating.rank <= home.register.rating.rank:
                bits |= bit
    return bits
