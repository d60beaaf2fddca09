"""Which alerts an opening fits: every alert in memory, by what it waits for and where."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, MutableSequence
from math import dist
from typing import Final, Generic, NamedTuple, TypeVar

from notify.cells import Cell, around, filing
from shared.domain.alert import Alert
from shared.domain.availability import free_beds
from shared.domain.documents import AlertDocument, HomeDocument
from shared.domain.geo import Circle, Point, earth_xyz
from shared.domain.vocabulary import BedCategory, Feature, Rating, ServiceUserBand
from shared.store import keys


class Opening(NamedTuple):
    """A category in which more beds can be had than before."""

    category: BedCategory
    was: int
    accepting: int

    def reaches(self, beds: int) -> bool:
        """Whether so many can be had now and could not before."""
        return self.was < beds <= self.accepting


def openings(was: HomeDocument | None, becomes: HomeDocument) -> list[Opening]:
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


T = TypeVar("T")


class _Shelf(Generic[T]):
    """What is filed in one place. Needs stand apart, side by side: so what cannot fire is passed
    over without being fetched from wherever in memory it lies, and that is most of a match."""

    __slots__ = ("_filed", "_needs")

    def __init__(self) -> None:
        self._needs: MutableSequence[int] = array("Q")
        self._filed: list[T] = []

    def add(self, needs: int, what: T) -> None:
        try:
            self._needs.append(needs)
        except OverflowError:  # more than 64 bits: for more than 31 beds
            self._needs = [*self._needs, needs]
        self._filed.append(what)

    def remove(self, what: T) -> None:
        at = next(at for at, filed in enumerate(self._filed) if filed is what)
        del self._needs[at], self._filed[at]

    def fitting(self, lacks: int) -> list[T]:
        """What needs nothing of that."""
        filed = self._filed
        return [filed[at] for at, needs in enumerate(self._needs) if not needs & lacks]


_Edge = tuple[tuple[float, float, float], float, Alert]
"""Centre, reach in miles as the straight line has it, alert: one whose circle ends nearby."""

_Shelves = defaultdict[BedCategory | None, defaultdict[Cell, _Shelf[T]]]
"""By the category that is waited for (None: any), and by place."""


class AlertIndex:
    """Every alert, filed under the cells that its circle covers, where it fires for any home, and
    under those it touches, where the distance decides: so a home asks only the cells it lies in.
    """

    def __init__(self) -> None:
        self.clear()

    def __len__(self) -> int:
        return len(self._alerts)

    def clear(self) -> None:
        self._alerts: dict[str, _Edge] = {}
        self._covered: _Shelves[Alert] = defaultdict(lambda: defaultdict(_Shelf))
        self._touched: _Shelves[_Edge] = defaultdict(lambda: defaultdict(_Shelf))
        self._needed = 0

    def put(self, document: AlertDocument, _: str = "") -> None:
        """Take in an alert in place of what it was; a deleted or paused one goes."""
        subject_id = keys.alert(document["team"], document["alert_id"])
        if old := self._alerts.pop(subject_id, None):
            self._take_out(old)
        if document.get("deleted") or document.get("paused"):
            return
        alert = Alert.from_document(document)
        circle = Circle(alert.point, alert.radius_miles)
        edge = self._alerts[subject_id] = (circle.xyz, circle.chord, alert)
        needs = _bits_needed(alert)
        self._needed |= needs
        covered, touched = filing(circle)
        for category in alert.categories or (None,):
            shelves = self._covered[category]
            for cell in covered:
                shelves[cell].add(needs, alert)
            edges = self._touched[category]
            for cell in touched:
                edges[cell].add(needs, edge)

    def _take_out(self, edge: _Edge) -> None:
        alert = edge[-1]
        covered, touched = filing(Circle(alert.point, alert.radius_miles))
        for category in alert.categories or (None,):
            for cell in covered:
                self._covered[category][cell].remove(alert)
            for cell in touched:
                self._touched[category][cell].remove(edge)

    def matches(self, was: HomeDocument | None, becomes: HomeDocument) -> dict[str, list[Alert]]:
        """The alerts that a change of a home fires, by team."""
        opened = openings(was, becomes)
        if not opened:
            return {}
        here = Point(becomes["latitude"], becomes["longitude"])
        cells, had = around(here), _bits_had(becomes)
        found: list[Alert] = []
        near: list[_Edge] = []
        for opening in opened:
            lacks = self._needed & ~(had | _bits_reached(opening))
            for category in (opening.category, None):
                covered = self._covered[category]
                for cell in cells:
                    if shelf := covered.get(cell):
                        found += shelf.fitting(lacks)
                if edges := self._touched[category].get(cells[0]):
                    near += edges.fitting(lacks)
        xyz = earth_xyz(here)
        found += [alert for centre, reach, alert in near if dist(centre, xyz) <= reach]
        if len(opened) > 1:  # an alert for several categories is filed under each
            found = list({id(alert): alert for alert in found}.values())
        fired: defaultdict[str, list[Alert]] = defaultdict(list)
        for alert in found:
            fired[alert.team].append(alert)
        return dict(fired)


_BITS: Final[dict[str, int]] = {
    name: 1 << position for position, name in enumerate([*ServiceUserBand, *Feature, *Rating])
}
"""What an alert may need of a home. A home has the bit of every rating that it is as good as."""

_BEDS: Final = len(_BITS)
"""From here on a bit for each number of beds: an opening has those that it reaches."""

_AS_GOOD_AS: Final = {
    best: sum(_BITS[rating] for rating in Rating if rating.rank <= best.rank) for best in Rating
}


def _bits_needed(alert: Alert) -> int:
    rating = [alert.min_rating] if alert.min_rating else []
    return _bits([*alert.service_user_bands, *alert.features, *rating]) | 1 << _BEDS + alert.beds


def _bits_had(home: HomeDocument) -> int:
    rated = _AS_GOOD_AS[home["rating"]] if "rating" in home else 0
    return _bits(home["service_user_bands"]) | _bits(home["features"]) | rated


def _bits_reached(opening: Opening) -> int:
    """Of every number of beds from one more than there were."""
    return (2 << opening.accepting) - (2 << opening.was) << _BEDS


def _bits(names: Iterable[str]) -> int:
    bits = 0
    for name in names:
        bits |= _BITS[name]
    return bits
