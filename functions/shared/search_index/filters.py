"""The criteria of a query except the place, prepared for one latitude band after the other."""

from collections.abc import Sequence
from typing import Final

from shared.domain.fit import Admissions
from shared.domain.needs import Answer, Suits
from shared.domain.vocabulary import BedCategory
from shared.search_index import bitmaps
from shared.search_index.bitmaps import HOUR, HOURS_A_DAY, Attribute
from shared.search_index.latitude_bands import LatitudeBand, set_bits
from shared.search_index.query import SearchQuery
from shared.search_index.slices import FITS, Divided, Slice


class Filter:
    """The attributes that a home must have: one of some, and all of others.

    Bitmaps cannot hold the exact day of an announced bed and the exact time of a confirmation, so
    these are compared home by home.
    """

    def __init__(self, query: SearchQuery, last_day: int) -> None:
        """Prepare the filter; no home was confirmed after `last_day`, counted from the epoch."""
        self._all_of: Final = [
            *map(bitmaps.has, query.service_user_bands),
            *([bitmaps.rated_at_least(query.min_rating)] if query.min_rating else []),
        ]
        if query.include_full:
            self._any_of = [*map(bitmaps.has, query.categories)] or [bitmaps.EVERY_HOME]
        elif query.suits is not Suits.ANY and not query.categories:
            self._any_of = [bitmaps.accepting_of_any(query.suits, query.beds)]
        else:
            self._any_of = [
                bitmaps.accepting(category, query.beds) for category in query.categories or [None]
            ]
        self._suiting: list[Attribute] = []
        if query.suits is not Suits.ANY and not query.include_full:
            self._suiting = [bitmaps.suiting(each, query.suits) for each in query.categories]
        self._today, self._available_by = query.today.isoformat(), ""
        self._announced: list[tuple[BedCategory, Attribute]] = []
        if query.available_by:
            self._available_by = query.available_by.isoformat()
            self._announced = [
                (category, bitmaps.announces(category))
                for category in query.categories or BedCategory
            ]
        since = query.confirmed_since
        self._confirmed: Final = ConfirmedSince(since.timestamp(), last_day) if since else None
        self._fit = _FitFilter(query) if query.requirements else None
        self._fits = query.fits

    def matches(self, band: LatitudeBand, start: int, end: int) -> int:
        """Return which of homes[start:end] match: bit i stands for the home start + i."""
        bitmap_of = band.bitmaps.get
        matching = 0
        if self._suiting:
            for attribute, suiting in zip(self._any_of, self._suiting, strict=True):
                matching |= bitmap_of(attribute, 0) & bitmap_of(suiting, 0)
        else:
            for attribute in self._any_of:
                matching |= bitmap_of(attribute, 0)
        allowed = (1 << end - start) - 1 << start
        for attribute in self._all_of:
            allowed &= bitmap_of(attribute, 0)
        matching &= allowed
        if self._announced:
            matching |= self._announcing(band, allowed & ~matching)
        if self._confirmed and matching:
            matching = self._confirmed.matches(band, matching)
        return matching >> start

    def divide(self, slices: Sequence[Slice]) -> list[Divided]:
        """Divide the matches by what they say of all requirements."""
        divide = self._fit.divide if self._fit else lambda _band, _start, matches: (matches, 0, 0)
        return [(band, start, divide(band, start, matches)) for band, start, matches in slices]

    def found(self, band: LatitudeBand, start: int, end: int) -> int:
        """Return the matches in homes[start:end] that have one of the query's fits."""
        ((*_, parts),) = self.divide([(band, start, self.matches(band, start, end))])
        return sum([part for fit, part in zip(FITS, parts, strict=True) if fit in self._fits])

    def _announcing(self, band: LatitudeBand, candidates: int) -> int:
        """Return the candidates that announce a bed in time; the home itself has the day."""
        matching = 0
        for category, announced in self._announced:
            for at in set_bits(candidates & band.bitmaps.get(announced, 0)):
                days = band.homes[at].announced_beds[category]
                if any(self._today <= day <= self._available_by for day in days):
                    matching |= 1 << at
        return matching


class ConfirmedSince:
    """The homes that were confirmed at a moment or later."""

    def __init__(self, since: float, last_day: int) -> None:
        """Prepare for this epoch second; no home was confirmed after `last_day`."""
        self._since = since
        self._hour = int(since // HOUR)
        day = self._hour // HOURS_A_DAY
        rest_of_day = range(self._hour + 1, (day + 1) * HOURS_A_DAY)
        self._later: Final = [
            *map(bitmaps.confirmed_in, rest_of_day),
            *map(bitmaps.confirmed_on, range(day + 1, last_day + 1)),
        ]

    def matches(self, band: LatitudeBand, candidates: int) -> int:
        """Return the candidates that were confirmed since then.

        Bitmaps hold the day and the hour; within the first hour the home itself has the time.
        """
        matching = 0
        for attribute in self._later:
            matching |= band.bitmaps.get(attribute, 0)
        matching &= candidates
        first_hour = band.bitmaps.get(bitmaps.confirmed_in(self._hour), 0)
        for at in set_bits(candidates & first_hour):
            if band.homes[at].confirmed_seconds >= self._since:
                matching |= 1 << at
        return matching


class _FitFilter:
    """Divides the homes that match by what they say of all requirements."""

    def __init__(self, query: SearchQuery) -> None:
        """Prepare the division."""
        requirements = query.requirements
        named: list[str] = [*requirements.needs]
        if requirements.funding:
            named.append(requirements.funding)
        self._yes: Final = [*map(bitmaps.says_yes, named)]
        self._no: Final = [*map(bitmaps.says_no, named)]
        self._admit_by = requirements.admit_by
        self._admissions = Admissions(requirements.admit_by, query.as_of)

    def divide(self, band: LatitudeBand, start: int, matches: int) -> tuple[int, int, int]:
        """Return the matches that say yes, ask and no; bit i of each is for home start + i."""
        bitmap_of = band.bitmaps.get
        no = 0
        for attribute in self._no:
            no |= bitmap_of(attribute, 0)
        no &= matches << start
        yes = matches << start ^ no
        for attribute in self._yes:
            if not yes:
                break
            yes &= bitmap_of(attribute, 0)
        yes, no = yes >> start, no >> start
        if self._admit_by:
            hours = bitmap_of(bitmaps.SAYS_HOURS, 0) >> start
            yes &= hours
            for at in set_bits(matches & hours & ~no):
                answer = self._admissions.answer(band.homes[start + at].terms)
                if answer is not Answer.YES:
                    yes &= ~(1 << at)
                if answer is Answer.NO:
                    no |= 1 << at
        return yes, matches ^ yes ^ no, no
