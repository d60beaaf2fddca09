"""The criteria of a query except the place, prepared for one latitude band after the other."""

from typing import Final

from shared.domain.vocabulary import BedCategory
from shared.search_index import bitmaps
from shared.search_index.bitmaps import HOUR, HOURS_A_DAY, Attribute
from shared.search_index.latitude_bands import LatitudeBand, set_bits
from shared.search_index.query import SearchQuery


class Filter:
    """The attributes that a home must have: one of some, and all of others.

    Bitmaps cannot hold the exact day of an announced bed and the exact time of a confirmation, so
    these are compared home by home.
    """

    def __init__(self, query: SearchQuery, last_day: int) -> None:
        """Prepare the filter; no home was confirmed after `last_day`, counted from the epoch."""
        self._all_of: Final = [
            *map(bitmaps.has, query.service_user_bands),
            *map(bitmaps.has, query.features),
            *([bitmaps.rated_at_least(query.min_rating)] if query.min_rating else []),
        ]
        if query.include_full:
            self._any_of = [*map(bitmaps.has, query.categories)] or [bitmaps.EVERY_HOME]
        else:
            self._any_of = [
                bitmaps.accepting(category, query.beds) for category in query.categories or [None]
            ]
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

    def matches(self, band: LatitudeBand, start: int, end: int) -> int:
        """Return which of homes[start:end] match: bit i stands for the home start + i."""
        bitmap_of = band.bitmaps.get
        matching = 0
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

    def _announcing(self, band: LatitudeBand, candidates: int) -> int:
        """Return the candidates that announce a bed in time; the home itself has the day."""
        matching = 0
        for category, announced in self._announced:
            for at in set_bits(candidates & band.bitmaps.get(announced, 0)):
                if self._today <= band.homes[at].announced_beds[category] <= self._available_by:
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
