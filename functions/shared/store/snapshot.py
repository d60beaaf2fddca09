"""All homes in a few compressed items, so that a cold reader need not read each of them.

A snapshot is what a reader knew that read everything at `read_at` and has paused since. A reader
that loads it follows the log from there, as after any pause (see log_follower.py). So it may be as
old as a pause may be long, and need not exist at all.
"""

import zlib
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from shared.domain.vocabulary import ChangeKind
from shared.store import keys
from shared.store.table import Item, Table

PAGES_WITHOUT_SNAPSHOT: Final = 2
"""Pages of homes, about a megabyte each, that are read as fast as a snapshot. No snapshot is
written of so few, and no reader looks for one."""

PART_BYTES: Final = 350_000
"""Bytes of compressed text in an item; DynamoDB takes 400 KB, keys and attribute names included."""

RETENTION: Final = timedelta(hours=2)
"""Longer than a snapshot is useful, so that none is deleted while it is being read."""


class Snapshot(NamedTuple):
    """The documents that were read at `read_at`, compressed; `parts` are in order."""

    read_at: datetime
    parts: list[bytes]

    def texts(self) -> Iterator[str]:
        """Yield every document as JSON, part by part. Raises zlib.error if one is damaged."""
        stream, rest = zlib.decompressobj(), b""
        for part in self.parts:
            whole, _, rest = (rest + stream.decompress(part)).rpartition(b"\n")
            if whole:
                yield from whole.decode().split("\n")
        if not stream.eof:
            raise zlib.error("the end is missing")


def write(
    table: Table,
    kind: ChangeKind,
    read_at: datetime,
    texts: Iterable[str],
    *,
    part_bytes: int = PART_BYTES,
) -> int:
    """Save documents whose reading began at `read_at` as a snapshot; return its number of parts.

    Raises BusyError; readers ignore the incomplete snapshot that is left then.
    """
    text = zlib.compress("".join(f"{each}\n" for each in texts).encode())
    parts = [text[start : start + part_bytes] for start in range(0, len(text), part_bytes)]
    for number, part in enumerate(parts):
        table.put(
            {
                keys.PARTITION: {"S": keys.snapshot(kind)},
                keys.SORT: {"S": keys.snapshot_part(read_at, number)},
                "parts": {"N": str(len(parts))},
                "text": {"B": part},
                keys.EXPIRES: {"N": str(int((read_at + RETENTION).timestamp()))},
            }
        )
    return len(parts)


def newest(table: Table, kind: ChangeKind, since: datetime, until: datetime) -> Snapshot | None:
    """Return the newest complete snapshot of this time; one request a megabyte. Raises BusyError.

    One read after `until` has a wrong time: what changed since it was read is not known.
    """
    newest_first = table.query(
        "#pk = :pk AND #sk BETWEEN :since AND :until",
        {
            ":pk": keys.snapshot(kind),
            ":since": keys.stamp(since),
            ":until": keys.stamp(until),
        },
        ExpressionAttributeNames={"#pk": keys.PARTITION, "#sk": keys.SORT},
        ScanIndexForward=False,
    )
    return next(_complete(newest_first), None)


def _complete(newest_first: Iterator[Item]) -> Iterator[Snapshot]:
    """Yield the snapshots that have all their parts; one that is being written lacks some."""
    stamp, parts = "", dict[int, bytes]()
    for item in newest_first:
        stamp_of_part, number = keys.stamp_and_number(item[keys.SORT]["S"])
        if stamp_of_part != stamp:
            stamp, parts = stamp_of_part, {}
        if "text" not in item or "parts" not in item:
            continue  # written by a later version of this code, which was rolled back
        parts[number] = item["text"]["B"]
        if len(parts) == int(item["parts"]["N"]):
            yield Snapshot(datetime.fromisoformat(stamp), [parts[at] for at in sorted(parts)])
