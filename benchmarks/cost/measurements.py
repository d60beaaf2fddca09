"""What calls of the functions consumed, as measured; committed as measurements.json."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from statistics import fmean, median
from typing import Any, Final

from pydantic import TypeAdapter

from benchmarks.cost.template import Template

FILE: Final = Path(__file__).with_name("measurements.json")
_DECIMALS: Final = 4


@dataclass(frozen=True, slots=True)
class Consumption:
    """What one call consumed: processor time on the measuring machine, units by AWS's rules."""

    cpu_ms: float = 0
    reads: float = 0
    writes: float = 0
    bytes_read: float = 0
    requests: Mapping[str, float] = field(default_factory=dict)
    """Requests to other services by name, such as `dynamodb.Query`."""
    response_bytes: float = 0
    log_bytes: float = 0
    emulator_reads: float = 0
    """The read units that the emulator reported."""
    emulator_writes: float = 0
    """The write units that the emulator reported."""
    text_parts: float = 0
    """The parts of the text messages that it published."""

    @classmethod
    def of(cls, call: Mapping[str, Any]) -> "Consumption":
        """Read the figures of one recorded call."""
        return cls(
            cpu_ms=call["cpu_ms"],
            reads=call["reads"],
            writes=call["writes"],
            bytes_read=call["bytes_read"],
            requests=call["requests"],
            response_bytes=call["response_bytes"],
            log_bytes=call["log_bytes"],
            emulator_reads=call["emulator_reads"],
            emulator_writes=call["emulator_writes"],
            text_parts=sum(text_parts(length) for length in call["texts"]),
        )

    def beyond(self, other: "Consumption") -> "Consumption":
        """Return what this consumed more than another; nothing where it consumed less."""

        def more(mine: float, theirs: float) -> float:
            return max(0.0, mine - theirs)

        return Consumption(
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

    def divided_by(self, count: int) -> "Consumption":
        """Return one part of what so many things consumed together."""
        figures = asdict(self)
        requests = {name: each / count for name, each in figures.pop("requests").items()}
        return Consumption(
            **{name: each / count for name, each in figures.items()}, requests=requests
        )


def mean(calls: Sequence[Consumption]) -> Consumption:
    """Average some calls; of the processor time take the median, which disturbances move less."""
    requests = defaultdict[str, float](float)
    for call in calls:
        for name, count in call.requests.items():
            requests[name] += count
    figures = {name: fmean(getattr(call, name) for call in calls) for name in _AVERAGED}
    return Consumption(
        **figures,
        cpu_ms=median(call.cpu_ms for call in calls),
        requests={name: count / len(calls) for name, count in requests.items()},
    )


_AVERAGED: Final = (
    *("reads", "writes", "bytes_read", "response_bytes", "log_bytes"),
    *("emulator_reads", "emulator_writes", "text_parts"),
)


def text_parts(length: int) -> int:
    """Return how many messages a text of GSM characters is sent, and billed, as."""
    if length == 0:
        return 0
    return 1 if length <= 160 else -(-length // 153)


@dataclass(frozen=True, slots=True)
class Start:
    """The cold start of a function."""

    init_cpu_ms: float
    """Processor time until it could take its first event."""
    first_call: Consumption
    """What its first call consumed beyond a later one: loads of everything, new connections."""
    peak_mb: float


@dataclass(frozen=True, slots=True)
class SizeMeasurement:
    """The calls of a council of some size."""

    homes: int
    alerts: int
    actions: Mapping[str, Consumption]
    """A warm call of each action."""
    starts: Mapping[str, Start]
    """The cold start of each function."""
    home_bytes: float
    """The mean size of a home in the table."""
    entry_bytes: float
    """The mean size of an update's entry in the change log."""
    day_entries: int
    """The entries in the day of the change log that the action `day` summed."""
    metrics: Mapping[str, int]
    """The number of custom metrics of each function."""


@dataclass(frozen=True, slots=True)
class ImportMeasurement:
    """An import of a directory, by the home."""

    new_home: Consumption
    known_home: Consumption
    """A home of a directory that has been imported before."""
    directory_bytes_per_home: float
    start: Start
    metrics: int
    """The number of custom metrics that an import sends."""


@dataclass(frozen=True, slots=True)
class Measurements:
    """Everything that was measured, with the template that was deployed."""

    measured_on: date
    machine: Mapping[str, str]
    """The machine and the versions of packages."""
    template: Template
    imports: ImportMeasurement
    sizes: tuple[SizeMeasurement, ...]


_ADAPTER: Final = TypeAdapter(Measurements)


def load(file: Path = FILE) -> Measurements:
    """Read the committed measurements. Raises pydantic's ValidationError."""
    return _ADAPTER.validate_json(file.read_bytes())


def save(measurements: Measurements, file: Path = FILE) -> None:
    """Write the measurements to commit, rounded."""
    content = _rounded(_ADAPTER.dump_python(measurements, mode="json"))
    file.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def _rounded(value: Any) -> Any:  # noqa: ANN401 - any JSON
    match value:
        case dict():
            return {name: _rounded(each) for name, each in value.items()}
        case list():
            return [_rounded(each) for each in value]
        case float():
            return round(value, _DECIMALS)
    return value
