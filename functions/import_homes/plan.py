"""Plan an import: the result of each row, the homes to write, and the homes to close."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from import_homes.closures import KeptHomes, SeenRows
from import_homes.columns import Column
from import_homes.directory import Row
from import_homes.parse_row import (
    ColumnProblem,
    Locate,
    UnreadableRowError,
    location_id_of,
    parse_is_care_home,
    parse_register,
)
from import_homes.registration import parse_has_left_register
from shared.domain.care_home import CareHome, Register
from shared.domain.documents import Document
from shared.domain.vocabulary import Registration

MOST_CLOSED: Final = 5
MOST_CLOSED_PERCENT: Final = 10
"""From one issue of the register to the next, no council loses more homes than both of these."""


class Result(StrEnum):
    """What the import did with a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    NOT_A_CARE_HOME = "not a care home"
    DORMANT = "dormant"
    DEREGISTERED = "deregistered"
    OUTSIDE = "outside the council's authorities"
    UNREADABLE = "unreadable"


_IMPORTED: Final = frozenset({Result.NEW, Result.CHANGED, Result.UNCHANGED, Result.DORMANT})
_LEFT: Final = frozenset({Result.NOT_A_CARE_HOME, Result.DEREGISTERED})


class RowOutcome(NamedTuple):
    """The result of one row.

    `why` only if the row is unreadable; `note` if it was read, but not quite as it stands.
    """

    row: int
    location_id: str | None
    result: Result
    why: str | None = None
    note: str | None = None


class HomeWrite(NamedTuple):
    """A home to write: its new register entry, and its document before."""

    location_id: str
    register: Register
    previous: Document | None

    @property
    def document(self) -> Document:
        """The home's document as it is to be written."""
        if self.previous is None:
            return CareHome(self.location_id, 1, self.register).to_document()
        return CareHome.from_document(self.previous).with_register(self.register).to_document()


@dataclass(slots=True)
class ImportPlan:
    """The homes to write, and what the report will say."""

    outcomes: list[RowOutcome] = field(default_factory=list)
    writes: list[HomeWrite] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    """Ids of the homes that left the register."""
    kept: KeptHomes = field(default_factory=KeptHomes)
    """The homes that are not in the file and are not closed."""
    newly_dormant: list[str] = field(default_factory=list)
    """Ids of the active homes that become dormant."""
    authorities: set[str] = field(default_factory=set)
    """The local authorities of the file's care homes, as it spells them."""
    active_before: int = 0
    """Number of active homes before the import."""

    @property
    def closes_too_many(self) -> bool:
        """Whether so many homes would leave that the file is more likely to be wrong."""
        leaving = len(self.closed) + len(self.newly_dormant)
        return leaving > MOST_CLOSED and leaving * 100 > MOST_CLOSED_PERCENT * self.active_before


def plan_import(
    rows: Iterable[Row],
    homes: Mapping[str, Document],
    authorities: frozenset[str],
    locate: Locate,
    today: date,
) -> ImportPlan:
    """Plan the import of these rows into the existing homes, by location id.

    No authorities stands for every authority. Raises MalformedError and TooLargeError, as the
    rows do while they are read.
    """
    return _Planner(homes, authorities, locate, today).plan(rows)


class _Planner:
    def __init__(
        self,
        homes: Mapping[str, Document],
        authorities: frozenset[str],
        locate: Locate,
        today: date,
    ) -> None:
        self._homes = homes
        self._authorities = {authority.casefold() for authority in authorities}
        self._locate = locate
        self._today = today
        self._plan = ImportPlan()
        self._row_of: dict[str, int] = {}
        """By location id: the first row of each care home in the file."""
        self._deregistered: set[str] = set()
        """Ids of the care homes whose only row says that they left the register."""
        self._left: set[str] = set()
        """Ids of the homes that a row says are no longer registered care homes."""
        self._seen = SeenRows()

    def plan(self, rows: Iterable[Row]) -> ImportPlan:
        for row in rows:
            location_id = location_id_of(row, self._homes)
            notes = [row.note] if row.note else []
            try:
                result, why = self._result(row, location_id, notes), None
            except UnreadableRowError as unreadable:
                result, why = Result.UNREADABLE, unreadable.reason
            note = "; ".join(notes) or None if result in _IMPORTED else None
            self._plan.outcomes.append(RowOutcome(row.number, location_id, result, why, note))
            self._note_seen(row, location_id, result)
            # A home with an unreadable row is still in the file, so it is not closed.
            if location_id and result is not Result.NOT_A_CARE_HOME:
                self._row_of.setdefault(location_id, row.number)
        self._close_missing_homes()
        return self._plan

    def _result(self, row: Row, location_id: str | None, notes: list[str]) -> Result:
        if not row.is_whole:
            raise UnreadableRowError(
                ColumnProblem(
                    "The row",
                    "be on one line, with no more cells than the header row and with quotation "
                    "marks in pairs",
                )
            )
        if not parse_is_care_home(row):
            if location_id in self._homes and not row.cells[Column.CARE_HOME]:
                raise UnreadableRowError(
                    ColumnProblem(Column.CARE_HOME, "be Y or N for a home that Bedboard has")
                )
            return Result.NOT_A_CARE_HOME
        authority = row.cells[Column.LOCAL_AUTHORITY]
        if authority:
            self._plan.authorities.add(authority)
        if authority and not self._covers(authority) and location_id not in self._homes:
            return Result.OUTSIDE
        if location_id is None:
            raise UnreadableRowError(
                ColumnProblem(Column.LOCATION_ID, "be a CQC location id, such as 1-1000587219")
            )
        if location_id in self._row_of:
            first = self._row_of[location_id]
            self._deregistered.discard(location_id)
            raise UnreadableRowError(
                ColumnProblem(Column.LOCATION_ID, f"be in one row only, but is in row {first} too")
            )
        if location_id != row.cells[Column.LOCATION_ID]:
            notes.append(f"{Column.LOCATION_ID} was read as {location_id}")
        if parse_has_left_register(row, self._today):
            self._deregistered.add(location_id)
            return Result.DEREGISTERED
        return self._plan_home(location_id, parse_register(row, self._locate, notes))

    def _plan_home(self, location_id: str, register: Register) -> Result:
        previous = self._homes.get(location_id)
        is_dormant = register.registration is Registration.DORMANT
        if previous is None:
            if is_dormant:
                return Result.DORMANT
            self._plan.writes.append(HomeWrite(location_id, register, None))
            return Result.NEW
        before = CareHome.from_document(previous).register
        if before != register:
            self._plan.writes.append(HomeWrite(location_id, register, previous))
        if is_dormant:
            if before.registration is Registration.ACTIVE:
                self._plan.newly_dormant.append(location_id)
            return Result.DORMANT
        return Result.UNCHANGED if before == register else Result.CHANGED

    def _note_seen(self, row: Row, location_id: str | None, result: Result) -> None:
        """Note of which local authority a row was read, or that it may be of any home."""
        if location_id is None:
            if result is Result.UNREADABLE:
                self._seen.add_unnamed(row)
        elif result in _LEFT:
            self._left.add(location_id)
        elif result is not Result.UNREADABLE:
            home = self._homes.get(location_id, {})
            self._seen.add_read(row.cells[Column.LOCAL_AUTHORITY], home.get("local_authority", ""))

    def _close_missing_homes(self) -> None:
        for location_id, previous in self._homes.items():
            register = CareHome.from_document(previous).register
            self._plan.active_before += register.registration is Registration.ACTIVE
            is_in_file = location_id in self._row_of and location_id not in self._deregistered
            if is_in_file or register.registration is Registration.DEREGISTERED:
                continue
            if location_id in self._left or not self._is_kept(location_id, register):
                closed = replace(register, registration=Registration.DEREGISTERED)
                self._plan.writes.append(HomeWrite(location_id, closed, previous))
                self._plan.closed.append(location_id)

    def _is_kept(self, location_id: str, register: Register) -> bool:
        """Keep a home that has no row if the file may be silent about it; tell whether it may."""
        kept = self._plan.kept
        if not self._seen.has_read(self._councils_of(register)):
            kept.keep_for_authority(location_id, register.local_authority)
            return True
        rows = self._seen.rows_that_may_be_of(register.name, register.postcode)
        if rows:
            kept.keep_for_rows(location_id, rows)
        return bool(rows)

    def _councils_of(self, register: Register) -> set[str]:
        """Return the authorities whose rows would have a row of this home among them.

        A home that moved out of the council's authorities may be missing from its own file.
        """
        own = register.local_authority
        return {own} if self._covers(own) else {own, *self._authorities}

    def _covers(self, authority: str) -> bool:
        return not self._authorities or authority.casefold() in self._authorities
