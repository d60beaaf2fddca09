"""Every registered home in memory, with what the council's overview needs of it."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Final, NamedTuple

from shared.domain.availability import (
    admission_status_on,
    categories_of_use,
    free_beds,
    is_closed,
    is_registered,
    phone_for_vacancies,
)
from shared.domain.chance import USUALLY_WRONG
from shared.domain.demand import says_yes_to
from shared.domain.documents import Document, HomeDocument, to_json
from shared.domain.freshness import confirmed_at
from shared.domain.geo import Point
from shared.domain.listings import Listing, listings_of, weigh_with
from shared.domain.reminder_value import Questions

RECENT: Final = timedelta(days=31)
"""Staff who posted within so many days still use the home's id."""

_MEMBERS = (
    "location_id",
    "name",
    "local_authority",
    "postcode",
    "confirmed_at",
)


class HomeEntry(NamedTuple):
    """One version of a home; capacity and free beds by bed category."""

    local_authority: str
    confirmed_at: datetime | None
    is_closed: bool
    expected_date: str
    """The day on which it expects to reopen; empty if it gave none."""
    capacity: dict[str, int]
    free: dict[str, int]
    point: Point
    categories: frozenset[str]
    """The categories that its beds may serve."""
    says_yes_to: frozenset[str]
    """What it accepts of the needs, funding and admissions that teams search for."""
    location_id: str
    postcode: str
    listings: tuple[Listing, ...]
    """The beds that it lists as free now."""
    questions: Questions
    """What a reminder would ask."""
    json_members: str
    """The home's JSON object without braces, except what depends on the time."""
    json_without_day: str
    """The same members without the day of reopening; empty if the home gave no day."""

    def members_on(self, today: str) -> str:
        """Return the members of the home's JSON object as they are all day."""
        passed = self.expected_date < today and self.json_without_day
        return passed or self.json_members


class UnregisteredHome(NamedTuple):
    """A home that no search shows, though its staff have posted."""

    confirmed_at: datetime
    document: Document


class Overview:
    """An index of homes that a log follower keeps up to date.

    The JSON of a home is written once for each of its versions, not for each response.
    """

    def __init__(self) -> None:
        """Start without homes."""
        self._wrong = USUALLY_WRONG
        self._homes: dict[str, HomeEntry] = {}
        self._not_in_search: dict[str, UnregisteredHome] = {}

    @property
    def wrong(self) -> float:
        """The share of posts that list one bed more than there is."""
        return self._wrong

    def weigh_with(self, wrong: float) -> None:
        """Weigh all that is listed anew, now and whenever a home is put."""
        self._wrong = wrong
        for home in self._homes.values():
            weigh_with(home.listings, wrong)

    @property
    def homes(self) -> Collection[HomeEntry]:
        """Every registered home."""
        return self._homes.values()

    def posting_but_not_in_search(self, now: datetime) -> list[Document]:
        """Return the unregistered homes whose staff posted lately, the newest post first."""
        recent = [
            home for home in self._not_in_search.values() if now - home.confirmed_at <= RECENT
        ]
        recent.sort(key=attrgetter("confirmed_at"), reverse=True)
        return [home.document for home in recent]

    def clear(self) -> None:
        """Remove every home."""
        self._homes.clear()
        self._not_in_search.clear()

    def put(self, document: HomeDocument, _: str = "") -> None:
        """Insert the home, replacing any earlier version."""
        location_id = document["location_id"]
        self.remove(location_id)
        if is_registered(document):
            self._homes[location_id] = _entry(document, self._wrong)
        elif confirmed := confirmed_at(document):
            self._not_in_search[location_id] = _unregistered(document, confirmed)

    def remove(self, location_id: str) -> None:
        """Remove the home, if there is such a home."""
        self._homes.pop(location_id, None)
        self._not_in_search.pop(location_id, None)


def _unregistered(home: HomeDocument, confirmed: datetime) -> UnregisteredHome:
    members = (*_MEMBERS, "registration")
    return UnregisteredHome(
        confirmed,
        {name: home[name] for name in members if name in home and name != "admission_status"},
    )


def _entry(home: HomeDocument, wrong: float) -> HomeEntry:
    """Read what an overview needs. Raises anything if it cannot be read, added up or sorted."""
    capacity = {name: counts["maximum_capacity"] for name, counts in home["beds"].items()}
    free = free_beds(home)
    members = {name: home[name] for name in (*_MEMBERS, "said_at") if name in home}
    if phone := phone_for_vacancies(home):
        members["phone"] = phone
    sum(capacity.values()), home["local_authority"].casefold()
    status, without_day = home["admission_status"], admission_status_on(home, date.max)
    rest = {"capacity": capacity, "free": free}
    return HomeEntry(
        local_authority=home["local_authority"],
        confirmed_at=confirmed_at(home),
        is_closed=is_closed(home),
        expected_date=status.get("expected_date", ""),
        capacity=capacity,
        free=free,
        point=Point(home["latitude"], home["longitude"]),
        categories=frozenset(categories_of_use(home)),
        says_yes_to=says_yes_to(home),
        location_id=home["location_id"],
        postcode=home["postcode"],
        listings=tuple(each for each in listings_of(home, wrong) if not each.available_from),
        questions=Questions.of(home),
        json_members=to_json({**members, "admission_status": status, **rest})[1:-1],
        json_without_day=""
        if status == without_day
        else to_json({**members, "admission_status": without_day, **rest})[1:-1],
    )
