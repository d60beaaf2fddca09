"""What is to be reached, as data: where each figure is found, and what it may be at most."""

from typing import Final, NamedTuple

from benchmarks.report.tables import Tables


class Target(NamedTuple):
    """A figure and its limit; `table` begins a table's name, row `a / b` is a ratio of two rows."""

    figure: str
    table: str
    row: str
    column: str
    at_most: float


_WARM = "warm search, processor time of the client"
_ENGLAND = "search in memory, England"
_WORLD = "search in memory, the world"
_CROWDED = "search in memory, half a million in England"
_BARE = "search / one bare boto3 Query"
_HELD = "load, what must hold"
_COLD_LOAD = "cold load, 15,000 homes"

TARGETS: Final = (
    Target(
        "DynamoDB requests of a warm search",
        "warm search, on the wire",
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
    Target("board / PostGIS, the world, p99", _WORLD, "board / PostGIS", "p99 us", 0.5),
    Target("board / PostGIS, crowded England, p99", _CROWDED, "board / PostGIS", "p99 us", 0.5),
    Target(
        "match / PostGIS by centres, 100,000 alerts, mean",
        "match of an opening, 100,000 alerts",
        "alert book / PostGIS, by centres",
        "mean us",
        1 / 30,
    ),
    Target(
        "match / PostGIS by boxes, 100,000 alerts, mean",
        "match of an opening, 100,000 alerts",
        "alert book / PostGIS, by boxes",
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
    Target("cold load of 15,000 homes, requests", _COLD_LOAD, "search", "requests", 8),
    Target("cold load of 15,000 homes, client ms", _COLD_LOAD, "search", "client ms", 400),
    Target("postcode lookup, us", "postcode lookup", "postcode table", "mean us", 10),
    Target("postcode lookup, requests", "postcode lookup", "postcode table", "requests", 0),
    Target("memory of search with 15,000 homes, MB", _COLD_LOAD, "search", "process MB", 128),
    Target(
        "growth of a warm search with homes outside, exponent",
        "growth of a warm search with homes outside the circle",
        "search",
        "exponent",
        0.1,
    ),
    Target("load: requests that failed", "load, by kind of request", "all", "errors", 0),
    Target("load: openings not told", _HELD, "openings told: none lost", "wrong", 0),
    Target("load: openings told twice", _HELD, "openings told: none twice", "wrong", 0),
    Target("load: openings told late", _HELD, "openings told: within 5 s", "wrong", 0),
    Target(
        "load: acknowledged posts missed by the next search",
        _HELD,
        "acknowledged posts are in the next search",
        "wrong",
        0,
    ),
    Target("load: acknowledged posts lost", _HELD, "acknowledged posts are kept", "wrong", 0),
)


def judged(tables: Tables) -> list[tuple[Target, float | None]]:
    """Each target with what was measured; None where it was not, as a peer is not here."""
    return [(target, _measured(tables, target)) for target in TARGETS]


def _measured(tables: Tables, target: Target) -> float | None:
    table = next((rows for name, rows in tables.items() if name.startswith(target.table)), {})
    values = [table.get(row, {}).get(target.column) for row in target.row.split(" / ")]
    if None in values:
        return None
    value, *others = (each for each in values if each is not None)
    return value / others[0] if others else value
