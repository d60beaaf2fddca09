"""Find the alerts that a change of a home matches: every alert in memory, by place and criteria."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, MutableSequence
from datetime import datetime
from heapq import heappop, heappush
from math import dist
from typing import Final, Generic, TypeVar

from notify.cells import Cell, cells_at, cells_of
from notify.opening import Opening, Reach
from shared.domain.alert import Alert
from shared.domain.documents import AlertDocument, HomeDocument
from shared.domain.geo import Circle, earth_xyz
from shared.domain.vocabulary import BedCategory, Rating, ServiceUserBand
from shared.store import keys

T = TypeVar("T")


class _Entries(Generic[T]):
    """The alerts of one cell. Their criteria, as bits, stand side by side in an array.

    So alerts that cannot match are skipped without fetching them from memory, which is most of the
    time that a match takes.
    """

    __slots__ = ("_criteria", "_entries")

    def __init__(self) -> None:
        self._criteria: MutableSequence[int] = array("Q")
        self._entries: list[T] = []

    def add(self, criteria: int, entry: T) -> None:
        try:
            self._criteria.append(criteria)
        except OverflowError:  # more than 64 bits: for more than 31 beds
            self._criteria = [*self._criteria, criteria]
        self._entries.append(entry)

    def remove(self, entry: T) -> None:
        at = next(at for at, each in enumerate(self._entries) if each is entry)
        del self._criteria[at], self._entries[at]

    def matching(self, unmet: int) -> list[T]:
        """Return the entries with none of these criteria."""
        entries = self._entries
        return [entries[at] for at, criteria in enumerate(self._criteria) if not criteria & unmet]


_CircleEntry = tuple[tuple[float, float, float], float, Alert]
"""Centre, radius as a chord in miles, and the alert."""

_ByCell = defaultdict[BedCategory | None, defaultdict[Cell, _Entries[T]]]
"""Entries by the category that the alert asks for (None: any), and by cell."""


class AlertIndex:
    """Every alert, filed under the cells that its circle covers and under those at its edge.

    In a covered cell an alert matches wherever the home is; at the edge its distance decides. So a
    match looks only into the cells in which the home lies.
    """

    def __init__(self) -> None:
        """Begin without alerts."""
        self.clear()

    def __len__(self) -> int:
        return len(self._alerts)

    def clear(self) -> None:
        """Remove every alert."""
        self._alerts: dict[str, _CircleEntry] = {}
        self._covered: _ByCell[Alert] = defaultdict(lambda: defaultdict(_Entries))
        self._edge: _ByCell[_CircleEntry] = defaultdict(lambda: defaultdict(_Entries))
        self._criteria_in_use = 0
        self._ends: list[tuple[datetime, str]] = []

    def forget_gone(self, now: datetime) -> None:
        """Remove the alerts that nobody can renew any more, whether or not the table has them."""
        while self._ends and self._ends[0][0] <= now:
            _, subject_id = heappop(self._ends)
            entry = self._alerts.get(subject_id)
            if entry and entry[-1].is_gone_at(now):  # it may have been renewed since
                self.remove(subject_id)

    def put(self, document: AlertDocument, _: str = "") -> None:
        """Insert the alert, replacing any earlier version; remove it if it is deleted.

        A paused one stays: it must still tell of what opened before the pause.
        """
        subject_id = keys.alert(document["team"], document["alert_id"])
        self.remove(subject_id)
        if document.get("deleted"):
            return
        alert = Alert.from_document(document)
        circle = Circle(alert.point, alert.radius_miles)
        # All that may fail comes before anything is filed.
        criteria, cells = _criteria_of(alert), cells_of(circle)
        entry = self._alerts[subject_id] = (circle.xyz, circle.chord, alert)
        self._criteria_in_use |= criteria
        if alert.renewable_until:
            heappush(self._ends, (alert.renewable_until, subject_id))
        for category in alert.categories or (None,):
            covered = self._covered[category]
            for cell in cells.covered:
                covered[cell].add(criteria, alert)
            edge = self._edge[category]
            for cell in cells.edge:
                edge[cell].add(criteria, entry)

    def remove(self, subject_id: str) -> None:
        """Remove the alert that the log knows by this id, if there is such an alert."""
        if entry := self._alerts.pop(subject_id, None):
            self._remove(entry)

    def _remove(self, entry: _CircleEntry) -> None:
        alert = entry[-1]
        cells = cells_of(Circle(alert.point, alert.radius_miles))
        for category in alert.categories or (None,):
            for cell in cells.covered:
                self._covered[category][cell].remove(alert)
            for cell in cells.edge:
                self._edge[category][cell].remove(entry)

    def matches(
        self, previous: HomeDocument | None, document: HomeDocument
    ) -> dict[str, list[Alert]]:
        """Return the alerts that a change of a home matches, by team; paused ones too."""
        opening = Opening(previous, document)
        reaches = opening.all_reaches if opening.may_fit_more else opening.reaches
        if not reaches:
            return {}
        point = opening.suitability.point
        cells, met_by_home = cells_at(point), _criteria_met_by(document)
        alerts: list[Alert] = []
        near_edge: list[_CircleEntry] = []
        for reach in reaches:
            unmet = self._criteria_in_use & ~(met_by_home | _criteria_met_by_beds(reach))
            covered = self._covered[reach.use]
            for cell in cells:
                if entries := covered.get(cell):
                    alerts += entries.matching(unmet)
            if edge := self._edge[reach.use].get(cells[0]):
                near_edge += edge.matching(unmet)
        xyz = earth_xyz(point)
        alerts += [alert for centre, chord, alert in near_edge if dist(centre, xyz) <= chord]
        if len(reaches) > 1:  # an alert for several categories is filed under each
            alerts = list({id(alert): alert for alert in alerts}.values())
        if opening.may_fit_more:
            alerts = [alert for alert in alerts if opening.beds_for(alert)]
        refused = opening.suitability.refused
        by_team: defaultdict[str, list[Alert]] = defaultdict(list)
        for alert in alerts:
            if refused.isdisjoint(alert.requirements.names):
                by_team[alert.team].append(alert)
        return dict(by_team)


_CRITERIA: Final[dict[str, int]] = {
    name: 1 << position for position, name in enumerate([*ServiceUserBand, *Rating])
}
"""A bit for each criterion. A home meets every rating up to its own."""

_BEDS: Final = len(_CRITERIA)
"""From this bit on there is one for each number of beds, which newly free beds meet."""

_MET_BY_RATING: Final = {
    best: sum(_CRITERIA[rating] for rating in Rating if rating.rank <= best.rank) for best in Rating
}


def _criteria_of(alert: Alert) -> int:
    rating = [alert.min_rating] if alert.min_rating else []
    named = _bits([*alert.service_user_bands, *rating])
    return named | 1 << _BEDS + alert.beds


def _criteria_met_by(home: HomeDocument) -> int:
    rating = _MET_BY_RATING[home["rating"]] if "rating" in home else 0
    return _bits(home["service_user_bands"]) | rating


def _criteria_met_by_beds(beds: Reach) -> int:
    """Return the bit of each number of beds from one more than there were before."""
    return (2 << beds.accepting) - (2 << beds.before) << _BEDS


def _bits(names: Iterable[str]) -> int:
    bits = 0
    for name in names:
        bits |= _CRITERIA[name]
    return bits
