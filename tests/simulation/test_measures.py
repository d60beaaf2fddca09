"""Figures follow from what was counted."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from shared.domain.posts import Posts
from shared.domain.vocabulary import BedCategory
from simulation.council import Council
from simulation.homes import draw_homes
from simulation.measures import Measures, total
from simulation.parameters import Parameters
from simulation.places import Country
from simulation.rates import Rates
from simulation.teams import Call, CallOutcome
from tests.support.simulated_home import home

MONDAY = datetime(2026, 1, 5, 12, tzinfo=UTC)
(BEDS,) = home(1, 0).groups
GONE = Call(CallOutcome.GONE, 2.0, BEDS)
CANNOT = Call(CallOutcome.CANNOT_MEET, 3.0, BEDS)
ACCEPTED = Call(CallOutcome.ACCEPTED, 6.0, BEDS)


def counted() -> Measures:
    """Return two placements: one after a wasted day, one at the first call."""
    measures = Measures(listed=10, listed_wrongly=1, bed_days=100, occupied_days=86, admissions=1)
    measures.rates = Rates(audits=4)
    measures.note_calls([GONE, CANNOT, CANNOT], waited_days=0)
    measures.note_calls([CANNOT, ACCEPTED], waited_days=1)
    measures.note_calls([ACCEPTED], waited_days=0)
    return measures


def test_figures_are_for_each_placement() -> None:
    figures = counted().figures()
    assert figures.placed == 2
    assert figures.calls == 3.0
    assert figures.wasted_calls == 2.0
    assert figures.wasted[CallOutcome.GONE] == 0.5
    assert figures.wasted[CallOutcome.CANNOT_MEET] == 1.5
    assert figures.days_to_placement == 0.5
    assert figures.miles == 6.0


def test_truth_is_about_listings_and_fit_about_calls_that_met_a_bed() -> None:
    figures = counted().figures()
    assert figures.truth == pytest.approx(0.9)
    assert figures.fit == pytest.approx(2 / 5)


def test_days_without_calls_count_nothing() -> None:
    measures = Measures()
    measures.note_calls([], waited_days=3)
    assert measures == Measures()


def test_years_add_up() -> None:
    both = total([counted(), counted()])
    assert both.placed == 4
    assert both.calls == Counter({each: 2 * n for each, n in counted().calls.items()})
    assert both.figures().calls == counted().figures().calls
    assert both.figures().occupied == counted().figures().occupied
    assert both.rates.audits == 8


def test_a_day_counts_beds_and_listings_that_are_wrong(small: Parameters) -> None:
    homes = draw_homes(Random(1), small, Country.draw(Random(1), small.places), 0.0)
    council = Council(homes, small, Random(1), date(2026, 1, 5))
    for group in council.groups:
        group.occupied, group.withheld, group.listed = group.capacity, 0, 0
    true, wrong, withheld = council.groups[:3]
    true.occupied -= 2
    for group in (true, wrong):
        group.listed = 1
        posts = Posts(dict.fromkeys(BedCategory, datetime(2026, 1, 5, 12, tzinfo=UTC)))
        group.home.said = replace(group.home.said, posts=posts)
    withheld.occupied -= 1
    withheld.withheld = 1
    measures = Measures()
    measures.note_beds(council, datetime(2026, 1, 12, 12, tzinfo=UTC))
    assert (measures.listed, measures.listed_wrongly) == (2, 1)
    assert measures.bed_days - measures.occupied_days == 3
    assert measures.not_admittable_days == 1
    (figures,) = measures.calibration.figures().values()
    assert (figures.listings, figures.seen) == (2, 0.5)
    assert figures.said == pytest.approx(0.77, abs=0.005)


def test_listings_that_are_called_very_likely_count_by_themselves(small: Parameters) -> None:
    (beds,) = home(1, 0).groups
    council = Council([beds.home], small, Random(1), date(2026, 1, 5))
    beds.home.said = replace(beds.home.said, posts=Posts({beds.category: MONDAY}))
    measures = Measures()
    for listed, occupied in ((5, 5), (5, 10), (1, 9), (1, 10)):
        beds.listed, beds.occupied, beds.withheld = listed, occupied, 0
        measures.note_beds(council, MONDAY + timedelta(days=7))
    assert (measures.likely, measures.likely_wrongly) == (2, 1)
    assert measures.listed == 4


def test_posts_of_a_single_bed_that_is_not_there_are_counted() -> None:
    (beds,) = home(1, 0).groups
    measures = Measures()
    for listed, occupied in ((1, 9), (1, 10), (2, 9), (0, 10)):
        beds.listed, beds.occupied = listed, occupied
        measures.note_post([beds])
    assert (measures.single_posts, measures.single_posts_wrong) == (2, 1)
