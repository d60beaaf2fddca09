"""The council reads how often its list was right, and a home how often its own listings were."""

import csv
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from local.emulator.stack import LocalStack, table_of
from shared.aws.clock import SYSTEM
from shared.domain.author import Author
from shared.domain.outcome import CallResult, Outcome, Shown
from shared.domain.vocabulary import BedCategory
from shared.store import outcomes
from tests.web.conftest import DESKTOP, PHONE, Visit, World
from tests.web.pages import axe_violations, resize, scrolls_sideways, small_targets

DISABLED = BedCategory.YOUNG_PHYSICALLY_DISABLED
"""No other test of this stack calls about such beds."""

MOST_INTERACTIONS = 1


def record(
    stack: LocalStack,
    home: str,
    result: CallResult,
    *,
    reporter: str = "a",
    audit_day: str | None = None,
) -> None:
    """Record a call about a bed that a home listed two days ago."""
    now = datetime.now(UTC)
    shown = Shown(home, DISABLED, now - timedelta(days=2), 1, 0.95)
    outcome = Outcome(1, shown, reporter, result, now, now, audit_day=audit_day)
    author = Author("someone", f"request-{home}-{reporter}")
    outcomes.record(table_of(stack), SYSTEM, outcome, author, home_name="Larkrise House")


@pytest.fixture(scope="module")
def audited(stack: LocalStack) -> None:
    for number in range(12):
        result = CallResult.GONE if number == 0 else CallResult.PURSUING
        record(stack, f"1-73{number:08d}", result, audit_day="2026-01-05")


@pytest.mark.usefixtures("audited")
def test_an_officer_reads_how_often_the_list_was_right_in_one_interaction(
    visit: Visit, world: World
) -> None:
    page = visit("/council.html", world.person("council"), size=DESKTOP)
    interactions = (page.get_by_role("link", name="How often the list was right").click,)
    assert len(interactions) <= MOST_INTERACTIONS
    for interaction in interactions:
        interaction()
    expect(page.get_by_role("heading", level=1)).to_have_text("How often the list was right")
    by_category = page.get_by_role("table", name="How often the list was right: by kind of bed")
    row = by_category.get_by_role("row").filter(has_text="Young physically disabled")
    expect(row.get_by_role("cell").first).to_contain_text("92% 72% to 99%, 12 calls")
    # The calls of other tests are in it, too.
    expect(page.get_by_text("still had a bed when the council telephoned.")).to_be_visible()
    expect(page.get_by_text("Do not quote this as how often the list is right.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download rates (CSV)").press("Enter")
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    rows = [row[1:7] for row in csv.reader(io.StringIO(text))]
    kind = ["category", "Young physically disabled", "council", "bed there", "12", "0.9167"]
    assert kind in rows
    assert axe_violations(page) == []
    resize(page, *PHONE)
    assert axe_violations(page) == []
    assert not scrolls_sideways(page)
    assert small_targets(page) == []
    resize(page, 320, 256)  # 400 % zoom


def test_nobody_but_the_council_sees_the_rates(visit: Visit, world: World) -> None:
    page = visit("/truth.html", world.person("team:exeter-discharge"))
    expect(page.get_by_role("heading", name="You cannot use this page")).to_be_visible()
    expect(page.get_by_role("link", name="How often the list was right")).to_have_count(0)


def test_a_home_and_nobody_else_reads_its_own_rate_on_its_page(
    visit: Visit, world: World, stack: LocalStack
) -> None:
    home = world.home()
    for number in range(10):
        result = CallResult.GONE if number == 0 else CallResult.PURSUING
        record(stack, home, result, reporter=f"team {number}")
    page = visit(f"/home.html?id={home}", world.carer(home), ready="h1")
    page.locator("summary", has_text="How often your listings were right").press("Enter")
    expect(page.get_by_text("Teams found a bed in 9 of 10 calls.")).to_be_visible()
    expect(page.get_by_text("Only your home’s staff and the council see this.")).to_be_visible()
    assert axe_violations(page) == []
