"""Every registered home in memory, with what the council's overview needs of it."""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from shared.domain.availability import (
    admission_status_on,
    free_beds,
    is_closed,
    is_registered,
    phone_for_vacancies,
)
from shared.domain.documents import HomeDocument, to_json

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
    json_members: str
    """The home's JSON object without braces, except what depends on the time."""
    json_without_day: str
    """The same without the day of reopening, once that has passed; empty if there is none."""

    def members_on(self, today: str) -> str:
        """Return the members of the home's JSON object as they are all day."""
        passed = self.expected_date < today and self.json_without_day
        return passed or self.json_members


class Overview:
    """An index of homes that a log follower keeps up to date.

    The JSON of a home is written once for each of its versions, not for each response.
    """

    def __init__(self) -> None:
        """Start without homes."""
        self._homes: dict[str, HomeEntry] = {}

    @property
    def homes(self) -> Collection[HomeEntry]:
        """Every registered home."""
        return self._homes.values()

    def clear(self) -> None:
        """Remove every home."""
        self._homes.clear()

    def put(self, document: HomeDocument, _: str = "") -> None:
        """Insert the home, replacing any earlier version; remove it if it is not registered."""
        if is_registered(document):
            self._homes[document["location_id"]] = _entry(document)
        else:
            self._homes.pop(document["location_id"], None)


def _entry(home: HomeDocument) -> HomeEntry:
    capacity = {name: counts["maximum_capacity"] for name, counts in home["beds"].items()}
    free = free_beds(home)
    members = {name: home[name] for name in _MEMBERS if name in home}
    if phone := phone_for_vacancies(home):
        members["phone"] = phone
    confirmed_at = home.get("confirmed_at")
    status, without_day = home["admission_status"], admission_status_on(home, date.max)
    rest = {"capacity": capacity, "free": free}
    return HomeEntry(
        local_authority=home["local_authority"],
        confirmed_at=datetime.fromisoformat(confirmed_at) if confirmed_at else None,
        is_closed=is_closed(home),
        expected_date=status.get("expected_date", ""),
        capacity=capacity,
        free=free,
        json_members=to_json({**members, "admission_status": status, **rest})[1:-1],
        json_without_day=""
        if status == without_day
        else to_json({**members, "admission_status": without_day, **rest})[1:-1],
    )
