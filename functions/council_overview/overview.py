"""Every registered home in memory, as much of it as the council's overview needs."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from shared.domain.availability import (
    free_beds,
    is_closed,
    is_registered,
    phone_for_vacancies,
)
from shared.domain.documents import HomeDocument, to_json

_SHOWN = (
    "location_id",
    "name",
    "local_authority",
    "postcode",
    "admission_status",
    "confirmed_at",
)


class Overseen(NamedTuple):
    """A home at one version; capacity and free beds by category."""

    local_authority: str
    confirmed_at: datetime | None
    is_closed: bool
    capacity: dict[str, int]
    free: dict[str, int]
    shown: str
    """What an answer says of it whenever it is asked: an object's members without its braces."""


class Overview:
    """Kept in step by a Follower; each home's part is written once for each version."""

    def __init__(self) -> None:
        self._homes: dict[str, Overseen] = {}

    @property
    def homes(self) -> Collection[Overseen]:
        return self._homes.values()

    def clear(self) -> None:
        self._homes.clear()

    def put(self, document: HomeDocument, _: str = "") -> None:
        """In place of what this home was before; unregistered, it is nowhere."""
        if is_registered(document):
            self._homes[document["location_id"]] = overseen(document)
        else:
            self._homes.pop(document["location_id"], None)


def overseen(home: HomeDocument) -> Overseen:
    """A home's document as the overview has it."""
    capacity = {name: counts["maximum_capacity"] for name, counts in home["beds"].items()}
    free = free_beds(home)
    shown = {name: home[name] for name in _SHOWN if name in home}
    if phone := phone_for_vacancies(home):
        shown["phone"] = phone
    confirmed = home.get("confirmed_at")
    return Overseen(
        local_authority=home["local_authority"],
        confirmed_at=datetime.fromisoformat(confirmed) if confirmed else None,
        is_closed=is_closed(home),
        capacity=capacity,
        free=free,
        shown=to_json({**shown, "capacity": capacity, "free": free})[1:-1],
    )
