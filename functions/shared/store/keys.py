"""The names in the table: of its indexes, its keys, and the attributes of its items."""

from datetime import UTC, date, datetime, timedelta
from typing import Final

PARTITION: Final = "pk"
SORT: Final = "sk"
EXPIRES: Final = "expires"
"""Epoch seconds after which DynamoDB may delete the item."""

CHANGES_OF_HOME_INDEX: Final = "changes_of_home"
"""Sparse index: the log entries of one home (`of_home`), newest last (`sk`)."""
OF_HOME: Final = "of_home"
"""Of a log entry: the home that it is about, or `placing_stops_of` that home."""

KIND: Final = "kind"
"""The kind of document that a log entry is about, such as `home` or `alert`; or `beat`."""
BEAT: Final = "beat"
"""Kind of the log entries that are no change: heartbeats, which show that the stream is read."""

DOCUMENT: Final = "document"
"""A home, an alert or a placing stop, as JSON; in a log entry, as the change left it."""
VERSION: Final = "version"
"""The version of the document, a number."""
PREVIOUS: Final = "previous"
"""Of a log entry: the values that the change replaced, as JSON."""
BESIDE: Final = "beside"
"""Of a log entry of a placing stop that ended: the home as it was at that moment, as JSON."""
SUBJECT_ID: Final = "id"
"""Of a log entry: the location_id of the home, or the `alert` that it is about."""
ACTION: Final = "action"
BEDS: Final = "beds"
"""Of a record of text messages: the beds by category that they told of, as JSON."""
BY: Final = "by"
"""Of a log entry: the author's opaque id."""
REQUEST_ID: Final = "request_id"
REPUBLISHED: Final = "republished"
"""Present on a log entry that repeats an earlier one."""
RESTORED: Final = "restored"
"""Present on a log entry that a restore brought back."""
RESPONSE: Final = "response"
"""Of an idempotency record: the response, as JSON."""
SEALED: Final = "sealed"
"""Of a member: the encrypted address, which a person who stopped the messages no longer has."""
CLAIMED_BY: Final = "claimed_by"
"""Of a record of a message to a person: the delivery that is sending it."""
AT: Final = "at"
"""Of a record of a reminder: when it was sent."""
FINGERPRINT: Final = "fingerprint"
"""Of an idempotency record: the hash of its request."""

HOMES: Final = "HOME"
"""Partition of every care home; sort key: location_id."""
ALERTS: Final = "ALERT"
"""Partition of every alert; sort key: `<team>#<alert_id>`."""
PLACING_STOPS: Final = "PLACING_STOP"
"""Partition of what the council says of placing at homes; sort key: location_id."""
OUTCOMES: Final = "OUTCOME"
"""Partition of what came of calls; sort key: see `outcome`."""
DISPUTES: Final = "DISPUTE"
"""Partition of what teams were told against a home's listings; sort key: location_id."""
WRONG_POSTS: Final = "WRONG_POSTS"
"""Partition of the one item that says how many posts are wrong from the outset; sort key: `-`."""
AUDIT_DRAWS: Final = "AUDIT_DRAW"
"""Partition of what was drawn for the council's audit; sort key: see `audit_draw`."""
HOLDS: Final = "HOLD"
"""Partition of the asks for homes' beds; sort key: see `hold`."""
ASKED_FOR: Final = "ASKED_FOR"
"""Partition of what asks are for; sort key: the id of the ask."""
TEAM_ASKS: Final = "TEAM_ASKS"
"""Partition of which asks teams made; sort key: team."""
REQUEST_RECORDS: Final = "REQUEST_RECORD"
"""Partition of how homes answered requests; sort key: see `request_record`."""
PUBLIC_TRUTH: Final = "PUBLIC_TRUTH"
"""Partition of how often the list was right, as anyone may read it; sort key: `2026-10`."""
DEMAND: Final = "DEMAND"
"""Partition of the published tables of demand, one for each period that is over."""

CHANGE_PREFIX: Final = "CHANGE#"
IDEMPOTENCY_PREFIX: Final = "ONCE#"
SENT_PREFIX: Final = "SENT#"
SNAPSHOT_PREFIX: Final = "SNAPSHOT#"
ADDRESS_PREFIX: Final = "ADDRESS#"
LINK_PREFIX: Final = "LINK#"
INVITATIONS_PREFIX: Final = "INVITATIONS#"
STACK_SECRET: Final = "SECRET"  # noqa: S105 - where it is, not what
"""Partition of the sealed secret that keys the stack's digests."""
POSTING_LINK_PREFIX: Final = "POSTING_LINK#"
NEWEST_LINK_PREFIX: Final = "NEWEST_LINK#"
LINK_STOP_PREFIX: Final = "LINK_STOP#"
CODE_TRIES_PREFIX: Final = "CODE_TRIES#"
DEMAND_COUNTS_PREFIX: Final = "COUNT#"
REMINDED_PREFIX: Final = "REMINDED#"
NO_SORT: Final = "-"


def change_day(moment: datetime) -> str:
    """`CHANGE#2026-11-22`: the log's partition for the UTC day of a moment."""
    return f"{CHANGE_PREFIX}{moment.astimezone(UTC):%Y-%m-%d}"


def change_days(start: datetime, end: datetime) -> list[str]:
    """Return the partitions of everything stamped from start to end, oldest first."""
    first, last = start.astimezone(UTC).date(), end.astimezone(UTC).date()
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [f"{CHANGE_PREFIX}{day:%Y-%m-%d}" for day in days]


def stamp(moment: datetime) -> str:
    """`2026-11-22T09:30:00.000123Z`: sorts as time does; microseconds always written."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"


def change(moment: datetime, kind: str, subject_id: str, version: int) -> str:
    """`2026-11-22T09:30:00.000123Z#home#1-1000587219#7`: one log entry within its day."""
    return f"{stamp(moment)}#{kind}#{subject_id}#{version}"


def beat(moment: datetime) -> str:
    """`2026-11-22T09:30:00.000123Z#beat#-#0`: one heartbeat within its day."""
    return change(moment, BEAT, NO_SORT, 0)


def is_beat(sort_key: str) -> bool:
    """Tell whether a log entry is a heartbeat and so no change."""
    return sort_key.partition("#")[2].startswith(f"{BEAT}#")


def subject_of_change(sort_key: str) -> tuple[str, str, int]:
    """Split a log entry's sort key into its kind, its subject and its version."""
    _, kind, rest = sort_key.split("#", 2)
    subject_id, version = rest.rsplit("#", 1)
    return kind, subject_id, int(version)


def placing_stops_of(location_id: str) -> str:
    """`1-1000587219#placing_stop`: the changes of a home's mark, in the index of a home's changes.

    A history for the public reads the partition of the home alone.
    """
    return f"{location_id}#placing_stop"


def alert(team: str, alert_id: str) -> str:
    """`exeter-discharge#3f9c0d1e8a72`."""
    return f"{team}#{alert_id}"


def outcome(said_at: str, location_id: str, category: str, reporter: str) -> str:
    """`2026-11-22T09:30:00.000Z#1-1000587219#dementia_nursing#5e0b...`: one call's outcome.

    Those of one listing stand together, and the oldest listings come first.
    """
    return f"{said_at}#{location_id}#{category}#{reporter}"


def audit_draw(day: date) -> str:
    """`2026-11-27`: the calls that were drawn for a day in London."""
    return day.isoformat()


def hold(location_id: str, category: str) -> str:
    """`1-1000587219#dementia_nursing`: the asks for one category of a home."""
    return f"{location_id}#{category}"


def request_record(location_id: str, asked: str) -> str:
    """`1-1000587219#hoist`: how a home answered requests for a category, a need or a funding."""
    return f"{location_id}#{asked}"


def idempotency_record(caller: str, key: str) -> str:
    """`ONCE#5e0b...#8c1f...`: the response to the request with one caller's idempotency key."""
    return f"{IDEMPOTENCY_PREFIX}{caller}#{key}"


def sent(change_id: str) -> str:
    """`SENT#1-1000587219#7`: the teams already notified of one change; sort key: team."""
    return f"{SENT_PREFIX}{change_id}"


def texted(location_id: str) -> str:
    """`SENT#texts#1-1000587219`: the teams whose phones were just told of a home; sort key: team.

    The id of no change begins with `texts#`.
    """
    return sent(f"texts#{location_id}")


def fitted(location_id: str) -> str:
    """`SENT#fits#1-1000587219`: the alerts just told that a home fits them; sort key: see `alert`.

    The id of no change begins with `fits#`.
    """
    return sent(f"fits#{location_id}")


def told(occasion: str) -> str:
    """`SENT#told#1-1000587219#7#exeter-discharge`: who was told of one thing; sort key: member_id.

    The id of no change begins with `told#`.
    """
    return sent(f"told#{occasion}")


def members(owner: str) -> str:
    """`ADDRESS#team#exeter-discharge`: the people who get messages; sort key: member_id."""
    return f"{ADDRESS_PREFIX}{owner}"


def link(digest: str) -> str:
    """`LINK#9f86d0...`: whom the link with this token is for, by the SHA-256 of the token."""
    return f"{LINK_PREFIX}{digest}"


def invitations_by(owner: str) -> str:
    """`INVITATIONS#by#team#exeter-discharge`: how many it sent; every addition changes it."""
    return f"{INVITATIONS_PREFIX}by#{owner}"


def invitations_to(digest: str) -> str:
    """`INVITATIONS#to#9f86d0...`: when each owner (sort key) invited an address, by its digest.

    Under `NO_SORT` that its owner wants none.
    """
    return f"{INVITATIONS_PREFIX}to#{digest}"


def posting_link(digest: str) -> str:
    """`POSTING_LINK#9f86d0...`: a link that posts, by the digest of its token or of its code."""
    return f"{POSTING_LINK_PREFIX}{digest}"


def newest_links(location_id: str) -> str:
    """`NEWEST_LINK#1-1000587219`: the newest link of each member of a home; sort key: member_id."""
    return f"{NEWEST_LINK_PREFIX}{location_id}"


def link_stop(location_id: str) -> str:
    """`LINK_STOP#1-1000587219`: how often a home's links were stopped, and whether they are."""
    return f"{LINK_STOP_PREFIX}{location_id}"


def code_tries(hour: datetime) -> str:
    """`CODE_TRIES#2026-11-22T09`: the wrong codes of an hour; sort key: see `code_try`."""
    return f"{CODE_TRIES_PREFIX}{hour.astimezone(UTC):%Y-%m-%dT%H}"


def code_try(address_digest: str, try_id: str) -> str:
    """`9f86d0...#3f9c0d1e8a72`: one wrong code that came from an address."""
    return f"{address_digest}#{try_id}"


def snapshot(kind: str) -> str:
    """`SNAPSHOT#home`: every document of a kind, compressed; sort key: see `snapshot_part`."""
    return f"{SNAPSHOT_PREFIX}{kind}"


def snapshot_part(read_at: datetime, number: int) -> str:
    """`2026-11-22T09:30:00.000123Z#003`: one part of what was read at that time, from 0 on."""
    return f"{stamp(read_at)}#{number:03d}"


def stamp_and_number(sort_key: str) -> tuple[str, int]:
    """Split the sort key of a snapshot's part into the stamp of its reading and its number."""
    read_at, number = sort_key.split("#")
    return read_at, int(number)


def demand_counts(period_id: str) -> str:
    """`COUNT#2026-W47`: the counts of one period, which are not for showing."""
    return f"{DEMAND_COUNTS_PREFIX}{period_id}"


def demand_count(district: str, category: str, need: str, team: str, team_and_day: str) -> str:
    """`EX2#dementia_nursing#hoist#5e0b...#8c1f...`: one count; its last parts are tokens."""
    return f"{district}#{category}#{need}#{team}#{team_and_day}"


def published_demand(last: date, period_id: str) -> str:
    """`2026-11-22#2026-W47`: a published table, by the last day of its period."""
    return f"{last.isoformat()}#{period_id}"


def reminded(day: date) -> str:
    """`REMINDED#2026-11-22`: the homes reminded on a day in London; sort key: location_id."""
    return f"{REMINDED_PREFIX}{day.isoformat()}"
