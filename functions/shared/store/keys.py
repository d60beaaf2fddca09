"""Every key and index name of the one table: the only file that sharding it would touch."""

from datetime import UTC, datetime, timedelta
from typing import Final

PARTITION: Final = "pk"
SORT: Final = "sk"
EXPIRES: Final = "expires"
"""Epoch seconds after which DynamoDB may delete the item."""

CHANGES_OF_HOME_INDEX: Final = "changes_of_home"
"""Sparse index: the log entries of one home (`of_home`), newest last (`sk`)."""
OF_HOME: Final = "of_home"

KIND: Final = "kind"
"""Of a log entry: what it is about, a home or an alert."""

HOMES: Final = "HOME"
"""Partition of every care home; sort key: location_id."""
ALERTS: Final = "ALERT"
"""Partition of every alert; sort key: `<team>#<alert_id>`."""

CHANGE_PREFIX: Final = "CHANGE#"
NO_SORT: Final = "-"


def change_day(moment: datetime) -> str:
    """`CHANGE#2026-11-22`: the log's partition for the UTC day of a moment."""
    return f"{CHANGE_PREFIX}{moment.astimezone(UTC):%Y-%m-%d}"


def change_days(start: datetime, end: datetime) -> list[str]:
    """The partitions that hold everything stamped from start to end, oldest first."""
    first, last = start.astimezone(UTC).date(), end.astimezone(UTC).date()
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [f"{CHANGE_PREFIX}{day:%Y-%m-%d}" for day in days]


def stamp(moment: datetime) -> str:
    """`2026-11-22T09:30:00.000123Z`: sorts as time does; microseconds always written."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"


def change(moment: datetime, kind: str, subject_id: str, version: int) -> str:
    """`2026-11-22T09:30:00.000123Z#home#1-1000587219#7`: one log entry within its day."""
    return f"{stamp(moment)}#{kind}#{subject_id}#{version}"


def subject_of_change(sort_key: str) -> tuple[str, int]:
    """The subject and version of a log entry; an alert's subject is `<team>#<alert_id>`."""
    _, _, rest = sort_key.split("#", 2)
    subject_id, version = rest.rsplit("#", 1)
    return subject_id, int(version)


def alert(team: str, alert_id: str) -> str:
    """`exeter-discharge#3f9c0d1e8a72`."""
    return f"{team}#{alert_id}"


def once(caller: str, key: str) -> str:
    """`ONCE#5e0b...#8c1f...`: what one caller's idempotency key was answered."""
    return f"ONCE#{caller}#{key}"


def sent(change_id: str) -> str:
    """`SENT#1-1000587219#7`: the teams already told of one change; sort key: team."""
    return f"SENT#{change_id}"


def reminded(time_of_day: str) -> str:
    """`SENT#reminder#09:30`: the homes last reminded at this time; sort key: location_id.

    No change's id begins so, and each day writes over the one before.
    """
    return sent(f"reminder#{time_of_day}")


def snapshot(kind: str) -> str:
    """`SNAPSHOT#home`: everything of a kind, compressed; sort key: see `part`."""
    return f"SNAPSHOT#{kind}"


def part(looked: datetime, number: int) -> str:
    """`2026-11-22T09:30:00.000123Z#003`: one part of what a look read, from 0 on."""
    return f"{stamp(looked)}#{number:03d}"


def look_and_number(sort_key: str) -> tuple[str, int]:
    """The stamp of the look, and which part it is."""
    looked, number = sort_key.split("#")
    return looked, int(number)
