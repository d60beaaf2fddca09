"""DynamoDB's documented rules for the capacity of a call, where the emulator counts wrongly.

Read and write request units: "DynamoDB pricing for on-demand capacity" and, in the Developer
Guide, "DynamoDB item sizes and formats" and "Read and write operations". That a transaction doubles
the writes of the table but not those of its indexes is in the cost calculator that AWS publishes,
which says that it was compared with live tables.
"""

import math
from base64 import b64decode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

Item = Mapping[str, Mapping[str, Any]]
Key = tuple[str, str]

WRITE_STEP: Final = 1024
READ_STEP: Final = 4096
STORED_BESIDE: Final = 100
"""The bytes that DynamoDB bills for each stored item beside its own, in the table and an index."""


def item_bytes(item: Item) -> int:
    """Return the size of an item: its names in UTF-8 and its values."""
    return sum(len(name.encode()) + _value_bytes(value) for name, value in item.items())


def _value_bytes(value: Mapping[str, Any]) -> int:
    ((kind, content),) = value.items()
    match kind:
        case "S":
            return len(content.encode())
        case "N":
            digits = content.lstrip("-").replace(".", "").strip("0")
            return math.ceil(len(digits) / 2) + 1 + int(content.startswith("-"))
        case "BOOL" | "NULL":
            return 1
        case "B":
            return len(content) if isinstance(content, bytes) else len(b64decode(content))
    raise ValueError(f"no rule here for the size of an attribute of type {kind}")


def write_units(size: int) -> int:
    """Return the write units of one item, given the larger of its old and its new size in bytes."""
    return max(1, math.ceil(size / WRITE_STEP))


def read_units(size: int, *, consistent: bool) -> float:
    """Return the read units of one item, or of all items that one page of a query read."""
    return max(1, math.ceil(size / READ_STEP)) * (1.0 if consistent else 0.5)


@dataclass(slots=True)
class Units:
    """The capacity units of calls, and the bytes of the items that they read."""

    reads: float = 0
    writes: float = 0
    bytes_read: int = 0

    def add(self, other: "Units") -> None:
        """Add the units of another call."""
        self.reads += other.reads
        self.writes += other.writes
        self.bytes_read += other.bytes_read


@dataclass(slots=True)
class Rules:
    """Applies the rules to one call after another, and remembers the size of every item seen."""

    partition: str
    sort: str
    index_keys: tuple[str, ...]
    """The partition key of each index that projects whole items; it omits items without the key."""
    _sizes: dict[Key, int] = field(default_factory=dict)

    def write(self, items: Iterable[Item], *, transaction: bool) -> Units:
        """Count whole items that are put, each perhaps over an item seen before."""
        units = Units()
        for item in items:
            size, key = item_bytes(item), self._key(item)
            billed = write_units(max(size, self._sizes.get(key, 0)))
            self._sizes[key] = size
            units.writes += billed * (2 if transaction else 1)
            units.writes += sum(write_units(size) for name in self.index_keys if name in item)
        return units

    def get(self, items: Iterable[Item | None], *, transaction: bool, consistent: bool) -> Units:
        """Count items that are read by key; None stands for a missing item, which is billed too."""
        units = Units()
        for item in items:
            size = self._remember(item) if item else 0
            units.bytes_read += size
            units.reads += read_units(size, consistent=transaction or consistent) * (
                2 if transaction else 1
            )
        return units

    def query(self, items_read: Iterable[Item], *, consistent: bool) -> Units:
        """Count a page, given every whole item that it read: a filter saves nothing."""
        size = sum(self._remember(item) for item in items_read)
        return Units(reads=read_units(size, consistent=consistent), bytes_read=size)

    def _remember(self, item: Item) -> int:
        size = item_bytes(item)
        if self.partition in item and self.sort in item:
            self._sizes[self._key(item)] = size
        return size

    def _key(self, item: Item) -> Key:
        return item[self.partition]["S"], item[self.sort]["S"]
