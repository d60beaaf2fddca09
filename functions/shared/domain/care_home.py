"""A care home: its entry in CQC's register, what its staff post, and how it can change."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime
from typing import Any, Self

from shared.domain.beds import AdmissionStatus, BedCounts
from shared.domain.declaration import Declaration
from shared.domain.documents import HomeDocument, timestamp
from shared.domain.errors import OutdatedError, Problem, RefusedError
from shared.domain.geo import Point
from shared.domain.home_before import HomeBefore
from shared.domain.posts import Posts
from shared.domain.shop_window import ShopWindow
from shared.domain.uk_time import uk_day
from shared.domain.vocabulary import (
    AdmissionState,
    BedCategory,
    Rating,
    Registration,
    ServiceUserBand,
)

MOST_BEDS = 1000
"""The limit for a home whose register entry has no number; the largest in England has 215."""


@dataclass(frozen=True, slots=True)
class Register:
    """A home's entry in CQC's register; only an import writes it."""

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
class CareHome:
    """A care home at one version; every change adds one to `version`."""

    location_id: str
    version: int
    register: Register
    shop_window: ShopWindow = field(default_factory=ShopWindow)
    declaration: Declaration = field(default_factory=Declaration)
    beds: Mapping[BedCategory, BedCounts] = field(default_factory=dict)
    admission_status: AdmissionStatus = field(default_factory=AdmissionStatus)
    admission_status_at: datetime | None = None
    """When the home last said whether it is open; this does not confirm the counts."""
    confirmed_at: datetime | None = None
    """When the home last said something of any of its counts."""
    posts: Posts = field(default_factory=Posts)
    """When the home last said each of its counts, and how its beds filled between its posts."""
    successor: str | None = None
    """The location id that took this one's place, as the council says; not of an active home."""
    home_before: HomeBefore | None = None
    """The id that this one took the place of, once the council carried over something from it."""

    @property
    def last_word_at(self) -> datetime | None:
        """Return when the home last said anything of its vacancies: counts, or open or closed."""
        words = [each for each in (self.confirmed_at, self.admission_status_at) if each]
        return max(words, default=None)

    @property
    def point(self) -> Point:
        """Return where the home is."""
        return Point(self.register.latitude, self.register.longitude)

    def update(
        self,
        beds: Mapping[BedCategory, BedCounts],
        admission_status: AdmissionStatus | None,
        now: datetime,
    ) -> "CareHome":
        """Return the home with these counts and this status; new counts are confirmed now.

        A category with a maximum capacity of 0 is removed. A day that has passed is dropped where
        the home had said it before, and refused where it is new. Raises RefusedError.
        """
        today, most = uk_day(now), self.register.registered_beds or MOST_BEDS
        beds = {category: self._repeated(category, each, today) for category, each in beds.items()}
        problems = [
            problem
            for category, counts in beds.items()
            for problem in counts.problems(f"beds.{category}", most, today)
        ]
        if admission_status:
            if admission_status.expected_date == self.admission_status.expected_date:
                admission_status = admission_status.without_passed_day(today)
            problems += admission_status.problems("admission_status", today)
        before = self.without_passed_days(today) if beds else self
        merged = {
            category: counts
            for category, counts in {**before.beds, **beds}.items()
            if counts.maximum_capacity
        }
        total = sum(counts.maximum_capacity for counts in merged.values())
        if beds and not problems and total > most:
            problems.append(
                Problem(
                    "beds", f"at most {most} beds in all categories together; the total is {total}"
                )
            )
        if problems:
            raise RefusedError(*problems)
        return replace(
            before,
            version=self.version + 1,
            beds=merged,
            admission_status=admission_status or before.admission_status,
            admission_status_at=_later(self.admission_status_at, now)
            if admission_status
            else self.admission_status_at,
            # Opening or closing does not confirm the counts.
            confirmed_at=_later(self.confirmed_at, now) if beds else self.confirmed_at,
            posts=self._posts_after(beds, now).of_categories(merged),
        )

    def confirm(self, now: datetime) -> "CareHome":
        """Return the home with its counts confirmed now, unchanged. Raises RefusedError.

        A day that has passed is dropped, because no one can confirm it.
        """
        if self.confirmed_at is None:
            raise RefusedError(Problem("beds", "bed counts to confirm: post them with PUT first"))
        return replace(
            self.without_passed_days(uk_day(now)),
            version=self.version + 1,
            confirmed_at=_later(self.confirmed_at, now),
            posts=self._posts_after(self.beds, now),
        )

    def with_vacancies_of(self, document: HomeDocument) -> "CareHome":
        """Return the home with its vacancies as they were in a document, such as before an error.

        That is its counts and admission status, when it said them, and what its posts taught.
        """
        before = {**self.to_document(), **dict.fromkeys(VACANCY_MEMBERS)}
        before |= {name: document[name] for name in VACANCY_MEMBERS if name in document}
        present = {name: value for name, value in before.items() if value is not None}
        return replace(CareHome.from_document(present), version=self.version + 1)

    def without_passed_days(self, today: date) -> "CareHome":
        """Return the home without the announced beds and the reopening that were due before."""
        return replace(
            self,
            beds={each: counts.without_passed_day(today) for each, counts in self.beds.items()},
            admission_status=self.admission_status.without_passed_day(today),
        )

    def require_no_word_since(self, observed_at: datetime) -> "CareHome":
        """Return the home, if it said nothing of its vacancies since then. Raises OutdatedError."""
        if self.last_word_at and observed_at < self.last_word_at:
            raise OutdatedError(
                "Someone changed or confirmed this home's vacancies, or opened or closed it, after"
                " you looked. Load the home again.",
                self.to_document(),
            )
        return self

    def _posts_after(self, said: Mapping[BedCategory, BedCounts], now: datetime) -> Posts:
        """Return what is known of the home's posts after it said these counts."""
        is_closed = self.admission_status.status is AdmissionState.CLOSED
        # A home that never said whether it is open admits people from its first post on.
        open_since = (
            None if is_closed else self.admission_status_at or datetime.min.replace(tzinfo=UTC)
        )
        return self.posts.after(self.beds, said, now, open_since=open_since)

    def _repeated(self, category: BedCategory, counts: BedCounts, today: date) -> BedCounts:
        """Return the counts, without a passed day if the home repeats what it said before."""
        held = self.beds.get(category)
        if held and held.available_from == counts.available_from:
            return counts.without_passed_day(today)
        return counts

    def with_register(self, register: Register) -> "CareHome":
        """Return the home with another register entry."""
        is_active = register.registration is Registration.ACTIVE
        successor = None if is_active else self.successor
        return replace(self, version=self.version + 1, register=register, successor=successor)

    def with_successor(self, location_id: str | None) -> "CareHome":
        """Return the home with the id that took its place; the same home if that is known."""
        if location_id == self.successor:
            return self
        return replace(self, version=self.version + 1, successor=location_id)

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read a home from its document."""
        rating = document.get("rating")
        register = {name: document[name] for name in _REGISTER_FIELDS if name in document}
        before = document.get("home_before")
        return cls(
            location_id=document["location_id"],
            version=document["version"],
            register=Register(
                **register,
                registration=Registration(document["registration"]),
                rating=Rating(rating) if rating else None,
                service_user_bands=tuple(
                    ServiceUserBand(band) for band in document.get("service_user_bands", ())
                ),
            ),
            shop_window=ShopWindow.from_document(document),
            declaration=Declaration.from_document(document),
            beds={
                BedCategory(category): BedCounts.from_document(counts)
                for category, counts in document.get("beds", {}).items()
            },
            admission_status=AdmissionStatus.from_document(document["admission_status"]),
            posts=Posts.from_document(document),
            successor=document.get("successor"),
            home_before=HomeBefore.from_document(before) if before else None,
            **{
                name: datetime.fromisoformat(document[name])
                for name in _MOMENTS
                if name in document
            },
        )

    def to_document(self) -> HomeDocument:
        """Write the home as a document; what is not known is left out."""
        register = self.register
        document: HomeDocument = {
            "location_id": self.location_id,
            "version": self.version,
            "registration": register.registration,
        }
        for name in _REGISTER_FIELDS:
            if (value := getattr(register, name)) is not None:
                document[name] = value
        if register.rating:
            document["rating"] = register.rating
        document["service_user_bands"] = list(register.service_user_bands)
        document |= self.shop_window.to_document()
        document |= self.declaration.to_document()
        document["beds"] = {
            category: counts.to_document() for category, counts in self.beds.items()
        }
        document["admission_status"] = self.admission_status.to_document()
        for name in _MOMENTS:
            if moment := getattr(self, name):
                document[name] = timestamp(moment)
        document |= self.posts.to_document()
        if self.successor:
            document["successor"] = self.successor
        if self.home_before:
            document["home_before"] = self.home_before.to_document()
        return document


def _later(before: datetime | None, now: datetime) -> datetime:
    """Return now, but never a moment before the last one: the clocks of two writers may differ."""
    return max(before, now) if before else now


VACANCY_MEMBERS = (
    "beds",
    "admission_status",
    "admission_status_at",
    "confirmed_at",
    "said_at",
    "fill_records",
)
"""The members of a home's document that its posts change."""

_MOMENTS = ("admission_status_at", "confirmed_at")
_REGISTER_FIELDS = tuple(
    each.name
    for each in fields(Register)
    if each.name not in {"registration", "rating", "service_user_bands"}
)
