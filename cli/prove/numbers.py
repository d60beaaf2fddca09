"""Step `numbers`: how long a search takes from here, and a cold start there."""

import json
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from cli.prove.homes import PLACE
from cli.prove.probe import function_of
from cli.prove.proof import Proof

if TYPE_CHECKING:
    from types_boto3_lambda import LambdaClient

SEARCHES: Final = 200
COLD_STARTS: Final = 10
FORCED: Final = "BEDBOARD_PROOF"
"""A variable of the environment that nothing reads: another value forces a new start."""
SLOW_SECONDS: Final = 5
"""What the alarm `search-slow` counts."""
_LOGS_WITHIN_SECONDS: Final = 120
_STARTS: Final = '{ $.type = "platform.report" && $.record.metrics.initDurationMs > 0 }'


def numbers(proof: Proof) -> None:
    """Measure searches; and cold starts, where that may disturb people."""
    warm, cold = (
        f"{SEARCHES} searches take less than {SLOW_SECONDS} seconds each",
        f"{COLD_STARTS} cold starts are measured",
    )
    if not proof.can_sign_in:
        return
    if not proof.only_on_aws("its times say nothing about AWS", warm, cold):
        return
    times = sorted(_search(proof) for _ in range(SEARCHES))
    middle, late = times[len(times) // 2], times[len(times) * 99 // 100]
    seen = f"median {middle * 1000:.0f} ms, p99 {late * 1000:.0f} ms, with the way from here"
    proof.ledger.check(warm, times[-1] < SLOW_SECONDS, seen)
    if proof.only_if_slow(cold):
        starts = sorted(_cold_starts(proof))
        seen = ", ".join(f"{each:.0f}" for each in starts)
        proof.ledger.check(cold, len(starts) >= COLD_STARTS, f"{seen} ms")


def _search(proof: Proof) -> float:
    began = time.perf_counter()
    path = f"/vacancies?near={PLACE}&radius_miles=10"
    proof.caller.request(f"team:{proof.team}", "GET", path, expect=200)
    return time.perf_counter() - began


def _cold_starts(proof: Proof) -> list[float]:
    """Return the milliseconds of starts of `search`, each forced by a change of its settings."""
    lambdas: LambdaClient = proof.stack.client("lambda")
    name = function_of(proof.stack, "Search")
    settings: Any = lambdas.get_function_configuration(FunctionName=name)
    before = settings["Environment"]["Variables"]
    proof.cleanup.add("the settings of search", lambda: set_environment(lambdas, name, before))
    began = datetime.now(UTC)
    for number in range(COLD_STARTS):
        set_environment(lambdas, name, {**before, FORCED: str(number)})
        _search(proof)
    return _init_durations(proof, settings["LoggingConfig"]["LogGroup"], began)


def set_environment(lambdas: "LambdaClient", name: str, variables: dict[str, str]) -> None:
    """Set the environment variables of a function, which then starts anew."""
    lambdas.update_function_configuration(FunctionName=name, Environment={"Variables": variables})
    waiter = lambdas.get_waiter("function_updated_v2")
    waiter.wait(FunctionName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 60})


def _init_durations(proof: Proof, log_group: str, since: datetime) -> list[float]:
    """Read the durations of starts from the log, which arrive there after a while."""
    logs = proof.stack.client("logs")
    deadline = time.monotonic() + _LOGS_WITHIN_SECONDS
    while True:
        found = [
            duration
            for page in logs.get_paginator("filter_log_events").paginate(
                logGroupName=log_group,
                startTime=int(since.timestamp() * 1000),
                filterPattern=_STARTS,
            )
            for event in page["events"]
            if (duration := init_duration(event["message"])) is not None
        ]
        if len(found) >= COLD_STARTS or time.monotonic() > deadline:
            return found
        time.sleep(5)


def init_duration(line: str) -> float | None:
    """Return the milliseconds of a start that a line of a function's log reports; None of another.

    Lambda writes these lines as JSON where the function asks for it, as the stack's own do.
    """
    try:
        metrics = json.loads(line)["record"]["metrics"]
        return float(metrics["initDurationMs"])
    except (ValueError, LookupError, TypeError):
        return None
