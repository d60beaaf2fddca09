"""Sentences about the measurements, computed from the tables; none where a table is missing."""

from collections.abc import Iterator
from typing import Final

from benchmarks.report import titles
from benchmarks.report.tables import Tables, number
from benchmarks.report.targets import judge

BUSY: Final = 0.8
"""The share of a processor, or of all processors, from which it counts as the limit."""


def findings(tables: Tables) -> list[str]:
    """Return the sentences in the order of the page."""
    return [*_targets(tables), *_search(tables), *_growth(tables), *_load(tables)]


def _targets(tables: Tables) -> Iterator[str]:
    verdicts = judge(tables)
    measured = [(target, value) for target, value in verdicts if value is not None]
    missed = [(target, value) for target, value in measured if value > target.at_most]
    yield f"{len(measured) - len(missed)} of {len(measured)} measured targets are met."
    if missed:
        names = "; ".join(
            f"{target.figure} ({number(value)}, not {number(target.at_most)})"
            for target, value in missed
        )
        yield f"Missed: {names}."
    if unmeasured := [target.figure for target, value in verdicts if value is None]:
        yield f"Not measured: {'; '.join(unmeasured)}."


def _search(tables: Tables) -> Iterator[str]:
    layers = tables.get(titles.WARM_SEARCH_LAYERS, {})
    if layers:
        name, row = max(layers.items(), key=lambda each: each[1]["us"])
        yield f"Most of a warm search, {row['part of all']:.0%}, is {name}."
    for name, row in tables.get(titles.WARM_SEARCH_TRAFFIC, {}).items():
        if name != titles.SEARCH:
            yield (
                f"{_capitalised(name)}: {number(row['requests p50'])} requests a search at the"
                f" median, {number(row['requests p99'])} at the 99th percentile."
            )
    for title, table in tables.items():
        if title.startswith((titles.SEARCH_IN_MEMORY, titles.MATCHING)):
            bedboard, *peers = table
            best = min(peers, key=lambda each: table[each]["mean us"])
            ratio = table[bedboard]["mean us"] / table[best]["mean us"]
            yield f"{_capitalised(title)}: {number(ratio)} of the best peer, {best}."


def _growth(tables: Tables) -> Iterator[str]:
    for title, table in tables.items():
        if title.startswith(titles.GROWTH):
            exponents = [
                f"{name} {number(row[titles.EXPONENT])}"
                for name, row in table.items()
                if titles.EXPONENT in row
            ]
            if exponents:
                yield f"Exponents of the {title}: {', '.join(exponents)}."


def _load(tables: Tables) -> Iterator[str]:
    checks = tables.get(titles.LOAD_CHECKS)
    if not checks:
        return
    wrong = {name: row["wrong"] for name, row in checks.items() if row["wrong"]}
    errors = tables[titles.LOAD_REQUESTS]["all"]["errors"]
    checked = sum(row["checked"] for row in checks.values())
    if not wrong and not errors:
        yield (
            f"Under load nothing was lost, late or wrong in {number(checked)} checks, and no"
            " request failed."
        )
    else:
        names = "; ".join(f"{name}: {number(count)} wrong" for name, count in wrong.items())
        yield f"Under load {number(errors)} requests failed. {names}".strip()
    yield _limit(tables)


def _limit(tables: Tables) -> str:
    """Say what limits the throughput: a Python process keeps at most one processor busy."""
    rows = tables[titles.LOAD_PROCESSORS]
    busy = {name: row["processors busy"] for name, row in rows.items()}
    machine = busy.pop(titles.MACHINE)
    emulator, functions = busy[titles.EMULATOR], busy[titles.FUNCTIONS]
    text = (
        f"Under load the emulator's process kept {number(emulator)} processors busy, the functions"
        f" {number(functions)} in {rows[titles.FUNCTIONS]['processes']:.0f} processes, and the"
        f" clients {number(busy[titles.CLIENTS])}, of the {number(machine)} processors of this"
        " machine."
    )
    if emulator > functions:
        text += " The emulator does more for each request than the functions do."
    if emulator > BUSY:
        return f"{text} It is one process of Python, which limits the throughput."
    if sum(busy.values()) > BUSY * machine:
        return f"{text} They share the machine, which limits the throughput."
    alone = tables[titles.LOAD_ALONE]["search"]["p50 ms"]
    return (
        f"{text} None was busy: waiting limits the throughput. A client that has the stack to"
        f" itself waits {number(alone)} ms for a search, most of it for the emulator, which reads"
        " a function's logs for a while after each response."
    )


def _capitalised(text: str) -> str:
    return text[0].upper() + text[1:]
