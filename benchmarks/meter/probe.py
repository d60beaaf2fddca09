"""`python -m benchmarks.meter.probe RESULT`: one function in its own process, metered as on Lambda.

Standard input holds the handler and the events; the file gets what each call took. Nothing that a
handler would not import is imported before it has been: its start is measured, too.
"""

import importlib
import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from benchmarks.meter.recording import Recorder

Json = dict[str, Any]


class Printed:
    """What the process prints, call by call: its standard output and error go to this file."""

    def __init__(self, path: Path) -> None:
        self._path, self._seen = path, 0
        to = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_TRUNC)
        os.dup2(to, 1)
        os.dup2(to, 2)

    def since_last(self) -> list[bytes]:
        sys.stdout.flush()
        sys.stderr.flush()
        everything = self._path.read_bytes()
        new, self._seen = everything[self._seen :], len(everything)
        return new.splitlines()


class Context:
    """What Lambda tells a function of itself."""

    memory_limit_in_mb = 512
    invoked_function_arn = "arn:aws:lambda:eu-west-2:000000000000:function:probe"

    def __init__(self, function: str, number: int) -> None:
        self.function_name = function
        self.aws_request_id = f"00000000-0000-4000-8000-{number:012}"

    def get_remaining_time_in_millis(self) -> int:
        return 25_000


def main() -> None:
    result = Path(sys.argv[1])
    asked: Json = json.load(sys.stdin)
    printed = Printed(result.with_suffix(".log"))
    handler = importlib.import_module(f"{asked['function']}.handler").handler
    init = time.process_time()
    from benchmarks.meter.recording import recorder

    record = recorder()
    calls = [_call(handler, each, asked, printed, record) for each in enumerate(asked["events"])]
    # Of the first call: it loads everything, and what is read again to count is not there yet.
    done = {"init_cpu_ms": init * 1000, "peak_mb": calls[0]["peak_mb"], "calls": calls}
    result.write_text(json.dumps(done), encoding="utf-8")


def _call(
    handler: Any,  # noqa: ANN401 - whatever the function's module calls its handler
    numbered: tuple[int, Json],
    asked: Json,
    printed: Printed,
    record: "Recorder",
) -> Json:
    number, event = numbered
    printed.since_last()
    record.begin()
    before = time.process_time()
    answer = handler(event, Context(asked["function"], number))
    cpu = time.process_time() - before
    lines = printed.since_last()
    peak = record.peak_mb()
    return {"cpu_ms": cpu * 1000, "peak_mb": peak, **record.end(answer, lines)}


if __name__ == "__main__":
    main()
