"""Measure a mixed load on a whole stack: its throughput, and whether every promise holds."""

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from benchmarks.load.clients import POST, REQUEST_KINDS, SEARCH, Alerter, Poster, Searcher
from benchmarks.load.council import (
    Council,
    Message,
    create_council,
    dead_letters,
    take_messages,
)
from benchmarks.load.deliveries import SavedAlert, Verdict, check_deliveries
from benchmarks.load.ledger import Ledger
from benchmarks.load.processors import Reading, busy
from benchmarks.meter.timing import percentile
from benchmarks.report import titles
from benchmarks.report.tables import Say, Table, Tables
from benchmarks.samples.homes import sample_searches
from benchmarks.scale import Scale
from local.emulator.stack import running
from shared.store import homes

SEARCHERS, POSTERS = 3, 3
SEARCHES_ALONE: Final = 20
START_TIMEOUT_SECONDS: Final = 60
LATE_SECONDS: Final = 5.0
DELIVERY_TIMEOUT_SECONDS: Final = 60
QUIET_SECONDS: Final = 2.0
"""How long to wait, after the last message that is due, for messages that should not come."""

Client = Searcher | Poster | Alerter


def run(scale: Scale, folder: Path, say: Say) -> Tables:
    """Measure requests, what was lost, late or wrong, and how busy the processors were."""
    with running(folder / "stack") as stack:
        say("load: filling the stack")
        council = create_council(stack)
        ledger = Ledger()
        for row in council.early_alerts():
            ledger.add_alert(council.alert(row).alert_id, SavedAlert(row, 0.0, 0.0))
        searches = [each.without_age() for each in sample_searches(200, council.homes)]
        clients: list[Client] = [
            *(Searcher(council, ledger, number, searches) for number in range(SEARCHERS)),
            *(Poster(council, ledger, 100 + number) for number in range(POSTERS)),
            Alerter(council, ledger, 200),
        ]
        waits = search_alone(clients[0], ledger)
        say(f"load: {len(clients)} clients, {scale.load_seconds} s")
        processors, elapsed = drive(clients, ledger, scale.load_seconds, stack.pid)
        say("load: waiting for the last messages")
        messages = wait_for_messages(council, ledger)
        verdict = check_deliveries(ledger.freeing_posts, council.alerts, ledger.alerts, messages)
        stored = {each: homes.load(council.table, each) for each in ledger.versions}
        for failure in ledger.failures:
            say(f"load: failed: {failure}")
        return {
            titles.LOAD_ALONE: waits,
            titles.LOAD_REQUESTS: request_table(ledger, elapsed),
            titles.LOAD_CHECKS: check_table(
                ledger, verdict, ledger.lost_posts(stored), dead_letters(council)
            ),
            titles.LOAD_DELIVERY: {"message": delivery_row(verdict)},
            titles.LOAD_PROCESSORS: processors,
        }


def search_alone(client: Client, ledger: Ledger) -> Table:
    """Measure the wait of one client alone, which no client of the load can undercut."""
    client.step()
    ledger.is_timing = True
    for _ in range(SEARCHES_ALONE):
        client.step()
    ledger.is_timing = False
    seconds = sorted(ledger.seconds.pop(SEARCH))
    return {SEARCH: {"requests": len(seconds), "p50 ms": percentile(seconds, 50) * 1e3}}


def drive(
    clients: Sequence[Client], ledger: Ledger, seconds: int, emulator: int
) -> tuple[Table, float]:
    """Run every client for so long; return how busy processors were, and the elapsed seconds.

    It begins when all have had their first responses, for which functions start cold: those are
    checked like all others, but not timed.
    """
    stop = threading.Event()
    begin = threading.Barrier(len(clients) + 1)

    def work(client: Client) -> None:
        try:
            client.step()
            begin.wait(START_TIMEOUT_SECONDS)
            while not stop.wait(client.step()):
                pass
        finally:
            client.close()

    with ThreadPoolExecutor(len(clients)) as pool:
        try:
            futures = [pool.submit(work, client) for client in clients]
            begin.wait(START_TIMEOUT_SECONDS)
            before, ledger.is_timing = Reading.of(emulator), True
            time.sleep(seconds)
            after, ledger.is_timing = Reading.of(emulator), False
        finally:
            stop.set()
            begin.abort()
        for future in futures:
            future.result()
    return busy(before, after), after.at - before.at


def wait_for_messages(council: Council, ledger: Ledger) -> list[Message]:
    """Take messages until none that is due is missing, or until the timeout."""
    messages: list[Message] = []
    deadline = time.monotonic() + DELIVERY_TIMEOUT_SECONDS
    quiet_until = 0.0
    while time.monotonic() < deadline:
        messages += take_messages(council)
        posts = ledger.freeing_posts
        if check_deliveries(posts, council.alerts, ledger.alerts, messages).lost:
            quiet_until = 0.0
        elif quiet_until and time.monotonic() > quiet_until:
            break
        else:
            quiet_until = quiet_until or time.monotonic() + QUIET_SECONDS
        time.sleep(0.2)
    return messages


def request_table(ledger: Ledger, elapsed: float) -> Table:
    """Return the requests of each kind, and the milliseconds that a client waited for them."""
    table: Table = {}
    for kind in REQUEST_KINDS:
        seconds = sorted(ledger.seconds[kind])
        table[kind] = {
            "requests": len(seconds),
            "a second": len(seconds) / elapsed,
            **({"p50 ms": percentile(seconds, 50) * 1e3} if seconds else {}),
            **({"p99 ms": percentile(seconds, 99) * 1e3} if seconds else {}),
            "errors": ledger.errors[kind],
        }
    table[POST]["refused as outdated"] = ledger.conflicts
    count = sum(len(seconds) for seconds in ledger.seconds.values())
    errors = sum(ledger.errors.values())
    table["all"] = {"requests": count, "a second": count / elapsed, "errors": errors}
    return table


def check_table(ledger: Ledger, verdict: Verdict, lost_posts: int, dead: int) -> Table:
    """Return how often each promise was checked, and how often it did not hold."""
    posts = sum(map(len, ledger.versions.values()))
    late = sum(each > LATE_SECONDS for each in verdict.delays)
    came = len(verdict.delays)
    return {
        "alerts: none lost": _check(verdict.due, verdict.lost),
        "alerts: none twice": _check(verdict.due, verdict.twice),
        "alerts: none to another team": _check(came + verdict.undue, verdict.undue),
        f"{titles.IN_TIME} {LATE_SECONDS:.0f} s": _check(came, late),
        "acknowledged posts are in the next search": _check(
            ledger.searches_checked, ledger.searches_outdated
        ),
        "acknowledged posts are stored": _check(posts, lost_posts),
        "no dead letters": _check(verdict.due, dead),
    }


def delivery_row(verdict: Verdict) -> dict[str, float]:
    """Return delays in milliseconds; negative where the message came before the response."""
    if not verdict.delays:
        return {"messages": 0}
    return {
        "messages": len(verdict.delays),
        "p50 ms": percentile(verdict.delays, 50) * 1e3,
        "p99 ms": percentile(verdict.delays, 99) * 1e3,
        "max ms": verdict.delays[-1] * 1e3,
    }


def _check(checked: int, wrong: int) -> dict[str, float]:
    return {"checked": checked, "wrong": wrong}
