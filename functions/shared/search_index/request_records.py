"""How homes answered the last requests, in memory, as results of a search show it."""

from collections.abc import Iterable
from datetime import date

from shared.domain.documents import Document
from shared.domain.request_record import RequestRecord


class RequestRecords:
    """The records by home and what was asked: an index that a follower of the log keeps."""

    def __init__(self) -> None:
        """Start without records."""
        self._records: dict[str, dict[str, RequestRecord]] = {}

    def clear(self) -> None:
        """Remove every record."""
        self._records.clear()

    def put(self, document: Document, _: str = "") -> None:
        """Insert the record, replacing any earlier version."""
        record = RequestRecord.from_document(document)
        self._records.setdefault(record.location_id, {})[record.asked] = record

    def remove(self, subject_id: str) -> None:
        """Remove the record with this id, `<location_id>#<asked>`, if there is one."""
        location_id, _, asked = subject_id.partition("#")
        self._records.get(location_id, {}).pop(asked, None)

    def shown(self, location_id: str, asked: Iterable[str], today: date) -> list[Document]:
        """Return how the home answered requests for each of these, where that may be shown."""
        of_home = self._records.get(location_id)
        if not of_home:
            return []
        shown = (of_home[each].shown(today) for each in asked if each in of_home)
        return [each for each in shown if each]
