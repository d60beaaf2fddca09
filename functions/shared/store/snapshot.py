"""All homes in a few compressed items, so that a cold reader need not read each of them.

A snapshot is what a reader knew that looked at `looked` and has slept since: whoever goes on from
it follows the log from there, as any reader that slept (see following.py). So it may be as old as
a reader may sleep, and need not be there at all.
"""

import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from shared.domain.vocabulary import ChangeKind
from shared.store import keys
from shared.store.table import Item, Table

WITHOUT: Final = 2
"""Pages of homes, about a megabyte each, that are read as fast as a snapshot: none is kept of so
few, and nobody looks for one."""

PART: Final = 350_000
"""Bytes of compressed text in an item; DynamoDB takes 400 KB, with keys and all."""

KEPT: Final = timedelta(hours=2)
"""Longer than one is of use, so that none is deleted while it is read."""


class Snapshot(NamedTuple):
    """What was read by a look that began at `looked`; `parts` in order."""

    looked: datetime
    parts: list[bytes]

    def texts(self) -> Iterator[str]:
        """Every document as JSON, a part at a time. Raises zlib.error where one is spoilt."""
        stream, rest = zlib.decompressobj(), b""
        for part in self.parts:
            whole, _, rest = (rest + stream.decompress(part)).rpartition(b"\n")
            if whole:
                yield from whole.decode().split("\n")
        if not stream.eof:
            raise zlib.error("the end is missing")


def write(table: Table, kind: ChangeKind, looked: datetime, texts: Iterable[str]) -> int:
    """Keep these documents, which a look read that began at `looked`; how many parts they took.

    Raises BusyError; what is written then is passed over, as it is not whole.
    """
    text = zlib.compress("".join(f"{each}\n" for each in texts).encode())
    parts = [text[start : start + PART] for start in range(0, len(text), PART)]
    for number, part in enumerate(parts):
        table.put(
            {
                keys.PARTITION: {"S": keys.snapshot(kind)},
                keys.SORT: {"S": keys.part(looked, number)},
                "parts": {"N": str(len(parts))},
                "text": {"B": part},
                keys.EXPIRES: {"N": str(int((looked + KEPT).timestamp()))},
            }
        )
    return len(parts)


def newest(table: Table, kind: ChangeKind, since: datetime) -> Snapshot | None:
    """The newest whole one of a look since then; a request a megabyte. Raises BusyError."""
    newest_first = table.query(
        "#pk = :pk AND #sk >= :since",
        {":pk": keys.snapshot(kind), ":since": keys.stamp(since)},
        ExpressionAttributeNames={"#pk": keys.PARTITION, "#sk": keys.SORT},
        ScanIndexForward=False,
    )
    return next(_whole(newest_first), None)


def _whole(newest_first: Iterator[Item]) -> Iterator[Snapshot]:
    """Those of which every part is there; one that is just being written lacks some."""
    of, found = "", dict[int, bytes]()
    for item in newest_first:
        looked, number = keys.look_and_number(item[keys.SORT]["S"])
        if looked != of:
            of, found = looked, {}
        if "text" not in item or "parts" not in item:
            continue  # of a later version of this code, which was rolled back
        found[number] = item["text"]["B"]
        if len(found) == int(item["parts"]["N"]):
            yield Snapshot(datetime.fromisoformat(of), [found[at] for at in sorted(found)])
