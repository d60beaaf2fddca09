"""A home changes only by the rules, and its document is read as it was written."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.alert import Alert
from shared.domain.beds import AdmissionStatus, BedCounts
from shared.domain.care_home import CareHome, Register, ShopWindow
from shared.domain.errors import RefusedError
from shared.domain.vocabulary import (
    AdmissionState,
    BedCategory,
    ClosureReason,
    Feature,
    NotAvailableReason,
    Rating,
    Registration,
    ServiceUserBand,
)
from tests.support.builders import NOON, REGISTER, counts, home

SMALL = st.integers(0, 40)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2090, 1, 1)).map(
    lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000, tzinfo=UTC)
)
COUNTS = st.builds(
    lambda o, r, a, n, why, free: BedCounts(o + r + a + n, o, r, a, n, (why if n else None), free),
    SMALL,
    SMALL,
    SMALL,
    SMALL,
    st.sampled_from(NotAvailableReason),
    st.none() | st.dates(),
)
HOMES = st.builds(
    CareHome,
    location_id=st.just("1-9000000001"),
    version=st.integers(1, 10**6),
    register=st.builds(
        Register,
        registration=st.sampled_from(Registration),
        rating=st.none() | st.sampled_from(Rating),
        service_user_bands=st.lists(st.sampled_from(ServiceUserBand), unique=True).map(tuple),
    ),
    shop_window=st.builds(
        ShopWindow, features=st.lists(st.sampled_from(Feature), unique=True).map(tuple)
    ),
    beds=st.dictionaries(st.sampled_from(BedCategory), COUNTS),
    admission_status=st.just(AdmissionStatus())
    | st.builds(
        AdmissionStatus,
        st.just(AdmissionState.CLOSED),
        st.sampled_from(ClosureReason),
        st.none() | st.dates(),
    ),
    confirmed_at=st.none() | MOMENTS,
)


@given(HOMES)
def test_a_home_is_read_as_it_was_written(home: CareHome) -> None:
    assert CareHome.from_document(home.to_document()) == home


def test_an_alert_is_read_as_it_was_written() -> None:
    alert = Alert(
        "exeter",
        "3f9c",
        1,
        "EX2",
        50.7,
        -3.5,
        10,
        NOON,
        (BedCategory.GENERAL_NURSING,),
        2,
        (ServiceUserBand.DEMENTIA,),
        (Feature.PETS,),
        Rating.GOOD,
    )
    for each in (
        alert,
        alert.delete(),
        alert.set_paused(True),
        replace(alert, min_rating=None),
    ):
        assert Alert.from_document(each.to_document()) == each


@given(st.dictionaries(st.sampled_from(BedCategory), COUNTS), MOMENTS)
def test_accepted_counts_add_up(beds: dict[BedCategory, BedCounts], now: datetime) -> None:
    beds = {category: replace(each, available_from=None) for category, each in beds.items()}
    before = home()
    try:
        after = before.update(beds, None, now)
    except RefusedError:
        return
    assert after.version == before.version + 1
    assert after.confirmed_at == (now if beds else before.confirmed_at)
    assert sum(each.maximum_capacity for each in after.beds.values()) <= 30
    for each in after.beds.values():
        assert each.maximum_capacity == (
            each.occupied + each.reserved + each.accepting + each.not_available
        )


def test_a_home_without_registered_beds_has_a_general_limit() -> None:
    unknown = home(register=replace(REGISTER, registered_beds=None))
    many = {BedCategory.TRANSITIONAL: counts(0, of=900)}
    assert unknown.update(many, None, NOON).beds[BedCategory.TRANSITIONAL].occupied == 900


@pytest.mark.parametrize("days", [-1, 367])
def test_dates_in_the_past_or_far_ahead_are_refused(days: int) -> None:
    day: date = NOON.date() + timedelta(days=days)
    with pytest.raises(RefusedError) as refused:
        home().update(
            {BedCategory.TRANSITIONAL: replace(counts(0), available_from=day)},
            AdmissionStatus(AdmissionState.CLOSED, ClosureReason.OTHER, day),
            NOON,
        )
    assert {problem.field for problem in refused.value.problems} == {
        "beds.transitional.available_from",
        "admission_status.expected_date",
    }
