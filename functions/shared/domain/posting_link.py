"""A link that posts a home's vacancies without signing in: how long it works, and what stops it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, NamedTuple, Self

from shared.domain.documents import Document, timestamp

LINK_LIFETIME: Final = timedelta(hours=36)
"""How long a link works, unless the next one to the same person replaces it before."""

UNDO_TIME: Final = timedelta(minutes=10)
"""How long what a link posted can be undone with it."""


class LinkPurpose(StrEnum):
    """What a link does, and nothing else."""

    REMINDER = "reminder"
    """It confirms, changes counts, or closes. It never reopens."""


class LinkStop(NamedTuple):
    """How often the links of a home were stopped, and since when they are; each stop ends all."""

    epoch: int = 0
    stopped_at: datetime | None = None

    def stop(self, now: datetime) -> "LinkStop":
        """Return it with every link so far ended, and none made until they are allowed again."""
        return self if self.stopped_at else LinkStop(self.epoch + 1, now)

    def allow(self) -> "LinkStop":
        """Return it with new links allowed; the old ones stay ended."""
        return LinkStop(self.epoch)

    def to_document(self) -> Document:
        """Write what is stored."""
        return {
            "epoch": self.epoch,
            "stopped_at": timestamp(self.stopped_at) if self.stopped_at else None,
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read what `to_document` wrote."""
        stopped_at = document["stopped_at"]
        return cls(document["epoch"], datetime.fromisoformat(stopped_at) if stopped_at else None)


@dataclass(frozen=True, slots=True)
class PostingLink:
    """A link that one member of a home was sent; `digest` is that of its token."""

    digest: str
    location_id: str
    member_id: str
    purpose: LinkPurpose
    epoch: int
    expires_at: datetime

    def works(self, newest_digest: str | None, stop: LinkStop, now: datetime) -> bool:
        """Tell whether it still posts; `newest_digest` is of the newest link to the same member."""
        is_newest = newest_digest == self.digest
        return is_newest and self._is_of(stop) and now < self.expires_at

    def can_undo(self, stop: LinkStop, now: datetime) -> bool:
        """Tell whether it may undo what it posted, also if it posts nothing more."""
        return self._is_of(stop) and now < self.expires_at + UNDO_TIME

    def was_just_stopped(self, stop: LinkStop) -> bool:
        """Tell whether it was one of those that the present stop ended."""
        return stop.stopped_at is not None and self.epoch == stop.epoch - 1

    def _is_of(self, stop: LinkStop) -> bool:
        return self.epoch == stop.epoch and stop.stopped_at is None

    def to_document(self) -> Document:
        """Write what is stored."""
        return {
            "location_id": self.location_id,
            "member_id": self.member_id,
            "purpose": self.purpose,
            "epoch": self.epoch,
            "expires_at": timestamp(self.expires_at),
        }

    @classmethod
    def from_document(cls, digest: str, document: Mapping[str, Any]) -> Self:
        """Read what `to_document` wrote."""
        return cls(
            digest,
            document["location_id"],
            document["member_id"],
            LinkPurpose(document["purpose"]),
            document["epoch"],
            datetime.fromisoformat(document["expires_at"]),
        )
