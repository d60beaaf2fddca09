"""What teams were told of a home's beds since it last posted: that they are gone.

It marks what the home lists, and asks the home. The next post of the home ends it, without a write:
every reader compares when the home said what it lists.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Final, NamedTuple, Self

from shared.domain.documents import Document, HomeDocument, timestamp
from shared.domain.vocabulary import BedCategory

DISPUTED_WITHIN: Final = timedelta(hours=24)
"""Two teams that were told so within this time make a listing disputed."""

MOST_REPORTS: Final = 10
"""The most teams that are kept for one listing; the oldest are dropped."""


class GoneReports(NamedTuple):
    """Who was told that the beds of one category are gone, of those listed at `said_at`."""

    said_at: datetime
    told_at: Mapping[str, datetime]
    """When each team was told so, by the team's digest."""

    @property
    def last(self) -> datetime:
        """Return when a team was told so last."""
        return max(self.told_at.values())

    @property
    def is_disputed(self) -> bool:
        """Tell whether two different teams were told so within a day."""
        moments = sorted(self.told_at.values())
        return any(later - earlier <= DISPUTED_WITHIN for earlier, later in pairwise(moments))

    def shown(self) -> Document:
        """Return what may be shown of them: how many teams, and when the last was told so."""
        return {
            "told_at": timestamp(self.last),
            "teams": len(self.told_at),
            "disputed": self.is_disputed,
        }

    def to_document(self) -> Document:
        """Write them for the document of the home's disputes."""
        told_at = {reporter: timestamp(moment) for reporter, moment in self.told_at.items()}
        return {"said_at": timestamp(self.said_at), "told_at": told_at}


@dataclass(frozen=True, slots=True)
class Disputes:
    """What was said against a home's listings; one document for each home."""

    location_id: str
    name: str = ""
    """The home's name when a team was last told something, for the question to its people."""
    version: int = 0
    by_category: Mapping[BedCategory, GoneReports] = field(default_factory=dict)

    def with_report(
        self,
        category: BedCategory,
        said_at: datetime,
        reporter: str,
        told_at: datetime,
        *,
        name: str,
    ) -> "Disputes":
        """Return them after a team was told that what the home said at `said_at` is gone."""
        held = self.by_category.get(category)
        if held and held.said_at > said_at:
            return self
        told = {**(held.told_at if held and held.said_at == said_at else {}), reporter: told_at}
        newest = sorted(told.items(), key=lambda each: each[1])[-MOST_REPORTS:]
        after = self._with(category, GoneReports(said_at, dict(newest)))
        return after if after is self else replace(after, name=name)

    def without_report(self, category: BedCategory, said_at: datetime, reporter: str) -> "Disputes":
        """Return them after a team took back what it was told."""
        held = self.by_category.get(category)
        if held is None or held.said_at != said_at or reporter not in held.told_at:
            return self
        rest = {each: moment for each, moment in held.told_at.items() if each != reporter}
        return self._with(category, GoneReports(said_at, rest) if rest else None)

    def _with(self, category: BedCategory, reports: GoneReports | None) -> "Disputes":
        others = {each: held for each, held in self.by_category.items() if each is not category}
        changed = {**others, category: reports} if reports else others
        if changed == self.by_category:
            return self
        return replace(self, version=self.version + 1, by_category=changed)

    def of_home(self, home: HomeDocument) -> dict[BedCategory, GoneReports]:
        """Return those against what the home lists now, by category: it posted nothing since."""
        said_at = home.get("said_at", {})
        return {
            category: reports
            for category, reports in self.by_category.items()
            if said_at.get(category) == timestamp(reports.said_at)
        }

    def shown(self, home: HomeDocument) -> list[Document]:
        """Return what may be shown of those against what the home lists now."""
        return [
            {
                "location_id": self.location_id,
                "category": category,
                "said_at": timestamp(reports.said_at),
                "gone": reports.shown(),
            }
            for category, reports in self.of_home(home).items()
        ]

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read them from their document."""
        return cls(
            document["location_id"],
            document["name"],
            document["version"],
            {
                BedCategory(category): GoneReports(
                    datetime.fromisoformat(reports["said_at"]),
                    {
                        reporter: datetime.fromisoformat(moment)
                        for reporter, moment in reports["told_at"].items()
                    },
                )
                for category, reports in document["by_category"].items()
            },
        )

    def to_document(self) -> Document:
        """Write them as a document."""
        by_category = {each: held.to_document() for each, held in self.by_category.items()}
        return {
            "location_id": self.location_id,
            "name": self.name,
            "version": self.version,
            "by_category": by_category,
        }
