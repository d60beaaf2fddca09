"""The homes as an operator lists them: whom to ring first, because nobody heard from them."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from shared.domain.availability import (
    free_beds,
    has_left_register,
    is_closed,
    phone_for_vacancies,
)
from shared.domain.care_home import CareHome
from shared.domain.documents import HomeDocument
from shared.domain.freshness import Freshness, age_in_words, freshness


class Wanted(NamedTuple):
    """Which homes to list; all that is asked for must hold."""

    stale: bool = False
    closed: bool = False
    left: bool = False
    authorities: tuple[str, ...] = ()


class Listed(NamedTuple):
    """One home's line."""

    location_id: str
    name: str
    local_authority: str
    age: str
    freshness: str
    confirmed_at: str | None
    admission_status: str
    registration: str
    free: int
    phone: str | None

    def safe_cells(self) -> list[object]:
        """The line for a spreadsheet."""
        return [safe_cell(each) for each in self]


COLUMNS: Final = Listed._fields

_NEVER: Final = datetime.min.replace(tzinfo=UTC)


def safe_cell(value: object) -> object:
    """What a spreadsheet would take for a formula is marked as text, as OWASP advises."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value


def listed(documents: Iterable[HomeDocument], wanted: Wanted, now: datetime) -> list[Listed]:
    """The homes that are wanted, longest without a word first."""
    authorities = {each.casefold() for each in wanted.authorities}
    found = []
    for document in documents:
        home = CareHome.from_document(document)
        age = now - home.confirmed_at if home.confirmed_at else None
        if (
            has_left_register(document) != wanted.left
            or (wanted.closed and not is_closed(document))
            or (wanted.stale and freshness(age) is not Freshness.STALE)
            or (authorities and home.register.local_authority.casefold() not in authorities)
        ):
            continue
        found.append((home.confirmed_at or _NEVER, _line(home, document, age)))
    return [line for _, line in sorted(found)]


def _line(home: CareHome, document: HomeDocument, age: timedelta | None) -> Listed:
    return Listed(
        home.location_id,
        home.register.name,
        home.register.local_authority,
        age_in_words(age),
        freshness(age),
        document.get("confirmed_at"),
        home.admission_status.status,
        home.register.registration,
        sum(free_beds(document).values()),
        phone_for_vacancies(document),
    )
