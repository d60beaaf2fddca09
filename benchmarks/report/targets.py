"""The targets: where each figure is in the tables, and what it may be at most."""

from typing import Final, NamedTuple

from benchmarks.report import titles
from benchmarks.report.tables import Table, Tables, number


class Target(NamedTuple):
    """A figure and its limit: `table` begins a table's name, row `a / b` divides two rows."""

    figure: str
    table: str
    row: str
    column: str
    at_most: float


_WARM = titles.WARM_SEARCH
_ENGLAND = f"{titles.SEARCH_IN_MEMORY}, England"
_WORLD = f"{titles.SEARCH_IN_MEMORY}, the world"
_CROWDED = f"{titles.SEARCH_IN_MEMORY}, half a million in England"
_MANY_ALERTS = f"{titles.MATCHING}, 100,000 alerts"
_BARE = "search / one bare boto3 Query"
_CHECKS = titles.LOAD_CHECKS
_COLD_LOAD = "cold load, 15,000 homes"

TARGETS: Final = (
    Target(
        "DynamoDB requests of a warm search",
        titles.WARM_SEARCH_TRAFFIC,
        "search",
        "requests max",
        1,
    ),
    Target(
        "warm search / cell index, mean", _WARM, "search / cells, one resolution", "mean us", 1 / 40
    ),
    Target("warm search / bare Query, p50", _WARM, _BARE, "p50 us", 1.3),
    Target("warm search / bare Query, p99", _WARM, _BARE, "p99 us", 2),
    Target("board / PostGIS at 15,000, mean", _ENGLAND, "board / PostGIS", "mean us", 0.2),
    Target("board / cKDTree at 15,000, mean", _ENGLAND, "board / scipy cKDTree", "mean us", 1),
    Target(
        "eight needs, board / no needs, mean",
        titles.NEEDS_BOARD,
        f"{titles.EVERY_FIT} / {titles.NO_NEEDS}",
        "mean us",
        1.5,
    ),
    Target(
        "eight needs, handler without SDK / no needs, mean",
        titles.NEEDS_WHOLE,
        f"{titles.EVERY_FIT} / {titles.NO_NEEDS}",
        "mean us",
        1.25,
    ),
    Target(
        "eight needs, DynamoDB requests of a warm search",
        titles.NEEDS_TRAFFIC,
        titles.EVERY_FIT,
        "requests max",
        1,
    ),
    Target(
        "eight needs, board / PostGIS with arrays, mean",
        titles.NEEDS_PEERS,
        "board / PostGIS, arrays",
        "mean us",
        0.2,
    ),
    Target("board / PostGIS, the world, p99", _WORLD, "board / PostGIS", "p99 us", 0.5),
    Target("board / PostGIS, crowded England, p99", _CROWDED, "board / PostGIS", "p99 us", 0.5),
    Target(
        "match / PostGIS by centres, 100,000 alerts, mean",
        _MANY_ALERTS,
        "alert index / PostGIS, by centres",
        "mean us",
        1 / 30,
    ),
    Target(
        "match / PostGIS by boxes, 100,000 alerts, mean",
        _MANY_ALERTS,
        "alert index / PostGIS, by boxes",
        "mean us",
        1 / 30,
    ),
    Target(
        "cold start of search / naive imports and clients",
        "cold start, 1,000 homes",
        "search / the same imports, clients as usual",
        "cpu ms",
        0.7,
    ),
    Target(
        "numpy or S3 client in search", "cold start, 1,000 homes", "search", "numpy or S3 loaded", 0
    ),
    Target("cold load of 15,000 homes, requests", _COLD_LOAD, "with a snapshot", "requests", 8),
    Target("cold load of 15,000 homes, client ms", _COLD_LOAD, "with a snapshot", "client ms", 400),
    Target("postcode lookup, us", "postcode lookup", "postcode table", "mean us", 10),
    Target("postcode lookup, requests", "postcode lookup", "postcode table", "requests", 0),
    Target(
        "memory of search with 15,000 homes, MB", _COLD_LOAD, "with a snapshot", "process MB", 128
    ),
    Target(
        "growth of a warm search with homes outside, exponent",
        titles.FAR_HOMES_GROWTH,
        "search",
        "exponent",
        0.1,
    ),
    Target("load: requests that failed", titles.LOAD_REQUESTS, "all", "errors", 0),
    Target("load: alerts lost", _CHECKS, "alerts: none lost", "wrong", 0),
    Target("load: alerts delivered twice", _CHECKS, "alerts: none twice", "wrong", 0),
    Target("load: alerts delivered late", _CHECKS, "alerts: within 5 s", "wrong", 0),
    Target(
        "load: acknowledged posts missed by the next search",
        _CHECKS,
        "acknowledged posts are in the next search",
        "wrong",
        0,
    ),
    Target("load: acknowledged posts lost", _CHECKS, "acknowledged posts are stored", "wrong", 0),
)


def judge(tables: Tables) -> list[tuple[Target, float | None]]:
    """Return each target with its measured figure; None where its peer was left out."""
    return [(target, _figure(tables, target)) for target in TARGETS]


def broken_promises(tables: Tables) -> list[str]:
    """Return what did not hold under load, of what must hold however slow the machine is."""
    return [
        f"{promise}: {row['wrong']:.0f} of {row['checked']:.0f} wrong"
        for promise, row in tables.get(titles.LOAD_CHECKS, {}).items()
        if row["wrong"] and not promise.startswith(titles.IN_TIME)
    ]


def target_table(tables: Tables) -> str:
    """Write each target, its measured figure, and whether it is met, as Markdown."""
    lines = ["| figure | at most | measured | |", "| --- | ---: | ---: | --- |"]
    for target, value in judge(tables):
        verdict = (
            "not measured" if value is None else "met" if value <= target.at_most else "MISSED"
        )
        lines.append(
            f"| {target.figure} | {number(target.at_most)} | {number(value)} | {verdict} |"
        )
    return "\n".join(lines)


def _figure(tables: Tables, target: Target) -> float | None:
    table: Table = next(
        (rows for name, rows in tables.items() if name.startswith(target.table)), {}
    )
    values = [table.get(row, {}).get(target.column) for row in target.row.split(" / ")]
    if None in values:
        return None
    value, *others = (each for each in values if each is not None)
    return value / others[0] if others else value
