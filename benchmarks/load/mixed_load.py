"""A mixed load on the deployed stack: how much it takes, and whether all that must hold does."""

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from benchmarks.load.clients import KINDS_OF_REQUEST, POST, SEARCH, Alerter, Poster, Searcher
from benchmarks.load.council import Council, Message, dead_letters, founded, received
from benchmarks.load.deliveries import Saved, Verdict, judged
from benchmarks.load.ledger import Ledger
from benchmarks.load.processors import Reading, busy
from benchmarks.meter.timing import percentile
from benchmarks.report.tables import Say, Table, Tables
from benchmarks.samples.homes import searches
from benchmarks.scale import Scale
from local.emulator.stack import running
from shared.store import homes

SEARCHERS, POSTERS = 3, 3
ASKED_ALONE: Final = 20
BEGUN_WITHIN_SECONDS: Final = 60
LATE_SECONDS: Final = 5.0
TOLD_WITHIN_SECONDS: Final = 60
QUIET_SECONDS: Final = 2.0
"""So long after the last that is due there is listened for what should not come."""

ALONE: Final = "load, a client that has the stack to itself"
KINDS: Final = "load, by kind of request"
HELD: Final = "load, what must hold"
TOLD: Final = "load, from an acknowledgement to the message in a team's queue"
BUSY: Final = "load, processors"


def run(scale: Scale, folder: Path, say: Say) -> Tables:
    """Requests answered, what was lost, late or wrong, and who kept the processors busy."""
    with running(folder / "stack") as stack:
        say("load: filling the stack")
        council = founded(stack)
        ledger = Ledger()
        for row in council.standing():
            ledger.alert_saved(council.alert(row).alert_id, Saved(row, 0.0, 0.0))
        asked = [each.without_age() for each in searches(200, council.homes)]
        clients: list[Searcher | Poster | Alerter] = [
            *(Searcher(council, ledger, number, asked) for number in range(SEARCHERS)),
            *(Poster(council, ledger, 100 + number) for number in range(POSTERS)),
            Alerter(council, ledger, 200),
        ]
        waits = alone(clients[0], ledger)
        say(f"load: {len(clients)} clients, {scale.load_seconds} s")
        processors, elapsed = driven(clients, ledger, scale.load_seconds, stack.pid)
        say("load: waiting for the last messages")
        messages = awaited(council, ledger)
        verdict = judged(ledger.posted, council.alerts, ledger.alerts, messages)
        kept = {each: homes.load(council.table, each) for each in ledger.versions}
        for failure in ledger.failures:
            say(f"load: failed: {failure}")
        return {
            ALONE: waits,
            KINDS: by_kind(ledger, elapsed),
            HELD: held(ledger, verdict, ledger.lost(kept), dead_letters(council)),
            TOLD: {"message": told(verdict)},
            BUSY: processors,
        }


def alone(client: Searcher | Poster | Alerter, ledger: Ledger) -> Table:
    """What one waits for where nobody else asks: less than that no client of the load waits."""
    client.step()
    ledger.counting = True
    for _ in range(ASKED_ALONE):
        client.step()
    ledger.counting = False
    took = sorted(ledger.took.pop(SEARCH))
    return {SEARCH: {"requests": len(took), "p50 ms": percentile(took, 50) * 1e3}}


def driven(
    clients: Sequence[Searcher | Poster | Alerter], ledger: Ledger, seconds: int, emulator: int
) -> tuple[Table, float]:
    """Every client at work until the time is over. It begins when all have had their first
    answers, for which functions start cold: those are held to all that must hold, not timed."""
    stop = threading.Event()
    begun = threading.Barrier(len(clients) + 1)

    def keep_on(client: Searcher | Poster | Alerter) -> None:
        try:
            client.step()
            begun.wait(BEGUN_WITHIN_SECONDS)
            while not stop.wait(client.step()):
                pass
        finally:
            client.close()

    with ThreadPoolExecutor(len(clients)) as pool:
        try:
            work = [pool.submit(keep_on, client) for client in clients]
            begun.wait(BEGUN_WITHIN_SECONDS)
            before, ledger.counting = Reading.of(emulator), True
            time.sleep(seconds)
            after, ledger.counting = Reading.of(emulator), False
        finally:
            stop.set()
            begun.abort()
        for each in work:
            each.result()
    return busy(before, after), after.at - before.at


def awaited(council: Council, ledger: Ledger) -> list[Message]:
    """All that the teams were told, once nothing that is due is missing or time is over."""
    messages: list[Message] = []
    deadline = time.monotonic() + TOLD_WITHIN_SECONDS
    quiet = 0.0
    while time.monotonic() < deadline:
        messages += received(council)
        if judged(ledger.posted, council.alerts, ledger.alerts, messages).lost:
            quiet = 0.0
        elif quiet and time.monotonic() > quiet:
            break
        else:
            quiet = quiet or time.monotonic() + QUIET_SECONDS
        time.sleep(0.2)
    return messages


def by_kind(ledger: Ledger, elapsed: float) -> Table:
    """Milliseconds as a client waits for them."""
    table: Table = {}
    for kind in KINDS_OF_REQUEST:
        took = sorted(ledger.took[kind])
        table[kind] = {
            "requests": len(took),
            "a second": len(took) / elapsed,
            **({"p50 ms": percentile(took, 50) * 1e3} if took else {}),
            **({"p99 ms": percentile(took, 99) * 1e3} if took else {}),
            "errors": ledger.errors[kind],
        }
    table[POST]["refused as outdated"] = ledger.conflicts
    count = sum(len(took) for took in ledger.took.values())
    errors = sum(ledger.errors.values())
    table["all"] = {"requests": count, "a second": count / elapsed, "errors": errors}
    return table


def held(ledger: Ledger, verdict: Verdict, lost: int, dead: int) -> Table:
    """How often each thing was looked at, and how often it did not hold."""
    updates = sum(map(len, ledger.versions.values()))
    late = sum(each > LATE_SECONDS for each in verdict.delays)
    return {
        "openings told: none lost": {"looked at": verdict.due, "wrong": verdict.lost},
        "openings told: none twice": {"looked at": verdict.due, "wrong": verdict.twice},
        "openings told: to nobody else": {
            "looked at": len(verdict.delays) + verdict.not_due,
            "wrong": verdict.not_due,
        },
        f"openings told: within {LATE_SECONDS:.0f} s": {
            "looked at": len(verdict.delays),
            "wrong": late,
        },
        "acknowledged posts are in the next search": {
            "looked at": ledger.looked_for,
            "wrong": ledger.missed,
        },
        "acknowledged posts are kept": {"looked at": updates, "wrong": lost},
        "nothing put aside as undeliverable": {"looked at": verdict.due, "wrong": dead},
    }


def told(verdict: Verdict) -> dict[str, float]:
    """Milliseconds; below 0 where the message was there before the poster had its answer."""
    if not verdict.delays:
        return {"messages": 0}
    return {
        "messages": len(verdict.delays),
        "p50 ms": percentile(verdict.delays, 50) * 1e3,
        "p99 ms": percentile(verdict.delays, 99) * 1e3,
        "max ms": verdict.delays[-1] * 1e3,
    }
