"""A search's conditions but for the place, made ready to be asked of one row after the other."""

from typing import Final

from shared.domain.vocabulary import BedCategory
from shared.search_index import bitmaps
from shared.search_index.bitmaps import HOUR, HOURS_A_DAY, Trait
from shared.search_index.latitude_bands import LatitudeBand, positions
from shared.search_index.query import SearchQuery


class Filter:
    """Which homes fit: any of some traits, all of others, and what no trait can say."""

    def __init__(self, wanted: SearchQuery, last_day: int) -> None:
        """The last day, counted from the epoch, on which any home was confirmed."""
        self._all_of: Final = [
            *map(bitmaps.has, wanted.service_user_bands),
            *map(bitmaps.has, wanted.features),
            *([bitmaps.rated_at_least(wanted.min_rating)] if wanted.min_rating else []),
        ]
        if wanted.include_full:
            self._any_of = [*map(bitmaps.has, wanted.categories)] or [bitmaps.EVERY_HOME]
        else:
            self._any_of = [
                bitmaps.accepting(category, wanted.beds) for category in wanted.categories or [None]
            ]
        self._by = ""
        self._announced: list[tuple[BedCategory, Trait]] = []
        if wanted.available_by:
            self._by = wanted.available_by.isoformat()
            self._announced = [
                (category, bitmaps.announces(category))
                for category in wanted.categories or BedCategory
            ]
        self._since = 0.0
        if wanted.confirmed_since:
            self._since = wanted.confirmed_since.timestamp()
            self._hour = int(self._since // HOUR)
            day = self._hour // HOURS_A_DAY
            rest_of_day = range(self._hour + 1, (day + 1) * HOURS_A_DAY)
            self._later = [
                *map(bitmaps.confirmed_in, rest_of_day),
                *map(bitmaps.confirmed_on, range(day + 1, last_day + 1)),
            ]

    def among(self, row: LatitudeBand, start: int, end: int) -> int:
        """Who fits of homes[start:end]: bit i is the home start + i."""
        holders = row.holders.get
        found = 0
        for trait in self._any_of:
            found |= holders(trait, 0)
        asked = (1 << end - start) - 1 << start
        for trait in self._all_of:
            asked &= holders(trait, 0)
        found &= asked
        if self._announced:
            found |= self._announced_among(row, asked & ~found)
        if self._since and found:
            found = self._confirmed_among(row, found)
        return found >> start

    def _announced_among(self, row: LatitudeBand, asked: int) -> int:
        """A trait tells who announces a bed, and the home itself for when."""
        found = 0
        for category, announced in self._announced:
            for at in positions(asked & row.holders.get(announced, 0)):
                if row.homes[at].coming_free[category] <= self._by:
                    found |= 1 << at
        return found

    def _confirmed_among(self, row: LatitudeBand, asked: int) -> int:
        """Traits tell the day and the hour, and only for one hour the home itself the rest."""
        found = 0
        for trait in self._later:
            found |= row.holders.get(trait, 0)
        found &= asked
        for at in positions(asked & row.holders.get(bitmaps.confirmed_in(self._hour), 0)):
            if row.homes[at].confirmed >= self._since:
                found |= 1 << at
        return found
