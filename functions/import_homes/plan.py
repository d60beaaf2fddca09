"""Decides what a directory does to the homes there are: per row, and to those that left it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final, NamedTuple

from import_homes.columns import Column
from import_homes.directory import Row
from import_homes.parse_row import Locate, is_care_home, location_id_in, register_in
from shared.domain.care_home import CareHome, Register
from shared.domain.documents import Document
from shared.domain.errors import Problem, RefusedError
from shared.domain.vocabulary import Registration

MOST_CLOSED: Final = 5
MOST_CLOSED_PERCENT: Final = 10
"""More homes than both of these do not leave a register between two issues of it."""


class Result(StrEnum):
    """What a row came to."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    NOT_A_CARE_HOME = "not a care home"
    DORMANT = "dormant"
    OUTSIDE = "outside the council's authorities"
    UNREADABLE = "unreadable"


class Outcome(NamedTuple):
    """One row's result; `why` only where it is unreadable."""

    row: int
    location_id: str | None
    result: Result
    why: str | None = None


class Writing(NamedTuple):
    """A home's register part as it is to be, and the home as it was."""

    location_id: str
    register: Register
    previous: Document | None

    @property
    def document(self) -> Document:
        if self.previous is None:
            return CareHome(self.location_id, 1, self.register).to_document()
        return CareHome.from_document(self.previous).with_register(self.register).to_document()


@dataclass(slots=True)
class Plan:
    """What is to be written, and what the report will say."""

    outcomes: list[Outcome] = field(default_factory=list)
    writings: list[Writing] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    """Ids of homes that left the register."""
    newly_dormant: list[str] = field(default_factory=list)
    """Ids of active homes that become dormant."""
    were_active: int = 0

    @property
    def takes_away_too_many(self) -> bool:
        """Whether so many homes would go that the file is more likely to be wrong."""
        going = len(self.closed) + len(self.newly_dormant)
        return going > MOST_CLOSED and going * 100 > MOST_CLOSED_PERCENT * self.were_active


def plan(
    rows: Iterable[Row],
    existing: Mapping[str, Document],
    authorities: frozenset[str],
    locate: Locate,
) -> Plan:
    """What the rows do to the homes that exist, by location id. Raises what reading them does."""
    return _Planning(existing, authorities, locate).of(rows)


class _Planning:
    def __init__(
        self, existing: Mapping[str, Document], authorities: frozenset[str], locate: Locate
    ) -> None:
        self._existing = existing
        self._authorities = {authority.casefold() for authority in authorities}
        self._locate = locate
        self._plan = Plan()
        self._row_of: dict[str, int] = {}
        """Where each care home of the file stands first."""

    def of(self, rows: Iterable[Row]) -> Plan:
        for row in rows:
            location_id = location_id_in(row)
            try:
                result, why = self._result(row, location_id), None
            except RefusedError as unreadable:
                result, why = Result.UNREADABLE, unreadable.detail
            self._plan.outcomes.append(Outcome(row.number, location_id, result, why))
            if location_id and result is not Result.NOT_A_CARE_HOME:
                self._row_of.setdefault(location_id, row.number)
        self._close_the_others()
        return self._plan

    def _result(self, row: Row, location_id: str | None) -> Result:
        if not row.is_whole:
            raise RefusedError(Problem("row", "as many cells as the header has"))
        if not is_care_home(row):
            return Result.NOT_A_CARE_HOME
        authority = row.cells[Column.LOCAL_AUTHORITY]
        if authority and not self._is_ours(authority) and location_id not in self._existing:
            return Result.OUTSIDE
        if location_id is None:
            raise RefusedError(
                Problem(Column.LOCATION_ID, "a CQC location id, such as 1-1000587219")
            )
        if location_id in self._row_of:
            first = self._row_of[location_id]
            raise RefusedError(Problem(Column.LOCATION_ID, f"once in the file: row {first} has it"))
        return self._lay_down(location_id, register_in(row, self._locate))

    def _lay_down(self, location_id: str, register: Register) -> Result:
        was = self._existing.get(location_id)
        is_dormant = register.registration is Registration.DORMANT
        if was is None:
            if is_dormant:
                return Result.DORMANT
            self._plan.writings.append(Writing(location_id, register, None))
            return Result.NEW
        before = CareHome.from_document(was).register
        if before != register:
            self._plan.writings.append(Writing(location_id, register, was))
        if is_dormant:
            if before.registration is Registration.ACTIVE:
                self._plan.newly_dormant.append(location_id)
            return Result.DORMANT
        return Result.UNCHANGED if before == register else Result.CHANGED

    def _close_the_others(self) -> None:
        for location_id, was in self._existing.items():
            register = CareHome.from_document(was).register
            self._plan.were_active += register.registration is Registration.ACTIVE
            if location_id in self._row_of or register.registration is Registration.DEREGISTERED:
                continue
            gone = replace(register, registration=Registration.DEREGISTERED)
            self._plan.writings.append(Writing(location_id, gone, was))
            self._plan.closed.append(location_id)

    def _is_ours(self, authority: str) -> bool:
        return not self._authorities or authority.casefold() in self._authorities
