"""The use of a month follows from a council's numbers."""

from pathlib import Path

import pytest

from benchmarks.cost.month import alerts_of, month, teams_of
from benchmarks.cost.template import DAYS_PER_MONTH
from benchmarks.cost.usage import UsageError, read_usage
from tests.benchmarks.cost.round_figures import TEMPLATE


def test_every_number_has_its_reason() -> None:
    for name, each in read_usage().items():
        assert len(each.reason) > 5, name


def test_a_council_replaces_some_numbers(tmp_path: Path) -> None:
    own = tmp_path / "ours.toml"
    own.write_text(
        'searches_per_team_and_day = 5\n[updates_per_home_and_day]\nvalue = 2\nreason = "counted"\n'
    )
    counts = read_usage(own)
    assert counts["updates_per_home_and_day"].value == 2
    assert counts["updates_per_home_and_day"].reason == "counted"
    assert counts["searches_per_team_and_day"].value == 5
    assert counts["staff_per_home"] == read_usage()["staff_per_home"]


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("updates_per_hme = 1", "unknown number updates_per_hme. Use one of: updates_per_home"),
        ("staff_per_home = -1", "staff_per_home is -1. It must be a number of 0 or more"),
        ("staff_per_home = true", "staff_per_home is True"),
        ("idle_minutes_until_cold = 0", "idle_minutes_until_cold is 0. It must be more than 0"),
        ("staff_per_home = ", "cannot be read"),
    ],
)
def test_an_unusable_number_is_named(tmp_path: Path, written: str, message: str) -> None:
    own = tmp_path / "ours.toml"
    own.write_text(written)
    with pytest.raises(UsageError, match=message):
        read_usage(own)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"ours\.toml cannot be read"):
        read_usage(tmp_path / "ours.toml")


def test_a_month_of_300_homes_multiplies_the_numbers() -> None:
    counts = month(read_usage(), TEMPLATE, 300)
    assert counts.actions["update"] == pytest.approx(300 * DAYS_PER_MONTH)
    assert counts.actions["view"] == pytest.approx(600 * DAYS_PER_MONTH)
    assert counts.actions["search"] == pytest.approx(6 * 60 * DAYS_PER_MONTH)
    assert counts.actions["alert"] == pytest.approx(300 * DAYS_PER_MONTH * 0.2 * 2)
    assert counts.people == 300 * 3 + 6 * 8 + 10
    assert counts.reminders == pytest.approx(2 * DAYS_PER_MONTH * 300 * 0.2)
    assert counts.actions["near_misses"] == pytest.approx(counts.actions["search"] * 0.5)
    endings = 6 * 20 * 0.3
    to_teams = counts.actions["alert"] + endings
    assert counts.emails == pytest.approx(to_teams * 4 + counts.reminders)
    assert counts.text_messages == pytest.approx(to_teams)


def test_every_log_entry_calls_notify_once() -> None:
    counts = month(read_usage(), TEMPLATE, 300)
    written = counts.actions["update"] + counts.actions["confirm"] + counts.changed_by_imports
    written += counts.actions["snapshot"]  # each comes with a heartbeat
    assert counts.actions["entry"] + counts.actions["alert"] == pytest.approx(written)


def test_there_is_always_at_least_one_team() -> None:
    assert teams_of(read_usage(), 10) == 1
    assert alerts_of(read_usage(), 300) == 120
