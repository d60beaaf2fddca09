"""What teams searched for near homes, by category, from the published table of demand."""

from collections.abc import Callable, Mapping
from statistics import fmean

from shared.domain.demand import ANY_CATEGORY, Cell, searches_by_district
from shared.domain.geo import miles_between
from shared.domain.reminder_value import NOTHING_PUBLISHED, SoughtNear
from shared.places.districts import AREA_MILES
from shared.places.postcodes import Place, Postcodes


class SearchesNear:
    """The searches of one period around each outward district, added up once for each."""

    def __init__(
        self, published: Mapping[Cell, int], load_postcodes: Callable[[], Postcodes]
    ) -> None:
        """Find the districts of a published table; without one, all homes are sought alike."""
        self._searches = searches_by_district(published)
        self._locate = load_postcodes().locate if published else lambda _: None
        self._places: dict[str, Place] = {
            code: place for code in sorted(self._searches) if (place := self._locate(code))
        }
        counts = [each for code in self._places for each in self._around(code).values()]
        self._usual = fmean(counts) if counts else 0.0
        self._by_district: dict[str, SoughtNear] = {}

    def around(self, postcode: str) -> SoughtNear:
        """Return what was searched for in the outward district of a postcode and those near it."""
        if not self._places:
            return NOTHING_PUBLISHED
        district = postcode.partition(" ")[0]
        if district not in self._by_district:
            self._by_district[district] = SoughtNear(self._around(district), self._usual)
        return self._by_district[district]

    def _around(self, district: str) -> dict[str, int]:
        centre = self._locate(district)
        near = [
            self._searches[code]
            for code, place in self._places.items()
            if centre and miles_between(centre.point, place.point) <= AREA_MILES
        ]
        categories = {ANY_CATEGORY}.union(*near)
        return {
            category: sum(each.get(category, each[ANY_CATEGORY]) for each in near)
            for category in categories
        }
