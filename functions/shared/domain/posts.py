"""What a home's posts tell beside their counts: when each was said, and how beds filled between."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Self

from shared.domain.beds import BedCounts
from shared.domain.chance import FillRecord
from shared.domain.documents import Document, timestamp
from shared.domain.vocabulary import BedCategory

_NOTHING_SEEN: Final = FillRecord()


@dataclass(frozen=True, slots=True)
class Posts:
    """The sum of a home's posts so far. It grows by the very post that shows something new."""

    said_at: Mapping[BedCategory, datetime] = field(default_factory=dict)
    """When the home last said each count: a post says those that it names, a confirmation all."""
    fill_records: Mapping[BedCategory, FillRecord] = field(default_factory=dict)

    def after(
        self,
        before: Mapping[BedCategory, BedCounts],
        said: Mapping[BedCategory, BedCounts],
        now: datetime,
        *,
        open_since: datetime | None,
    ) -> "Posts":
        """Return the sum after a post of the counts `said`; `before` are the home's until now.

        A time in which the home was closed teaches nothing, because nobody could move in:
        `open_since` is when it last said that it is open, and None while it is closed.
        """
        records = dict(self.fill_records)
        for category, counts in said.items():
            since, held = self.said_at.get(category), before.get(category)
            if since and held and open_since and open_since <= since:
                record = self.record(category).after(
                    held.accepting,
                    counts.occupied + counts.reserved - held.occupied - held.reserved,
                    counts.accepting,
                    (now - since) / timedelta(days=1),
                )
                if record != _NOTHING_SEEN:
                    records[category] = record
        said_at = {category: self._later(category, now) for category in said}
        return Posts({**self.said_at, **said_at}, records)

    def record(self, category: BedCategory) -> FillRecord:
        """Return how beds of a category filled here."""
        return self.fill_records.get(category, _NOTHING_SEEN)

    def of_categories(self, categories: Container[BedCategory]) -> "Posts":
        """Return the sum without categories that the home no longer has."""
        return Posts(
            {each: said for each, said in self.said_at.items() if each in categories},
            {each: record for each, record in self.fill_records.items() if each in categories},
        )

    def _later(self, category: BedCategory, now: datetime) -> datetime:
        """Return now, but never a moment before the last one: clocks may differ."""
        return max(self.said_at.get(category, now), now)

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read the sum from a home's document."""
        return cls(
            {
                BedCategory(category): datetime.fromisoformat(said)
                for category, said in document.get("said_at", {}).items()
            },
            {
                BedCategory(category): FillRecord.from_document(record)
                for category, record in document.get("fill_records", {}).items()
            },
        )

    def to_document(self) -> Document:
        """Write the sum for a home's document; nothing said or seen is left out."""
        document: Document = {}
        if self.said_at:
            document["said_at"] = {each: timestamp(said) for each, said in self.said_at.items()}
        if self.fill_records:
            document["fill_records"] = {
                each: record.to_document() for each, record in self.fill_records.items()
            }
        return document
