"""An opening fires exactly the alerts that wait for it, as brute force finds them."""

import random
import time
from collections.abc import Iterable
from dataclasses import replace
from math import cos, radians, sin

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from notify.alert_index import AlertIndex, Opening, openings
from shared.domain.alert import Alert
from shared.domain.beds import AdmissionStatus
from shared.domain.care_home import CareHome
from shared.domain.geo import miles_between
from shared.domain.vocabulary import AdmissionState, BedCategory, Feature, Rating, ServiceUserBand
from tests.notify import invented
from tests.notify.brute_force import on_no_edge, told
from tests.notify.invented import CLOSED
from tests.support.builders import NOON, REGISTER, counts, home

NURSING, DEMENTIA = BedCategory.GENERAL_NURSING, BedCategory.DEMENTIA_NURSING

ALERT = Alert(
    "exeter-discharge",
    "3f9c0d1e8a72",
    1,
    "EX2 5DW",
    REGISTER.latitude,
    REGISTER.longitude,
    10,
    NOON,
    categories=(NURSING,),
)


def book_of(listed: Iterable[Alert]) -> AlertIndex:
    book = AlertIndex()
    for alert in listed:
        book.put(alert.to_document())
    return book


def matched(book: AlertIndex, was: CareHome | None, becomes: CareHome) -> dict[str, set[str]]:
    """The ids that the book finds, none of them twice."""
    found = book.matches(was.to_document() if was else None, becomes.to_document())
    for fired in found.values():
        assert len(fired) == len({alert.alert_id for alert in fired})
    return {team: {alert.alert_id for alert in fired} for team, fired in found.items()}


def fires(alert: Alert, was: CareHome | None, becomes: CareHome) -> bool:
    return bool(matched(book_of([alert]), was, becomes))


@given(st.integers(0))
def test_the_book_finds_what_brute_force_finds(seed: int) -> None:
    dice = random.Random(seed)
    listed = invented.alerts(dice, 60)
    was = invented.home(dice)
    becomes = invented.later(dice, was)
    assume(on_no_edge(listed, becomes))
    book = book_of(listed)
    assert matched(book, was, becomes) == told(listed, was, becomes)
    assert matched(book, None, becomes) == told(listed, None, becomes)


def test_much_of_what_is_drawn_matches_and_much_does_not() -> None:
    """Or the test above says little."""
    found = []
    for seed in range(50):
        dice = random.Random(seed)
        listed = invented.alerts(dice, 60)
        was = invented.home(dice)
        found.append(sum(map(len, told(listed, was, invented.later(dice, was)).values())))
    assert sum(count > 0 for count in found) >= 25
    assert max(found) < 30


@given(
    st.floats(49.9, 60.8), st.floats(-8.6, 1.7), st.floats(0, 360), st.floats(0.01, 100),
    st.floats(0.5, 1.5),
)  # fmt: skip
def test_a_circle_anywhere_reaches_exactly_as_far_as_its_radius(
    latitude: float, longitude: float, bearing: float, radius: float, part: float
) -> None:
    """Homes all round, just within and just beyond."""
    alert = replace(ALERT, latitude=latitude, longitude=longitude, radius_miles=radius)
    there = moved(alert, bearing, radius * part)
    assume(on_no_edge([alert], there))
    inside = miles_between(alert.point, there.point) < radius
    assert fires(alert, None, there) == inside


def moved(alert: Alert, bearing: float, miles: float) -> CareHome:
    """A home with a vacancy, about so far away in that direction (degrees)."""
    north = miles * cos(radians(bearing)) / 69.0
    east = miles * sin(radians(bearing)) / (69.2 * cos(radians(alert.latitude)))
    latitude, longitude = alert.latitude + north, alert.longitude + east
    return home(register=replace(REGISTER, latitude=latitude, longitude=longitude))


@given(st.integers(0))
def test_the_book_forgets_what_was_deleted_and_what_was_replaced(seed: int) -> None:
    dice = random.Random(seed)
    first = invented.alerts(dice, 40)
    now = {(alert.team, alert.alert_id): alert for alert in first}
    book = book_of(first)
    for alert in dice.sample(first, 20):
        newer = replace(
            invented.alert(dice, 0), team=alert.team, alert_id=alert.alert_id, version=2
        )
        if dice.random() < 0.5:
            newer = dice.choice([alert.without(), alert.set_paused(True)])
        now[alert.team, alert.alert_id] = newer
        book.put(newer.to_document())
    becomes = invented.home(dice)
    assume(on_no_edge(list(now.values()), becomes))
    assert matched(book, None, becomes) == told(list(now.values()), None, becomes)
    assert len(book) == sum(not (each.deleted or each.paused) for each in now.values())


def test_a_deletion_of_an_unknown_alert_changes_nothing() -> None:
    assert len(book_of([ALERT.without()])) == 0


def test_a_paused_alert_does_not_fire_until_it_is_taken_up_again() -> None:
    book = book_of([ALERT, ALERT.set_paused(True)])
    assert matched(book, None, home(accepting=1)) == {}
    book.put(ALERT.set_paused(True).set_paused(False).to_document())
    assert matched(book, None, home(accepting=1)) == {ALERT.team: {ALERT.alert_id}}


def test_a_cleared_book_fires_nothing() -> None:
    book = book_of([ALERT])
    book.clear()
    assert matched(book, None, home()) == {}
    assert len(book) == 0


def test_an_opening_from_none_fires() -> None:
    assert fires(ALERT, home(accepting=0), home(accepting=1))


def test_a_confirmation_fires_nothing() -> None:
    assert not fires(ALERT, home(accepting=1), home(accepting=1).confirmed(NOON))


def test_more_beds_than_were_wanted_before_fire_nothing() -> None:
    assert not fires(ALERT, home(accepting=1), home(accepting=2))


def test_fewer_beds_fire_nothing() -> None:
    assert not fires(ALERT, home(accepting=2), home(accepting=1))


@pytest.mark.parametrize(
    ("was", "becomes", "expected"), [(0, 1, False), (0, 2, True), (1, 2, True), (2, 3, False)]
)
def test_an_alert_for_two_beds_fires_when_the_second_opens(
    was: int, becomes: int, *, expected: bool
) -> None:
    alert = replace(ALERT, beds=2)
    assert fires(alert, home(accepting=was), home(accepting=becomes)) is expected


@pytest.mark.parametrize(
    ("was", "becomes", "expected"),
    [(31, 39, False), (31, 40, True), (39, 60, True), (40, 41, False)],
)
def test_an_alert_for_very_many_beds_waits_beside_those_for_few(
    was: int, becomes: int, *, expected: bool
) -> None:
    book = book_of([ALERT, replace(ALERT, alert_id="3f9c0d1e8a73", beds=40)])
    found = matched(book, home(accepting=was), home(accepting=becomes))
    assert found == ({ALERT.team: {"3f9c0d1e8a73"}} if expected else {})
    book.put(replace(ALERT, alert_id="3f9c0d1e8a73", beds=40).without().to_document())
    assert matched(book, home(accepting=was), home(accepting=becomes)) == {}


def test_beds_of_two_categories_are_not_added_up() -> None:
    alert = replace(ALERT, beds=2, categories=())
    both = replace(home(), beds={NURSING: counts(1), DEMENTIA: counts(1)})
    assert not fires(alert, None, both)


def test_a_home_that_opens_again_fires_for_what_it_has() -> None:
    closed = replace(home(), admission_status=CLOSED)
    assert fires(ALERT, closed, home())
    assert not fires(ALERT, home(), closed)


def test_a_vacancy_posted_by_a_closed_home_fires_nothing() -> None:
    closed = replace(home(), admission_status=CLOSED)
    assert not fires(ALERT, replace(closed, beds={}), closed)


def test_another_category_fires_nothing() -> None:
    assert not fires(ALERT, None, home(category=DEMENTIA))


def test_an_alert_without_categories_fires_for_any() -> None:
    assert fires(replace(ALERT, categories=()), None, home(category=DEMENTIA))


def test_an_alert_for_two_categories_that_open_at_once_fires_once() -> None:
    alert = replace(ALERT, categories=(NURSING, DEMENTIA))
    both = replace(home(), beds={NURSING: counts(1), DEMENTIA: counts(1)})
    assert matched(book_of([alert]), None, both) == {ALERT.team: {ALERT.alert_id}}


@pytest.mark.parametrize(
    "particular",
    [
        {"service_user_bands": (ServiceUserBand.MENTAL_HEALTH,)},
        {"service_user_bands": (ServiceUserBand.DEMENTIA, ServiceUserBand.MENTAL_HEALTH)},
        {"features": (Feature.TRUSTED_ASSESSOR,)},
        {"min_rating": Rating.OUTSTANDING},
    ],
)
def test_a_home_that_lacks_what_is_wanted_fires_nothing(particular: dict[str, object]) -> None:
    assert not fires(replace(ALERT, **particular), None, home())  # type: ignore[arg-type]


@pytest.mark.parametrize("rating", [Rating.INADEQUATE, Rating.REQUIRES_IMPROVEMENT, Rating.GOOD])
def test_a_home_rated_as_well_as_wanted_or_better_fires(rating: Rating) -> None:
    assert fires(replace(ALERT, min_rating=rating), None, home())


def test_an_unrated_home_fires_only_where_no_rating_is_wanted() -> None:
    unrated = home(register=replace(REGISTER, rating=None))
    assert fires(ALERT, None, unrated)
    assert not fires(replace(ALERT, min_rating=Rating.INADEQUATE), None, unrated)


def test_openings_tell_what_rose_and_from_where() -> None:
    was = replace(home(), beds={NURSING: counts(1), DEMENTIA: counts(3)})
    becomes = replace(
        was,
        beds={NURSING: counts(2), DEMENTIA: counts(2), BedCategory.TRANSITIONAL: counts(1)},
        admission_status=AdmissionStatus(AdmissionState.OPEN),
    )
    assert openings(was.to_document(), becomes.to_document()) == [
        Opening(NURSING, 1, 2),
        Opening(BedCategory.TRANSITIONAL, 0, 1),
    ]


def test_ten_times_as_many_alerts_elsewhere_cost_nothing() -> None:
    """What is far away is not looked at: a thousand alerts or ten, a match takes about as long."""
    spread = random.Random(20261122)

    def filled(number: int) -> AlertIndex:
        return book_of(
            replace(
                ALERT,
                alert_id=f"{n:012x}",
                latitude=spread.uniform(54, 58),
                longitude=spread.uniform(-4, -2),
            )
            for n in range(number)
        )

    few, many = filled(200), filled(20_000)
    assert fastest(many) < 5 * fastest(few)


def fastest(book: AlertIndex) -> float:
    """Seconds for a match, undisturbed by what else the machine does."""
    becomes = home().to_document()

    def once() -> float:
        started = time.perf_counter()
        for _ in range(50):
            book.matches(None, becomes)
        return time.perf_counter() - started

    return min(once() for _ in range(10)) / 50
