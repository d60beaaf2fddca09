"""An alert: a discharge team's request for a message when a vacancy opens."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, Self

from shared.domain.documents import AlertDocument, timestamp
from shared.domain.geo import Point
from shared.domain.vocabulary import BedCategory, Feature, Rating, ServiceUserBand


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
    features: tuple[Feature, ...] = ()
    min_rating: Rating | None = None
    paused: bool = False
    deleted: bool = False

    @property
    def point(self) -> Point:
        """Return the place around which the alert searches."""
        return Point(self.latitude, self.longitude)

    def delete(self) -> "Alert":
        """Return the alert as deleted: readers of the log must see that it is gone."""
        return replace(self, version=self.version + 1, deleted=True)

    def set_paused(self, paused: bool) -> "Alert":
        """Return the alert as paused or resumed; return itself if it is so already."""
        if paused == self.paused:
            return self
        return replace(self, version=self.version + 1, paused=paused)

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read an alert from its document."""
        rating = document.get("min_rating")
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
            features=tuple(Feature(name) for name in document["features"]),
            min_rating=Rating(rating) if rating else None,
            paused=document.get("paused", False),
            deleted=document.get("deleted", False),
        )

    def to_document(self) -> AlertDocument:
        """Write the alert as a document; flags that are not set are left out."""
        document: AlertDocument = {each.name: getattr(self, each.name) for each in fields(self)}
        document["created_at"] = timestamp(self.created_at)
        if not self.min_rating:
            del document["min_rating"]
        for name in ("paused", "deleted"):
            if not document[name]:
                del document[name]
        return document
