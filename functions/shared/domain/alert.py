"""An alert: a discharge team's request for a message when a vacancy opens."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple, Self

from shared.domain.documents import AlertDocument, timestamp
from shared.domain.fit import Requirements
from shared.domain.geo import Point
from shared.domain.terms import Funding
from shared.domain.vocabulary import BedCategory, Rating, ServiceUserBand

PAUSES_KEPT_FOR: Final = timedelta(days=28)
"""Twice as long as a change waits that could not be delivered; nothing older is asked about."""

MAX_PAUSES: Final = 50
"""The pauses that an alert remembers at most, so that its item stays small."""

LIVES_FOR: Final = timedelta(days=28)
"""How long an alert with needs or funding fires, unless it is renewed: it is about one person."""

RENEWABLE_FOR: Final = timedelta(days=28)
"""How long after its end such an alert can be renewed; then it is gone, with what it asks for.

Twice as long as a change waits that could not be delivered: that one still finds the alert.
"""


class Pause(NamedTuple):
    """A time in which an alert did not fire; `until` is None while it lasts."""

    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Alert:
    """A discharge team's request for a message when a vacancy opens.

    It has no free text, so that nothing about a patient can be written into it.
    """

    team: str
    alert_id: str
    version: int
    near: str
    latitude: float
    longitude: float
    radius_miles: float
    created_at: datetime
    categories: tuple[BedCategory, ...] = ()
    beds: int = 1
    service_user_bands: tuple[ServiceUserBand, ...] = ()
    min_rating: Rating | None = None
    needs: tuple[str, ...] = ()
    """A home that says no to one of these, or to the funding, does not fire the alert."""
    funding: Funding | None = None
    renewed_at: datetime | None = None
    pauses: tuple[Pause, ...] = ()
    """Its pauses of the last weeks, the oldest first: what opened in one is never told."""
    deleted: bool = False

    @property
    def paused(self) -> bool:
        """Tell whether it is paused now."""
        return bool(self.pauses) and self.pauses[-1].until is None

    @property
    def ends_at(self) -> datetime | None:
        """Return when it stops to fire unless it is renewed; None where it needs no renewal."""
        return (self.renewed_at or self.created_at) + LIVES_FOR if self.requirements else None

    @property
    def renewable_until(self) -> datetime | None:
        """Return when it is gone unless it is renewed; None where it needs no renewal."""
        return self.ends_at + RENEWABLE_FOR if self.ends_at else None

    def is_gone_at(self, moment: datetime) -> bool:
        """Tell whether at this moment it is deleted, or ended too long ago to be renewed.

        The table may still have it, or have it no more.
        """
        has_expired = self.renewable_until is not None and self.renewable_until <= moment
        return self.deleted or has_expired

    def was_active_at(self, moment: datetime) -> bool:
        """Tell whether it was neither paused nor at its end at this moment."""
        has_ended = self.ends_at is not None and self.ends_at <= moment
        return not has_ended and not self.was_paused_at(moment)

    def was_paused_at(self, moment: datetime) -> bool:
        """Tell whether it was paused at this moment."""
        return any(
            pause.since <= moment and (pause.until is None or moment < pause.until)
            for pause in self.pauses
        )

    @property
    def point(self) -> Point:
        """Return the place around which the alert searches."""
        return Point(self.latitude, self.longitude)

    @property
    def requirements(self) -> Requirements:
        """Return what the person must have."""
        return Requirements(self.needs, self.funding)

    def delete(self) -> "Alert":
        """Return the alert as deleted: readers of the log must see that it is gone."""
        return replace(self, version=self.version + 1, deleted=True)

    def set_paused(self, paused: bool, now: datetime) -> "Alert":
        """Return the alert as paused or resumed now; return itself if it is so already."""
        if paused == self.paused:
            return self
        if paused:
            pauses = [*self._pauses_since(now - PAUSES_KEPT_FOR), Pause(now)]
        else:
            # Where the clocks of two writers differ, a pause still does not end before it began.
            since = self.pauses[-1].since
            pauses = [*self.pauses[:-1], Pause(since, max(since, now))]
        return replace(self, version=self.version + 1, pauses=tuple(pauses[-MAX_PAUSES:]))

    def renew(self, now: datetime) -> "Alert":
        """Return the alert with its whole time before it; itself if it needs no renewal.

        What opened after its end stays untold, as in a pause.
        """
        if self.ends_at is None:
            return self
        pauses = self.pauses
        if self.ends_at < now and not self.paused:
            ended = Pause(self.ends_at, now)
            pauses = (*self._pauses_since(now - PAUSES_KEPT_FOR), ended)[-MAX_PAUSES:]
        return replace(self, version=self.version + 1, renewed_at=now, pauses=pauses)

    def _pauses_since(self, moment: datetime) -> list[Pause]:
        return [pause for pause in self.pauses if pause.until is None or pause.until > moment]

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read an alert from its document."""
        rating, funding = document.get("min_rating"), document.get("funding")
        renewed_at = document.get("renewed_at")
        return cls(
            team=document["team"],
            alert_id=document["alert_id"],
            version=document["version"],
            near=document["near"],
            latitude=document["latitude"],
            longitude=document["longitude"],
            radius_miles=document["radius_miles"],
            created_at=datetime.fromisoformat(document["created_at"]),
            categories=tuple(BedCategory(name) for name in document["categories"]),
            beds=document["beds"],
            service_user_bands=tuple(
                ServiceUserBand(name) for name in document["service_user_bands"]
            ),
            min_rating=Rating(rating) if rating else None,
            needs=tuple(document["needs"]),
            funding=Funding(funding) if funding else None,
            renewed_at=datetime.fromisoformat(renewed_at) if renewed_at else None,
            pauses=tuple(_pause(each) for each in document.get("pauses", ())),
            deleted=document.get("deleted", False),
        )

    def to_document(self) -> AlertDocument:
        """Write the alert as a document; flags that are not set are left out."""
        document: AlertDocument = {each.name: getattr(self, each.name) for each in fields(self)}
        document["created_at"] = timestamp(self.created_at)
        if not self.min_rating:
            del document["min_rating"]
        if not self.funding:
            del document["funding"]
        if self.renewed_at:
            document["renewed_at"] = timestamp(self.renewed_at)
        else:
            del document["renewed_at"]
        if self.ends_at:
            document["ends_at"] = timestamp(self.ends_at)
        if self.renewable_until:
            document["renewable_until"] = timestamp(self.renewable_until)
        if not self.deleted:
            del document["deleted"]
        del document["pauses"]
        if self.paused:
            document["paused"] = True
        if self.pauses:
            document["pauses"] = [_pause_document(each) for each in self.pauses]
        return document


def _pause(document: Mapping[str, str]) -> Pause:
    until = document.get("until")
    return Pause(
        datetime.fromisoformat(document["since"]), datetime.fromisoformat(until) if until else None
    )


def _pause_document(pause: Pause) -> dict[str, str]:
    since = {"since": timestamp(pause.since)}
    return {**since, "until": timestamp(pause.until)} if pause.until else since
