"""A care home: what the register and its staff say of it, and how it may change."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any, Self

from shared.domain.beds import AdmissionStatus, BedCounts
from shared.domain.documents import HomeDocument, timestamp
from shared.domain.errors import OutdatedError, Problem, RefusedError
from shared.domain.geo import Point
from shared.domain.vocabulary import (
    BedCategory,
    Feature,
    Rating,
    Registration,
    ServiceUserBand,
)

MOST_BEDS = 1000
"""Above any home in England (the largest registers 215): the limit where CQC gives none."""


@dataclass(frozen=True, slots=True)
class Register:
    """What CQC's register says of a home; only an import writes it."""

    name: str
    address: str
    postcode: str
    local_authority: str
    latitude: float
    longitude: float
    registration: Registration = Registration.ACTIVE
    phone: str | None = None
    registered_beds: int | None = None
    rating: Rating | None = None
    nursing: bool = False
    service_user_bands: tuple[ServiceUserBand, ...] = ()
    provider_id: str | None = None
    register_website: str | None = None


@dataclass(frozen=True, slots=True)
class ShopWindow:
    """What a home tells families and teams of itself; fees in pounds a week."""

    features: tuple[Feature, ...] = ()
    weekly_fee_from: int | None = None
    weekly_fee_to: int | None = None
    vacancies_phone: str | None = None
    website: str | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True)
class CareHome:
    """A care home as it stands at one version; `version` grows by one with every change."""

    location_id: str
    version: int
    register: Register
    shop_window: ShopWindow = field(default_factory=ShopWindow)
    beds: Mapping[BedCategory, BedCounts] = field(default_factory=dict)
    admission_status: AdmissionStatus = field(default_factory=AdmissionStatus)
    confirmed_at: datetime | None = None

    @property
    def point(self) -> Point:
        return Point(self.register.latitude, self.register.longitude)

    def updated(
        self,
        beds: Mapping[BedCategory, BedCounts],
        admission_status: AdmissionStatus | None,
        now: datetime,
    ) -> "CareHome":
        """This home with those categories and that status; with any counts, confirmed now.

        A category whose beds are all 0 leaves the home's list. Raises RefusedError.
        """
        most = self.register.registered_beds or MOST_BEDS
        found = [
            problem
            for category, counts in beds.items()
            for problem in counts.problems(f"beds.{category}", most, now.date())
        ]
        if admission_status:
            found += admission_status.problems("admission_status", now.date())
        merged = {
            category: counts
            for category, counts in {**self.beds, **beds}.items()
            if counts.maximum_capacity
        }
        total = sum(counts.maximum_capacity for counts in merged.values())
        if beds and not found and total > most:
            found.append(
                Problem(
                    "beds", f"at most {most} beds in all categories together; these make {total}"
                )
            )
        if found:
            raise RefusedError(*found)
        return replace(
            self,
            version=self.version + 1,
            beds=merged,
            admission_status=admission_status or self.admission_status,
            # Opening or closing says nothing of the counts: they stay as old as they are.
            confirmed_at=now if beds else self.confirmed_at,
        )

    def confirmed(self, now: datetime) -> "CareHome":
        """This home, whose numbers were said to be still right now. Raises RefusedError."""
        if self.confirmed_at is None:
            raise RefusedError(
                Problem("beds", "posted once before they can be confirmed; use PUT the first time")
            )
        return replace(self, version=self.version + 1, confirmed_at=now)

    def as_seen_at(self, observed_at: datetime) -> "CareHome":
        """This home, if nobody has confirmed its numbers since then. Raises OutdatedError."""
        if self.confirmed_at and observed_at < self.confirmed_at:
            raise OutdatedError("somebody posted after you looked", self.to_document())
        return self

    def with_register(self, register: Register) -> "CareHome":
        return replace(self, version=self.version + 1, register=register)

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        rating, confirmed = document.get("rating"), document.get("confirmed_at")
        plain = {name: document[name] for name in _REGISTER_PLAIN if name in document}
        window = {name: document[name] for name in _WINDOW_PLAIN if name in document}
        return cls(
            location_id=document["location_id"],
            version=document["version"],
            register=Register(
                **plain,
                registration=Registration(document["registration"]),
                rating=Rating(rating) if rating else None,
                service_user_bands=tuple(
                    ServiceUserBand(band) for band in document.get("service_user_bands", ())
                ),
            ),
            shop_window=ShopWindow(
                features=tuple(Feature(name) for name in document.get("features", ())), **window
            ),
            beds={
                BedCategory(category): BedCounts.from_document(counts)
                for category, counts in document.get("beds", {}).items()
            },
            admission_status=AdmissionStatus.from_document(document["admission_status"]),
            confirmed_at=datetime.fromisoformat(confirmed) if confirmed else None,
        )

    def to_document(self) -> HomeDocument:
        """The home as JSON has it; what is not known is left out."""
        register, window = self.register, self.shop_window
        document: HomeDocument = {
            "location_id": self.location_id,
            "version": self.version,
            "registration": register.registration,
        }
        for source, names in ((register, _REGISTER_PLAIN), (window, _WINDOW_PLAIN)):
            for name in names:
                if (value := getattr(source, name)) is not None:
                    document[name] = value
        if register.rating:
            document["rating"] = register.rating
        document["service_user_bands"] = list(register.service_user_bands)
        document["features"] = list(window.features)
        document["beds"] = {
            category: counts.to_document() for category, counts in self.beds.items()
        }
        document["admission_status"] = self.admission_status.to_document()
        if self.confirmed_at:
            document["confirmed_at"] = timestamp(self.confirmed_at)
        return document


_REGISTER_PLAIN = tuple(
    each.name
    for each in fields(Register)
    if each.name not in {"registration", "rating", "service_user_bands"}
)
_WINDOW_PLAIN = tuple(each.name for each in fields(ShopWindow) if each.name != "features")
