"""The searches of the newest published period around each home, added up once for each period."""

from collections.abc import Callable

from shared.aws.telemetry import report_unreadable
from shared.places.postcodes import Postcodes
from shared.places.searches_near import SearchesNear
from shared.store import demand
from shared.store.table import Table


class PublishedSearches:
    """Keeps the sums of a period, whose published table never changes."""

    def __init__(self, table: Table, load_postcodes: Callable[[], Postcodes]) -> None:
        """Start without any period."""
        self._table, self._load_postcodes = table, load_postcodes
        self._period_id = ""
        self._searches = SearchesNear({}, load_postcodes)

    def newest(self) -> SearchesNear:
        """Return the searches of the newest period, with one small request. Raises BusyError."""
        published = demand.newest(self._table, report_unreadable)
        if published and published.period.id != self._period_id:
            self._searches = SearchesNear(published.cells, self._load_postcodes)
            self._period_id = published.period.id
        return self._searches
