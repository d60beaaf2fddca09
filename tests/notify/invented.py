"""Homes and alerts for Hypothesis to draw: few towns, few categories, so that much matches."""

from dataclasses import replace

from hypothesis import strategies as st

from shared.beds import AdmissionStatus, BedCounts
from shared.model import Alert, Home, ShopWindow
from shared.vocabulary import (
    AdmissionState,
    BedCategory,
    ClosureReason,
    Feature,
    Rating,
    Registration,
    ServiceUserBand,
)
from tests.examples import NOON, REGISTER

CATEGORIES = list(BedCategory)[:3]
BANDS = list(ServiceUserBand)[:2]
FEATURES = list(Feature)[:2]
TEAMS = ["exeter-discharge", "exeter", "plymouth"]

TOWNS = [(50.7167, -3.5062), (50.3755, -4.1427), (51.4545, -2.5879), (60.15, -1.15)]

CLOSED = AdmissionStatus(AdmissionState.CLOSED, ClosureReason.OUTBREAK)


def points() -> st.SearchStrategy[tuple[float, float]]:
    """Within 30 miles or so of a town."""
    near = st.floats(-0.4, 0.4)
    return st.tuples(st.sampled_from(TOWNS), near, near).map(
        lambda drawn: (drawn[0][0] + drawn[1], drawn[0][1] + drawn[2])
    )


def accepting(most: int = 3) -> st.SearchStrategy[dict[BedCategory, int]]:
    return st.dictionaries(st.sampled_from(CATEGORIES), st.integers(0, most), max_size=3)


@st.composite
def homes(draw: st.DrawFn, location_id: str = "1-9000000001") -> Home:
    """A home at version 1: open and registered, mostly."""
    latitude, longitude = draw(points())
    register = replace(
        REGISTER,
        latitude=latitude,
        longitude=longitude,
        rating=draw(st.none() | st.sampled_from(Rating)),
        service_user_bands=tuple(draw(st.lists(st.sampled_from(BANDS), unique=True))),
    )
    window = ShopWindow(features=tuple(draw(st.lists(st.sampled_from(FEATURES), unique=True))))
    return draw(later(Home(location_id, 0, register, window)))


@st.composite
def later(draw: st.DrawFn, home: Home) -> Home:
    """The next version of the home: other counts; once in a while closed or off the register."""
    counts = {
        category: BedCounts(10, 10 - free, 0, free, 0)
        for category, free in draw(accepting()).items()
    }
    one_in_four = st.sampled_from([False, False, False, True])
    return replace(
        home,
        version=home.version + 1,
        beds=counts,
        admission_status=CLOSED if draw(one_in_four) else AdmissionStatus(),
        register=replace(
            home.register,
            registration=Registration.DORMANT if draw(one_in_four) else Registration.ACTIVE,
        ),
    )


@st.composite
def alerts(draw: st.DrawFn, alert_id: str = "00000000000a") -> Alert:
    """Particular in one way or another, or in none."""
    latitude, longitude = draw(points())
    return Alert(
        team=draw(st.sampled_from(TEAMS)),
        alert_id=alert_id,
        version=1,
        near="EX2",
        latitude=latitude,
        longitude=longitude,
        radius_miles=draw(st.floats(0.01, 100) | st.sampled_from([1.0, 2.0, 16.0, 64.0, 100.0])),
        created_at=NOON,
        categories=tuple(draw(st.lists(st.sampled_from(CATEGORIES), unique=True, max_size=2))),
        beds=draw(st.sampled_from([1, 1, 2, 3])),
        service_user_bands=tuple(draw(st.lists(st.sampled_from(BANDS), max_size=1))),
        features=tuple(draw(st.lists(st.sampled_from(FEATURES), max_size=1))),
        min_rating=draw(st.none() | st.sampled_from(Rating)),
    )


def many_alerts(most: int = 30) -> st.SearchStrategy[list[Alert]]:
    """Each with an id of its own."""
    return st.lists(alerts(), max_size=most).map(
        lambda drawn: [
            replace(alert, alert_id=f"{number:012x}") for number, alert in enumerate(drawn)
        ]
    )
