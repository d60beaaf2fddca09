"""Teams report some of their calls, and of one listing each team reports one."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from shared.domain.outcome import CallResult
from shared.search_index.board import Board
from simulation.homes import BedGroup
from simulation.outcomes import Reports, reports_as_assumed
from simulation.posting import post
from simulation.teams import Call, CallOutcome
from tests.support.simulated_home import home

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)


@pytest.fixture
def beds() -> BedGroup:
    """Return a bed that its home has listed."""
    (beds,) = home(1, 0).groups
    beds.occupied = 9
    post(beds.home, Board(lambda _home, _today: ""), NOW, Random(1), 0.0)
    return beds


def results(reports: Reports) -> Sequence[CallResult]:
    return [outcome.result for outcome in reports.outcomes]


def test_a_call_is_reported_by_what_it_met(beds: BedGroup) -> None:
    reports = reports_as_assumed(1.0, 1.0, Random(1))
    for team, met in enumerate(CallOutcome):
        reports.note(team, [Call(met, 1.0, beds)], NOW)
    assert results(reports) == [
        CallResult.PURSUING,
        CallResult.GONE,
        CallResult.NOT_FOR_THIS_PERSON,
        CallResult.NOT_FOR_THIS_PERSON,
    ]


def test_of_one_listing_each_team_reports_one_call(beds: BedGroup) -> None:
    reports = reports_as_assumed(1.0, 1.0, Random(1))
    declined, gone = Call(CallOutcome.DECLINED, 1.0, beds), Call(CallOutcome.GONE, 1.0, beds)
    reports.note(1, [declined, gone], NOW)
    reports.note(2, [gone], NOW)
    assert results(reports) == [CallResult.NOT_FOR_THIS_PERSON, CallResult.GONE]
    later = NOW + timedelta(days=1)
    post(beds.home, Board(lambda _home, _today: ""), later, Random(1), 0.0)
    reports.note(1, [gone], later)
    assert results(reports)[2:] == [CallResult.GONE]


def test_bad_news_is_reported_as_often_as_assumed(beds: BedGroup) -> None:
    reports = reports_as_assumed(0.2, 0.6, Random(1))
    for team in range(3000):
        met = CallOutcome.GONE if team % 2 else CallOutcome.DECLINED
        reports.note(team, [Call(met, 1.0, beds)], NOW)
    found = results(reports)
    assert found.count(CallResult.NOT_FOR_THIS_PERSON) == pytest.approx(300, abs=50)
    assert found.count(CallResult.GONE) == pytest.approx(900, abs=60)


def test_a_home_that_lists_nothing_said_nothing_wrong(beds: BedGroup) -> None:
    beds.listed = 0
    reports = reports_as_assumed(1.0, 1.0, Random(1))
    reports.note(1, [Call(CallOutcome.ACCEPTED, 1.0, beds)], NOW)
    assert reports.outcomes == []
