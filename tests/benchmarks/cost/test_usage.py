"""What a council does in a month, and how it says so itself."""

from pathlib import Path

import pytest

from benchmarks.cost.calls import alerts_of, month, teams_of
from benchmarks.cost.template import DAYS_A_MONTH
from benchmarks.cost.usage import UsageError, usage
from tests.benchmarks.cost.invented import STANDING


def test_every_number_has_its_reason() -> None:
    for name, each in usage().items():
        assert len(each.reason) > 5, name


def test_a_council_replaces_the_numbers_it_knows_better(tmp_path: Path) -> None:
    own = tmp_path / "ours.toml"
    own.write_text(
        'searches_per_team_and_day = 5\n[updates_per_home_and_day]\nvalue = 2\nreason = "counted"\n'
    )
    found = usage(own)
    assert found["updates_per_home_and_day"].value == 2
    assert found["updates_per_home_and_day"].reason == "counted"
    assert found["searches_per_team_and_day"].value == 5
    assert found["staff_per_home"] == usage()["staff_per_home"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("updates_per_hme = 1", "unknown updates_per_hme; expected one of updates_per_home"),
        ("staff_per_home = -1", "staff_per_home is -1; expected a number of 0 or more"),
        ("staff_per_home = true", "staff_per_home is True"),
        ("idle_minutes_until_cold = 0", "idle_minutes_until_cold is 0; expected more than 0"),
        ("staff_per_home = ", "cannot be read"),
    ],
)
def test_what_cannot_be_used_is_told_by_its_name(tmp_path: Path, written: str, said: str) -> None:
    own = tmp_path / "ours.toml"
    own.write_text(written)
    with pytest.raises(UsageError, match=said):
        usage(own)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"ours\.toml cannot be read"):
        usage(tmp_path / "ours.toml")


def test_a_month_of_300_homes_is_the_numbers_multiplied() -> None:
    found = month(usage(), STANDING, 300)
    assert found.actions["update"] == pytest.approx(300 * DAYS_A_MONTH)
    assert found.actions["view"] == pytest.approx(600 * DAYS_A_MONTH)
    assert found.actions["search"] == pytest.approx(6 * 60 * DAYS_A_MONTH)
    assert found.actions["alert"] == pytest.approx(300 * DAYS_A_MONTH * 0.2 * 2)
    assert found.people == 300 * 3 + 6 * 8 + 10
    assert found.reminders == pytest.approx(2 * DAYS_A_MONTH * 300 * 0.2)
    assert found.emails == pytest.approx(found.actions["alert"] * 4 + found.reminders)


def test_every_entry_of_the_log_calls_notify_once() -> None:
    found = month(usage(), STANDING, 300)
    written = found.actions["update"] + found.actions["confirm"] + found.changed_by_imports
    assert found.actions["entry"] + found.actions["alert"] == pytest.approx(written)


def test_however_few_homes_somebody_looks_for_beds_in_them() -> None:
    assert teams_of(usage(), 10) == 1
    assert alerts_of(usage(), 300) == 120
