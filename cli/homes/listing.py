"""The care homes as an operator lists them: the longest unconfirmed first, to be phoned first."""

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
from shared.domain.certainty import UNSURE, home_likelihood, is_heard_from
from shared.domain.documents import HomeDocument
from shared.domain.freshness import age_in_words, confirmation_age
from shared.messages.spreadsheet import safe_cell


class HomeFilter(NamedTuple):
    """Which homes to list: those that meet every condition."""

    not_heard_from_days: int | None = None
    """Only homes not heard from for so many days, or never."""
    unsure: bool = False
    """Only homes that list a bed which is uncertain or to be phoned first."""
    closed: bool = False
    deregistered: bool = False
    """Only homes that left CQC's register; otherwise they are left out."""
    authorities: tuple[str, ...] = ()
    """Local authorities, in any case; empty: all."""


class ListedHome(NamedTuple):
    """One line of the list."""

    location_id: str
    name: str
    local_authority: str
    age: str
    likelihood: str
    """The word of its least likely listing; `no_beds` without one, `never` if it never posted."""
    confirmed_at: str | None
    admission_status: str
    registration: str
    vacancies: int
    phone: str | None

    def safe_cells(self) -> list[object]:
        """Return the line's cells for a spreadsheet."""
        return [safe_cell(cell) for cell in self]


COLUMNS: Final = ListedHome._fields

_NEVER: Final = datetime.min.replace(tzinfo=UTC)


def list_homes(
    documents: Iterable[HomeDocument], home_filter: HomeFilter, now: datetime, wrong: float
) -> list[ListedHome]:
    """List the homes that pass the filter, the longest unconfirmed first.

    `wrong` is the share of posts that list one bed more than there is.
    """
    authorities = {authority.casefold() for authority in home_filter.authorities}
    days = home_filter.not_heard_from_days
    silence = None if days is None else timedelta(days=days)
    lines = []
    for document in documents:
        home = CareHome.from_document(document)
        age = confirmation_age(home.confirmed_at, now)
        if (
            has_left_register(document) != home_filter.deregistered
            or (home_filter.closed and not is_closed(document))
            or (home_filter.unsure and home_likelihood(document, now, wrong) not in UNSURE)
            or (silence is not None and is_heard_from(document, now, silence))
            or (authorities and home.register.local_authority.casefold() not in authorities)
        ):
            continue
        lines.append((home.confirmed_at or _NEVER, _line(home, document, age, now, wrong)))
    return [line for _, line in sorted(lines)]


def _line(
    home: CareHome, document: HomeDocument, age: timedelta | None, now: datetime, wrong: float
) -> ListedHome:
    return ListedHome(
        home.location_id,
        home.register.name,
        home.register.local_authority,
        age_in_words(age),
        home_likelihood(document, now, wrong),
        document.get("confirmed_at"),
        home.admission_status.status,
        home.register.registration,
        sum(free_beds(document).values()),
        phone_for_vacancies(document),
    )
