"""A home changes only by the rules, and its document is read as it was written."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.alert import Alert
from shared.domain.beds import AdmissionStatus, BedCounts
from shared.domain.care_home import CareHome, Register
from shared.domain.chance import FillRecord
from shared.domain.declaration import Declaration
from shared.domain.errors import OutdatedError, RefusedError
from shared.domain.home_before import CarriedPart, HomeBefore, LastInSearch
from shared.domain.needs import Answer
from shared.domain.posts import Posts
from shared.domain.promises import Promises
from shared.domain.shop_window import ShopWindow
from shared.domain.terms import Funding, Terms
from shared.domain.vocabulary import (
    AdmissionState,
    BedCategory,
    ClosureReason,
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
    shop_window=st.builds(ShopWindow, website=st.none() | st.just("https://larkrise.example.org")),
    beds=st.dictionaries(st.sampled_from(BedCategory), COUNTS),
    admission_status=st.just(AdmissionStatus())
    | st.builds(
        AdmissionStatus,
        st.just(AdmissionState.CLOSED),
        st.sampled_from(ClosureReason),
        st.none() | st.dates(),
    ),
    admission_status_at=st.none() | MOMENTS,
    confirmed_at=st.none() | MOMENTS,
    posts=st.builds(
        Posts,
        st.dictionaries(st.sampled_from(BedCategory), MOMENTS),
        st.dictionaries(
            st.sampled_from(BedCategory),
            st.builds(FillRecord, st.integers(0, 40), st.floats(0, 900)),
        ),
    ),
    home_before=st.none()
    | st.builds(
        HomeBefore,
        location_id=st.just("1-9000000002"),
        carried=st.lists(st.sampled_from(CarriedPart), unique=True).map(tuple),
        building=st.just(()) | st.just(("en_suite",)),
        said=st.builds(
            Promises,
            st.builds(
                ShopWindow,
                weekly_fee_from=st.none() | st.just(950),
                description=st.none() | st.just("By the river."),
            ),
            st.builds(
                Declaration,
                st.just({}) | st.just({"pet": Answer.YES}),
                terms=st.builds(Terms, st.none() | st.just(()) | st.just((Funding.CHC,))),
            ),
        ),
        vacancies_at=st.none() | MOMENTS,
        last_in_search=st.none()
        | st.builds(LastInSearch, MOMENTS, st.just({"general_nursing": 2})),
    ),
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
        Rating.GOOD,
        ("pet",),
        Funding.CHC,
    )
    for each in (
        alert,
        alert.delete(),
        alert.set_paused(True, NOON),
        alert.set_paused(True, NOON).set_paused(False, NOON + timedelta(hours=1)),
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
    assert after.confirmed_at == (max(now, NOON) if beds else NOON)
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


TODAY = NOON.date()
PASSED, AHEAD = TODAY - timedelta(days=40), TODAY + timedelta(days=4)
SHUT = AdmissionStatus(AdmissionState.CLOSED, ClosureReason.OUTBREAK, PASSED)


def promising() -> CareHome:
    """Return a closed home with three promised days: two have passed."""
    beds = {
        BedCategory.GENERAL_NURSING: replace(counts(0), available_from=PASSED),
        BedCategory.TRANSITIONAL: replace(counts(0), available_from=AHEAD),
    }
    return replace(home(), beds=beds, admission_status=SHUT)


def days_of(home: CareHome) -> list[date | None]:
    announced = [each.available_from for each in home.beds.values()]
    return [*announced, home.admission_status.expected_date]


def test_confirming_drops_the_days_that_have_passed() -> None:
    assert days_of(promising().confirm(NOON)) == [None, AHEAD, None]


def test_what_a_home_holds_can_be_posted_back_when_its_days_have_passed() -> None:
    before = promising()
    after = before.update(before.beds, before.admission_status, NOON)
    assert days_of(after) == [None, AHEAD, None]
    assert after.admission_status.status is AdmissionState.CLOSED


def test_new_counts_of_one_category_drop_the_passed_days_of_all() -> None:
    after = promising().update({BedCategory.DEMENTIA_NURSING: counts(1)}, None, NOON)
    assert days_of(after) == [None, AHEAD, None, None]


def test_closing_alone_confirms_no_counts_and_their_days_stay() -> None:
    after = promising().update({}, SHUT, NOON)
    assert days_of(after) == [PASSED, AHEAD, None]
    assert after.confirmed_at == NOON


@pytest.mark.parametrize(("hour", "accepted"), [(22, True), (23, False)])
def test_a_day_is_over_at_midnight_in_london(hour: int, accepted: bool) -> None:
    summer = datetime(2026, 7, 1, hour, 30, tzinfo=UTC)
    beds = {BedCategory.TRANSITIONAL: replace(counts(0), available_from=date(2026, 7, 1))}
    if accepted:
        assert home().update(beds, None, summer)
    else:
        with pytest.raises(RefusedError):
            home().update(beds, None, summer)


def test_a_slower_clock_does_not_take_a_confirmation_back() -> None:
    earlier = NOON - timedelta(seconds=5)
    assert home().confirm(earlier).confirmed_at == NOON
    assert home().update({BedCategory.TRANSITIONAL: counts(1)}, None, earlier).confirmed_at == NOON
    shut = home().update({}, replace(SHUT, expected_date=None), NOON)
    assert shut.update({}, AdmissionStatus(), earlier).admission_status_at == NOON


def test_what_was_seen_before_the_home_closed_is_outdated() -> None:
    closed_at = NOON + timedelta(hours=1)
    shut = home().update({}, replace(SHUT, expected_date=None), closed_at)
    assert shut.confirmed_at == NOON
    with pytest.raises(OutdatedError):
        shut.require_no_word_since(closed_at - timedelta(seconds=1))
    assert shut.require_no_word_since(closed_at) is shut
