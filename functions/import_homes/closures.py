"""Decide which homes a file may close: those that it would name if they were still registered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from import_homes.columns import Column
from import_homes.directory import Row
from shared.places.postcodes import normalise

_MOST_NAMED: Final = 10
"""Rows or local authorities that a note lists."""


class _UnnamedRow(NamedTuple):
    """A row that cannot be read, nor its location id: it may be of a home that is here."""

    number: int
    name: str
    postcode: str | None
    """None if the row gives no full postcode: it may then be of any home."""

    def may_be_of(self, name: str, postcode: str) -> bool:
        return self.postcode in (None, postcode) or self.name == name.casefold()


@dataclass(slots=True)
class SeenRows:
    """Records which authorities a file covers, and which rows name no home that can be read."""

    _authorities: set[str] = field(default_factory=set)
    """The local authorities that a readable row belongs to, in small letters."""
    _unnamed: list[_UnnamedRow] = field(default_factory=list)

    def add_read(self, *authorities: str) -> None:
        """Note that a row of these local authorities was read."""
        self._authorities.update(authority.casefold() for authority in authorities)

    def add_unnamed(self, row: Row) -> None:
        """Note a row that cannot be read, nor its location id."""
        # In a row with too many cells, a cell may be under another column's heading.
        postcode = normalise(row.cells[Column.POSTCODE]) if row.is_whole else None
        full = postcode if postcode and " " in postcode else None
        self._unnamed.append(_UnnamedRow(row.number, row.cells[Column.NAME].casefold(), full))

    def has_read(self, authorities: Iterable[str]) -> bool:
        """Tell whether a row of any of these local authorities was read."""
        return not self._authorities.isdisjoint(each.casefold() for each in authorities)

    def rows_that_may_be_of(self, name: str, postcode: str) -> list[int]:
        """Return the numbers of the unreadable rows that may be of this home."""
        return [row.number for row in self._unnamed if row.may_be_of(name, postcode)]


@dataclass(slots=True)
class KeptHomes:
    """The homes that are not in the file and yet are not closed, and why not."""

    location_ids: list[str] = field(default_factory=list)
    _unread: dict[str, int] = field(default_factory=dict)
    """By local authority: how many homes are kept because no row of it was read."""
    _rows: dict[int, None] = field(default_factory=dict)
    """The unreadable rows for which homes are kept, in order."""
    _for_rows: int = 0

    def keep_for_authority(self, location_id: str, authority: str) -> None:
        """Keep a home because no row of its local authority was read."""
        self.location_ids.append(location_id)
        self._unread[authority] = self._unread.get(authority, 0) + 1

    def keep_for_rows(self, location_id: str, rows: Sequence[int]) -> None:
        """Keep a home because these rows may be its own."""
        self.location_ids.append(location_id)
        self._rows |= dict.fromkeys(rows)
        self._for_rows += 1

    def notes(self) -> list[str]:
        """Say which homes were kept, and why."""
        notes = []
        if self._unread:
            notes.append(
                f"{_homes(sum(self._unread.values()))} not in this file. Nothing has changed for "
                "them, because no row was read of their local authority: "
                f"{_listed(list(self._unread))}."
            )
        if self._for_rows:
            notes.append(
                f"{_homes(self._for_rows)} not in this file under a location id. Nothing has "
                "changed for them, because these rows cannot be read and may be theirs: "
                f"{_listed(list(map(str, self._rows)))}."
            )
        return notes


def _homes(count: int) -> str:
    return "1 home is" if count == 1 else f"{count:,} homes are"


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more:,} more" if more > 0 else "")
