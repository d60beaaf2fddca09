"""Demand in the table: counts, which only the publisher reads, and the published tables."""

import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple

from shared.domain.demand import Cell, Count, Period, Span, Tally, period_of
from shared.store import keys
from shared.store.readable import readable, sort_key
from shared.store.table import Item, Table

COUNTS_KEPT: Final = timedelta(days=70)
"""After the end of their period: longer than one that was missed may still be published."""
PUBLISHED_KEPT: Final = timedelta(days=400)


class Published(NamedTuple):
    """The published table of a period: the figure of each cell."""

    period: Period
    cells: Mapping[Cell, int]


def write(table: Table, count: Count, span: Span) -> None:
    """Write a count; writing it again changes nothing. Raises BusyError.

    Each count lies in one period, whatever other span the council chooses later.
    """
    period = period_of(count.day, span)
    team, team_and_day = count.tokens(period)
    table.put(
        {
            keys.PARTITION: {"S": keys.demand_counts(period.id)},
            keys.SORT: {"S": keys.demand_count(*count.cell, team, team_and_day)},
            keys.EXPIRES: _seconds(period, COUNTS_KEPT),
        }
    )


def tallies(table: Table, period: Period) -> dict[Cell, Tally]:
    """Count what was written for a period. Raises BusyError."""
    teams: dict[Cell, list[str]] = {}
    pages = table.query(
        "#pk = :pk",
        {":pk": keys.demand_counts(period.id)},
        ExpressionAttributeNames={"#pk": keys.PARTITION},
    )
    for item in pages:
        district, category, need, team, _ = item[keys.SORT]["S"].split("#")
        teams.setdefault(Cell(district, category, need), []).append(team)
    return {cell: Tally(len(each), len(set(each))) for cell, each in teams.items()}


def publish(table: Table, period: Period, cells: Mapping[Cell, int]) -> bool:
    """Publish the table of a period; return False if it is published already, and stays so.

    Raises BusyError.
    """
    text = json.dumps([[*cell, counts] for cell, counts in cells.items()], separators=(",", ":"))
    item = {
        keys.PARTITION: {"S": keys.DEMAND},
        keys.SORT: {"S": keys.published_demand(period.last, period.id)},
        "first": {"S": period.first.isoformat()},
        "span": {"S": period.span.value},
        "text": {"B": zlib.compress(text.encode())},
        keys.EXPIRES: _seconds(period, PUBLISHED_KEPT),
    }
    return table.put_new(item)


def newest(table: Table, report_unreadable: Callable[[str], None]) -> Published | None:
    """Return the newest published table that can be read, usually in one small request.

    For `report_unreadable` see `all_published`. Raises BusyError.
    """
    return next(_published(table, report_unreadable, Limit=1), None)


def all_published(table: Table, report_unreadable: Callable[[str], None]) -> list[Published]:
    """Return every published table, the newest first. Raises BusyError.

    One that cannot be read is left out: its sort key is given to `report_unreadable`, within an
    `except` block.
    """
    return list(_published(table, report_unreadable))


def _published(
    table: Table, report_unreadable: Callable[[str], None], **limit: int
) -> Iterator[Published]:
    newest_first = table.pages(
        "#pk = :pk",
        {":pk": keys.DEMAND},
        ExpressionAttributeNames={"#pk": keys.PARTITION},
        ScanIndexForward=False,
        **limit,
    )
    for page in newest_first:
        yield from readable(page.items, _read, sort_key, report_unreadable)


def _read(item: Item) -> Published:
    first, span = date.fromisoformat(item["first"]["S"]), Span(item["span"]["S"])
    rows = json.loads(zlib.decompress(item["text"]["B"]))
    return Published(period_of(first, span), {Cell(*cell): counts for *cell, counts in rows})


def _seconds(period: Period, kept: timedelta) -> dict[str, str]:
    return {"N": str(int((period.end + kept).timestamp()))}
