"""Keys sort as time does and give back what they were made of."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from shared.store import keys

MOMENTS = st.datetimes(
    min_value=datetime(2020, 1, 1),
    max_value=datetime(2090, 1, 1),
    timezones=st.just(UTC),
)


@given(MOMENTS, MOMENTS)
def test_stamps_sort_as_time_does(one: datetime, other: datetime) -> None:
    assert (keys.stamp(one) < keys.stamp(other)) == (one < other)


@given(MOMENTS)
def test_a_change_is_in_one_of_the_days_around_it(moment: datetime) -> None:
    around = keys.change_days(moment - timedelta(seconds=10), moment + timedelta(seconds=8))
    assert keys.change_day(moment) in around
    assert len(around) <= 2


def test_a_day_is_the_utc_day() -> None:
    summer = timezone(timedelta(hours=1))
    assert keys.change_day(datetime(2026, 7, 1, 0, 30, tzinfo=summer)) == "CHANGE#2026-06-30"


def test_the_subject_and_version_of_an_entry_can_be_read_from_its_key() -> None:
    moment = datetime(2026, 1, 5, tzinfo=UTC)
    home = keys.change(moment, "home", "1-9000000001", 7)
    alert = keys.change(moment, "alert", keys.alert("exeter", "3f9c"), 2)
    assert keys.subject_of_change(home) == ("home", "1-9000000001", 7)
    assert keys.subject_of_change(alert) == ("alert", "exeter#3f9c", 2)
    record = keys.request_record("1-9000000001", "hoist")
    entry = keys.change(moment, "request_record", record, 3)
    assert keys.subject_of_change(entry) == ("request_record", "1-9000000001#hoist", 3)
