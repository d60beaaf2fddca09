"""Bank holidays are those that gov.uk lists for England and Wales."""

from datetime import date

import pytest
from dateutil.easter import easter

from shared.domain.bank_holidays import bank_holidays, is_bank_holiday

PUBLISHED = {
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
}
"""From gov.uk/bank-holidays (Open Government Licence)."""


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_days_are_those_that_were_published(year: int) -> None:
    days = {date.fromisoformat(f"{year}-{day}") for day in PUBLISHED[year].split()}
    assert bank_holidays(year) == days


@pytest.mark.parametrize("year", range(1978, 2100))
def test_every_year_has_eight_working_days_around_easter_and_christmas(year: int) -> None:
    days = bank_holidays(year)
    assert len(days) == 8
    assert all(day.weekday() < 5 for day in days)
    sunday = easter(year)
    assert {day for day in days if abs((day - sunday).days) <= 2} == {
        date.fromordinal(sunday.toordinal() - 2),
        date.fromordinal(sunday.toordinal() + 1),
    }


def test_a_holiday_at_a_weekend_is_made_up_for() -> None:
    assert not is_bank_holiday(date(2027, 12, 25))
    assert is_bank_holiday(date(2027, 12, 27))
    assert is_bank_holiday(date(2027, 12, 28))
    assert is_bank_holiday(date(2028, 1, 3))
