"""What a change of a home opens to an alert: more beds, or beds that now fit and did not before."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import dist
from typing import NamedTuple

from shared.domain.alert import Alert
from shared.domain.availability import beds_by_use, free_beds
from shared.domain.documents import Document, HomeDocument
from shared.domain.fit import refused_by
from shared.domain.geo import Circle, Point, earth_xyz
from shared.domain.vocabulary import BedCategory, Rating, ServiceUserBand


class FreeBeds(NamedTuple):
    """The vacancies of one category before and after a change, and as what else they may serve."""

    category: BedCategory
    before: int
    accepting: int
    also_as: tuple[BedCategory, ...] = ()

    def to_document(self) -> Document:
        """Write them for a message; other uses only where there are some."""
        document: Document = self._asdict()
        return document if self.also_as else {n: v for n, v in document.items() if n != "also_as"}


class Reach(NamedTuple):
    """The vacancies before and after that one use can count on; None: as their own category."""

    use: BedCategory | None
    before: int
    accepting: int

    def reaches(self, beds: int) -> bool:
        """Tell whether so many are available now and were not before."""
        return self.before < beds <= self.accepting


class Suitability(NamedTuple):
    """What decides, beside its beds, whether a home fits an alert."""

    point: Point
    bands: frozenset[ServiceUserBand]
    rank: int
    """Of its rating; 0 without one."""
    refused: frozenset[str]
    """The needs and the funding to which it says no."""

    @classmethod
    def of_home(cls, home: HomeDocument) -> "Suitability":
        """Read it from a home's document."""
        return cls(
            Point(home["latitude"], home["longitude"]),
            frozenset(ServiceUserBand(band) for band in home["service_user_bands"]),
            Rating(home["rating"]).rank if "rating" in home else 0,
            refused_by(home),
        )

    def fits(self, alert: Alert) -> bool:
        """Tell whether such a home fits the alert, whatever beds it has."""
        rank = alert.min_rating.rank if alert.min_rating else 0
        circle = Circle(alert.point, alert.radius_miles)
        return (
            self.bands.issuperset(alert.service_user_bands)
            and self.rank >= rank
            and self.refused.isdisjoint(alert.requirements.names)
            and dist(circle.xyz, earth_xyz(self.point)) <= circle.chord
        )


@dataclass(frozen=True)
class Opening:
    """A change of a home, as alerts see it."""

    previous: HomeDocument | None
    document: HomeDocument

    @cached_property
    def free(self) -> list[FreeBeds]:
        """Return the vacancies now by category, in the home's own order."""
        before = free_beds(self.previous) if self.previous else {}
        also_as = self.document.get("also_as", {})
        return [
            FreeBeds(
                BedCategory(category),
                before.get(category, 0),
                accepting,
                tuple(map(BedCategory, also_as.get(category, ()))),
            )
            for category, accepting in free_beds(self.document).items()
        ]

    @cached_property
    def reaches(self) -> list[Reach]:
        """Return what has more vacancies than before: by use, then by each category for itself.

        The uses are those of now, so that a bed which only gets another use counts as no more.
        """
        return [each for each in self._reaches() if each.accepting > each.before]

    @property
    def all_reaches(self) -> list[Reach]:
        """Return every vacancy as if there had been none before."""
        return [each._replace(before=0) for each in self._reaches()]

    @cached_property
    def may_fit_more(self) -> bool:
        """Tell whether the home, with vacancies, may fit more alerts, whatever its bed counts."""
        if not self.previous or not self.free:
            return False
        before, now = self._suitability_before, self.suitability
        return (
            now.point != before.point
            or not now.bands <= before.bands
            or now.rank > before.rank
            or not now.refused >= before.refused
            or self.document.get("also_as") != self.previous.get("also_as")
        )

    @cached_property
    def suitability(self) -> Suitability:
        """Return what decides whether the home fits now."""
        return Suitability.of_home(self.document)

    def came_to_fit(self, alert: Alert) -> bool:
        """Tell whether the home fits an alert now and did not before, beds apart."""
        if not (self.may_fit_more and self.suitability.fits(alert) and self._enough(alert)):
            return False
        if not self._suitability_before.fits(alert):
            return True
        return not self._had_beds_for(alert) and not self._enough(alert, opened_only=True)

    def beds_for(self, alert: Alert) -> list[FreeBeds]:
        """Return the beds that the change opens to an alert, each under its own category, once."""
        return self._enough(alert, opened_only=not self.came_to_fit(alert))

    def has_more_beds_for(self, alert: Alert) -> bool:
        """Tell whether the change opens more beds of some category to an alert than there were."""
        return not self.may_fit_more or any(
            beds.accepting > beds.before for beds in self.beds_for(alert)
        )

    def _enough(self, alert: Alert, *, opened_only: bool = False) -> list[FreeBeds]:
        def opens(reach: Reach) -> bool:
            return reach.reaches(alert.beds) if opened_only else alert.beds <= reach.accepting

        if not alert.categories:
            return [beds for beds in self.free if opens(_for_itself(beds))]
        uses = {each.use for each in self._by_use if each.use in alert.categories and opens(each)}
        return [beds for beds in self.free if not uses.isdisjoint((beds.category, *beds.also_as))]

    def _had_beds_for(self, alert: Alert) -> bool:
        before = self.previous or self.document
        count = beds_by_use if alert.categories else free_beds
        return any(
            alert.beds <= free
            for category, free in count(before).items()
            if category in alert.categories or not alert.categories
        )

    @cached_property
    def _suitability_before(self) -> Suitability:
        return Suitability.of_home(self.previous or self.document)

    @cached_property
    def _by_use(self) -> list[Reach]:
        before: dict[str, int] = {}
        if self.previous:
            before = beds_by_use({**self.previous, "also_as": self.document.get("also_as", {})})
        return [
            Reach(BedCategory(use), before.get(use, 0), accepting)
            for use, accepting in beds_by_use(self.document).items()
        ]

    def _reaches(self) -> Iterator[Reach]:
        yield from self._by_use
        yield from map(_for_itself, self.free)


def _for_itself(beds: FreeBeds) -> Reach:
    return Reach(None, beds.before, beds.accepting)
