"""Sentences on what was measured, worked out from the tables; none where a table is not there."""

from collections.abc import Iterator

from benchmarks import growth, warm_search
from benchmarks.load import mixed_load as load
from benchmarks.load.processors import MACHINE
from benchmarks.peers.search_function import Handler
from benchmarks.report.tables import Tables, number
from benchmarks.report.targets import judged

BUSY_ENOUGH = 0.8
"""Of all processors: who finds so many taken waits for them."""


def findings(tables: Tables) -> list[str]:
    """In the order of the page."""
    return [*_targets(tables), *_search(tables), *_growth(tables), *_load(tables)]


def _targets(tables: Tables) -> Iterator[str]:
    verdicts = judged(tables)
    measured = [(target, value) for target, value in verdicts if value is not None]
    missed = [(target, value) for target, value in measured if value > target.at_most]
    yield f"{len(measured) - len(missed)} of {len(measured)} targets measured are met."
    if missed:
        named = "; ".join(
            f"{target.figure} ({number(value)}, not {number(target.at_most)})"
            for target, value in missed
        )
        yield f"Missed: {named}."
    if unmeasured := [target.figure for target, value in verdicts if value is None]:
        yield f"Not measured here: {'; '.join(unmeasured)}."


def _search(tables: Tables) -> Iterator[str]:
    layers = tables.get(warm_search.BY_LAYER, {})
    if layers:
        name, row = max(layers.items(), key=lambda each: each[1]["us"])
        yield f"Most of a warm search, {_percent(row['part of all'])}, is {name}."
    wire = tables.get(warm_search.WIRE, {})
    for name, row in wire.items():
        if name != Handler.name:
            yield (
                f"{name[0].upper()}{name[1:]}: {number(row['requests p50'])} requests a search in"
                f" the middle, {number(row['requests p99'])} at the 99th percentile."
            )
    for title, table in tables.items():
        if title.startswith(("search in memory", "match of an opening")):
            own, *peers = table
            best = min(peers, key=lambda each: table[each]["mean us"])
            ratio = table[own]["mean us"] / table[best]["mean us"]
            yield f"{title[0].upper()}{title[1:]}: {number(ratio)} of the best peer, {best}."


def _growth(tables: Tables) -> Iterator[str]:
    for title, table in tables.items():
        if title.startswith("growth"):
            fitted = {
                name: row[growth.EXPONENT] for name, row in table.items() if growth.EXPONENT in row
            }
            if fitted:
                named = ", ".join(f"{name} {number(value)}" for name, value in fitted.items())
                yield f"Exponents of the {title}: {named}."


def _load(tables: Tables) -> Iterator[str]:
    held = tables.get(load.HELD)
    if not held:
        return
    wrong = {name: row["wrong"] for name, row in held.items() if row["wrong"]}
    errors = tables[load.KINDS]["all"]["errors"]
    looked = sum(row["looked at"] for row in held.values())
    if not wrong and not errors:
        yield (
            f"Under load nothing was lost, late or wrong in {number(looked)} looks, and no request"
            " failed."
        )
    else:
        named = "; ".join(f"{name}: {number(count)} wrong" for name, count in wrong.items())
        yield f"Under load {number(errors)} requests failed. {named}".strip()
    yield _limit(tables)


def _limit(tables: Tables) -> str:
    """Who sets the throughput: a process of Python keeps at most one processor busy."""
    busy = tables[load.BUSY]
    shares = {name: row["processors busy"] for name, row in busy.items()}
    machine = shares.pop(MACHINE)
    used = sum(shares.values())
    alone = tables[load.ALONE]["search"]["p50 ms"]
    emulator, functions = shares["the emulator"], shares["the functions"]
    said = (
        f"Under load the emulator's process kept {number(emulator)} processors busy, the functions"
        f" {number(functions)} in {busy['the functions']['processes']:.0f} processes, the clients"
        f" {number(shares['the clients'])}, of {number(machine)} that this machine has."
    )
    if emulator > functions:
        said += " The emulator does more for each request than the functions do."
    if emulator > BUSY_ENOUGH:
        said += " It is one process of Python, and can do no more: throughput is its limit."
    elif used > BUSY_ENOUGH * machine:
        said += " They share the machine with it: throughput is the machine's limit."
    else:
        said += (
            " Nobody was kept busy: throughput is set by waiting. A client that has the stack to"
            f" itself already waits {number(alone)} ms for a search, most of it for the emulator,"
            " which listens for a while after each answer for what a function may still log."
        )
    return said


def _percent(part: float) -> str:
    return f"{part:.0%}"
