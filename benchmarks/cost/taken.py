"""What calls of the handlers took, as it was measured."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean, median
from typing import Any

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Taken:
    """By one call; processor time on the machine that measured, units by AWS's rules."""

    cpu_ms: float = 0
    reads: float = 0
    writes: float = 0
    bytes_read: float = 0
    requests: Mapping[str, float] = field(default_factory=dict)
    """To other services, such as `dynamodb.Query`."""
    response_bytes: float = 0
    log_bytes: float = 0
    told_reads: float = 0
    told_writes: float = 0
    """What the emulator said that it consumed."""
    text_parts: float = 0
    """Of the text messages that it published, if anybody wants those."""

    @classmethod
    def read(cls, call: Json) -> "Taken":
        """What `probe` noted of one call."""
        return cls(
            cpu_ms=call["cpu_ms"],
            reads=call["reads"],
            writes=call["writes"],
            bytes_read=call["bytes_read"],
            requests=call["requests"],
            response_bytes=call["response_bytes"],
            log_bytes=call["log_bytes"],
            told_reads=call["told"].get("reads", 0),
            told_writes=call["told"].get("writes", 0),
            text_parts=sum(text_parts(length) for length in call["texts"]),
        )

    def beyond(self, other: "Taken") -> "Taken":
        """What this took more than another; nothing where it took less."""

        def more(mine: float, theirs: float) -> float:
            return max(0.0, mine - theirs)

        return Taken(
            cpu_ms=more(self.cpu_ms, other.cpu_ms),
            reads=more(self.reads, other.reads),
            writes=more(self.writes, other.writes),
            bytes_read=more(self.bytes_read, other.bytes_read),
            requests={
                name: more(count, other.requests.get(name, 0))
                for name, count in self.requests.items()
            },
            log_bytes=more(self.log_bytes, other.log_bytes),
        )


def mean(all_of: Sequence[Taken]) -> Taken:
    """Of one or more calls; of the processor's time the median, for others use it, too."""
    requests = defaultdict[str, float](float)
    for each in all_of:
        for name, count in each.requests.items():
            requests[name] += count

    def of(name: str) -> float:
        return fmean(getattr(each, name) for each in all_of)

    return Taken(
        cpu_ms=median(each.cpu_ms for each in all_of),
        reads=of("reads"),
        writes=of("writes"),
        bytes_read=of("bytes_read"),
        requests={name: count / len(all_of) for name, count in requests.items()},
        response_bytes=of("response_bytes"),
        log_bytes=of("log_bytes"),
        told_reads=of("told_reads"),
        told_writes=of("told_writes"),
        text_parts=of("text_parts"),
    )


def text_parts(length: int) -> int:
    """How many messages a text of GSM characters is sent, and paid, as."""
    if length == 0:
        return 0
    return 1 if length <= 160 else -(-length // 153)


@dataclass(frozen=True, slots=True)
class Start:
    """What a new process of a function takes before and beside its first call."""

    init_cpu_ms: float
    first: Taken
    """Beyond what the same call takes later: loading everything, opening connections."""
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Measured:
    """A council of so many homes, each action by its name."""

    homes: int
    actions: Mapping[str, Taken]
    starts: Mapping[str, Start]
    """By function."""
    home_bytes: float
    """Of a home in the table."""
    entry_bytes: float
    """Of an update's entry in the change log."""
    alert_count: int
    day_entries: int
    """That the day of the change log held whose sum was asked for."""
    metrics: Mapping[str, int]
    """How many custom metrics each function sent."""


@dataclass(frozen=True, slots=True)
class Once:
    """What need not be measured for every size: an import, and the site's files."""

    new_home: Taken
    """An import of a directory of new homes, a home's part of it."""
    known_home: Taken
    """Of the same file once more: a home's part."""
    directory_bytes_per_home: float
    import_start: Start
    site_bytes: float
    """Of all the pages' files, as they travel."""
    metrics: int
    """Custom metrics that an import sends."""


FUNCTION_OF = {
    "search": "search",
    "update": "update_vacancy",
    "confirm": "update_vacancy",
    "view": "show_home",
    "history": "show_home",
    "overview": "council_overview",
    "day": "council_overview",
    "entry": "notify",
    "alert": "notify",
    "save_alert": "subscribe",
    "alert_page": "subscribe",
    "look": "remind_homes",
    "snapshot": "snapshot_homes",
}
"""Which function does an action: `entry` is a log entry that fires nothing, `alert` one that tells
a team."""
