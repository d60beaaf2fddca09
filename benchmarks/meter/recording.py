"""Record what each call of a handler sends, answers and logs. Runs in the child process."""

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.meter.child import LambdaContext
from benchmarks.meter.consumption import CapacityMeter
from benchmarks.meter.processes import peak_memory_mb
from benchmarks.meter.traffic import Call, record_calls
from shared.store import keys

Json = dict[str, Any]

LINE_BYTES: Final = 26
"""The bytes that CloudWatch Logs counts for each line beside its text."""


def record_each(
    handler: Callable[[Json, LambdaContext], Any],
    function: str,
    events: Sequence[Json],
    log_file: str,
) -> list[Json]:
    """Pass the events to the handler in turn, and return the figures of each call.

    Standard output and error of this process must go to `log_file`.
    """
    meter, log = CapacityMeter(), _Log(Path(log_file))
    return [
        _record(handler, event, LambdaContext(function, number), meter, log)
        for number, event in enumerate(events)
    ]


class _Log:
    """The lines that the process has printed, call by call."""

    def __init__(self, path: Path) -> None:
        self._path, self._position = path, 0

    def new_lines(self) -> list[bytes]:
        """Return the lines printed since the last time."""
        sys.stdout.flush()
        sys.stderr.flush()
        content = self._path.read_bytes()
        new, self._position = content[self._position :], len(content)
        return new.splitlines()


def _record(
    handler: Callable[[Json, LambdaContext], Any],
    event: Json,
    context: LambdaContext,
    meter: CapacityMeter,
    log: _Log,
) -> Json:
    log.new_lines()
    with record_calls() as calls:
        before = time.process_time()
        response = handler(event, context)
        cpu = time.process_time() - before
    lines = log.new_lines()
    # Before anything is read again to count capacity: that is not the function's memory.
    peak_mb = peak_memory_mb()
    consumed = meter.consumed(calls)
    return {
        "cpu_ms": cpu * 1000,
        "peak_mb": peak_mb,
        "reads": consumed.by_rules.reads,
        "writes": consumed.by_rules.writes,
        "bytes_read": consumed.by_rules.bytes_read,
        "emulator_reads": consumed.emulator_reads,
        "emulator_writes": consumed.emulator_writes,
        "requests": dict(Counter(call.name for call in calls)),
        **_response_figures(response),
        "log_bytes": sum(len(line) + LINE_BYTES for line in lines),
        "metrics": sorted(_metrics(lines)),
        "texts": [len(text) for text in _text_messages(calls)],
        "log_entries": list(_log_entries(calls)),
    }


def _response_figures(response: object) -> Json:
    if not isinstance(response, dict) or "statusCode" not in response:
        return {"status": 0, "response_bytes": 0, "response": response}
    body = response.get("body") or ""
    size = len(body) * 3 // 4 if response.get("isBase64Encoded") else len(body.encode())
    return {"status": response["statusCode"], "response_bytes": size}


def _metrics(lines: Sequence[bytes]) -> Iterator[str]:
    """Yield each custom metric in the embedded metric format, with its dimensions."""
    for line in lines:
        if b'"_aws"' not in line:
            continue
        record = json.loads(line)
        for group in record["_aws"]["CloudWatchMetrics"]:
            for names in group["Dimensions"]:
                dimensions = ",".join(f"{name}={record[name]}" for name in sorted(names))
                for metric in group["Metrics"]:
                    yield f"{group['Namespace']}/{metric['Name']}{{{dimensions}}}"


def _text_messages(calls: Sequence[Call]) -> Iterator[str]:
    for call in calls:
        if call.operation == "Publish" and "PhoneNumber" in call.parameters:
            yield call.parameters["Message"]


def _log_entries(calls: Sequence[Call]) -> Iterator[Json]:
    """Yield the entries added to the change log, which the stream would bring to notify."""
    for call in calls:
        if call.operation == "TransactWriteItems":
            for write in call.parameters["TransactItems"]:
                item: Json = write.get("Put", {}).get("Item")
                if item and item[keys.PARTITION]["S"].startswith(keys.CHANGE_PREFIX):
                    yield item
