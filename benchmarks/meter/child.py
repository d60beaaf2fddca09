"""The child process of `function_process`: run one function as Lambda does, and report its use.

Usage: `python child.py REPORT`. Standard input holds a `Request` as JSON; REPORT receives the
figures. It imports little before the function's handler, because the start is measured too.
"""

import importlib
import json
import os
import sys
import time
from typing import Any

Json = dict[str, Any]

_INTERPRETER_SECONDS = time.process_time()


class LambdaContext:
    """What Lambda tells a function about itself and the current call."""

    memory_limit_in_mb = 512

    def __init__(self, function: str, number: int = 0) -> None:
        self.function_name = function
        self.invoked_function_arn = f"arn:aws:lambda:eu-west-2:000000000000:function:{function}"
        self.aws_request_id = f"00000000-0000-4000-8000-{number:012}"

    def get_remaining_time_in_millis(self) -> int:
        """Return as much time as no call of a benchmark takes."""
        return 25_000


def main() -> None:
    """Import the handler, pass it the events in turn, and write what that took."""
    report = sys.argv[1]
    request: Json = json.load(sys.stdin)
    log = os.open(f"{report}.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_TRUNC)
    os.dup2(log, 1)
    os.dup2(log, 2)
    before = time.process_time()
    handler = importlib.import_module(f"{request['function']}.handler").handler
    start = {
        "interpreter_ms": _INTERPRETER_SECONDS * 1000,
        "imports_ms": (time.process_time() - before) * 1000,
    }
    if request["record"]:
        sys.path.append(request["benchmarks"])
        from benchmarks.meter.recording import record_each

        calls = record_each(handler, request["function"], request["events"], f"{report}.log")
    else:
        calls = [_time(handler, request["function"], event) for event in request["events"]]
    watched = [name for name in request["watched_modules"] if name in sys.modules]
    with open(report, "w", encoding="utf-8") as file:  # noqa: PTH123 - no import of pathlib here
        json.dump({**start, "calls": calls, "loaded_modules": watched}, file)


def _time(handler: Any, function: str, event: Json) -> Json:  # noqa: ANN401 - any handler of a function
    before = time.process_time()
    response = handler(event, LambdaContext(function))
    cpu = time.process_time() - before
    with open("/proc/self/status", encoding="ascii") as file:  # noqa: PTH123 - no import of pathlib here
        (line,) = (each for each in file if each.startswith("VmHWM:"))
    peak_mb = int(line.split()[1]) / 1024
    status = response.get("statusCode", 0) if isinstance(response, dict) else 0
    return {"cpu_ms": cpu * 1000, "peak_mb": peak_mb, "status": status, "response": response}


if __name__ == "__main__":
    main()
