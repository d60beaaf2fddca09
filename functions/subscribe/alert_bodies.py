"""The request bodies in which a discharge team creates and changes its alerts."""

from datetime import datetime
from typing import Literal, Self

from pydantic import Field, model_validator

from shared.domain.alert import Alert
from shared.domain.care_home import MOST_BEDS
from shared.domain.needs import NEEDS
from shared.domain.terms import Funding
from shared.domain.vocabulary import (
    MAX_RADIUS_MILES,
    BedCategory,
    Rating,
    ServiceUserBand,
)
from shared.http.body import Body, NeedId
from shared.places.postcodes import Place


class NewAlert(Body):
    """A new alert; it has no free text, so that no patient can be described in it."""

    near: str
    radius_miles: float = Field(gt=0, le=MAX_RADIUS_MILES, allow_inf_nan=False)
    categories: list[BedCategory] = Field(default_factory=list)
    beds: int = Field(1, ge=1, le=MOST_BEDS)
    service_user_bands: list[ServiceUserBand] = Field(default_factory=list)
    min_rating: Rating | None = None
    needs: list[NeedId] = Field(default_factory=list, max_length=len(NEEDS))
    funding: Funding | None = None
    team: str | None = None
    """The team that owns it, where the caller belongs to several."""

    def to_alert(self, team: str, alert_id: str, place: Place, now: datetime) -> Alert:
        """Return the new alert, without duplicates in its lists."""
        return Alert(
            team=team,
            alert_id=alert_id,
            version=1,
            near=place.label,
            latitude=place.point.latitude,
            longitude=place.point.longitude,
            radius_miles=self.radius_miles,
            created_at=now,
            categories=tuple(dict.fromkeys(self.categories)),
            beds=self.beds,
            service_user_bands=tuple(dict.fromkeys(self.service_user_bands)),
            min_rating=self.min_rating,
            # A need that is no longer asked would match every home.
            needs=tuple(dict.fromkeys(need for need in self.needs if need in NEEDS)),
            funding=self.funding,
        )


class AlertEdit(Body):
    """The changes of an alert that there are: pause it, let it fire again, or renew it."""

    paused: bool | None = None
    renewed: Literal[True] | None = None

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if (self.paused is None) == (self.renewed is None):
            raise ValueError('either "paused" or "renewed": true')
        return self
