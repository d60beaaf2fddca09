"""A search for a person goes through the deployed stack, and leaves counts that name no search."""

from datetime import UTC, datetime

import httpx
import pytest

from local.emulator.stack import LocalStack, table_of
from local.emulator.tokens import token
from shared.domain.demand import Cell, Span, Tally, period_of
from shared.domain.uk_time import uk_day
from shared.store import demand, keys
from tests.support import traces
from tests.support.deployed import start_anew
from tests.support.patience import eventually

TEAM = "shetland-demand"
CELLS = {Cell("ZE2", "transitional", need) for need in ("tracheostomy", "bariatric", "chc")}


@pytest.fixture(scope="module")
def week(stack: LocalStack) -> dict[Cell, Tally]:
    """Search once for a person, and return what is counted near there in that week."""
    start_anew(stack, "search")  # one that has just written waits for a minute
    period = period_of(uk_day(datetime.now(UTC)), Span.WEEK)
    table = table_of(stack)

    def counted() -> dict[Cell, Tally]:
        tallies = demand.tallies(table, period)
        return {cell: tally for cell, tally in tallies.items() if cell.district == "ZE2"}

    response = httpx.get(
        f"{stack.api_url}/vacancies",
        params={
            "near": "ZE2",
            "category": "transitional",
            "need": "tracheostomy,bariatric",
            "funding": "chc",
            "for_a_person": "true",
        },
        headers={"Authorization": f"Bearer {token(stack, [f'team:{TEAM}'])}"},
        timeout=30,
    )
    assert response.status_code == 200
    assert eventually(lambda: set(counted()) == CELLS)
    return counted()


def test_each_need_is_counted_once(week: dict[Cell, Tally]) -> None:
    assert week == dict.fromkeys(CELLS, Tally(1, 1))


@pytest.mark.usefixtures("week")
def test_no_item_joins_two_needs_or_names_the_team(stack: LocalStack) -> None:
    partition = keys.demand_counts(period_of(uk_day(datetime.now(UTC)), Span.WEEK).id)
    items = table_of(stack).query(
        "#pk = :pk", {":pk": partition}, ExpressionAttributeNames={"#pk": keys.PARTITION}
    )
    ours = [each for each in items if each[keys.SORT]["S"].startswith("ZE2#")]
    assert len(ours) == len(CELLS)
    parts = [each[keys.SORT]["S"].split("#") for each in ours]
    assert all(TEAM not in str(each) for each in ours)
    # What stands after the cell is another text in each.
    assert len({text for each in parts for text in each[3:]}) == 2 * len(CELLS)


@pytest.mark.usefixtures("week")
def test_no_log_line_names_a_need(stack: LocalStack) -> None:
    lines = traces.log_lines(stack)
    assert lines
    assert [line for line in lines if traces.named_in(line, ["tracheostomy", "bariatric"])] == []
