"""Audits draw as the product does, and know what is true of everything that they draw from."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from shared.domain.audit import draw_calls, listings_shown
from shared.domain.outcome import CallResult
from shared.domain.truth import tally_of
from shared.search_index.board import Board
from simulation.auditing import Audit
from simulation.council import Council
from simulation.parameters import Auditing, Parameters, changed
from simulation.posting import post
from tests.support.simulated_home import home

MONDAY = date(2026, 1, 5)
NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
ALL_ANSWER = Auditing(audits=2, uncalled=0.0, unanswered=0.0)


@pytest.fixture
def council(parameters: Parameters) -> Council:
    """Return ten homes that list a bed three days before, of which four have none any more."""
    homes = [home(number, number) for number in range(1, 11)]
    council = Council(homes, changed(parameters, {"beds.occupied": 0.9}), Random(1), MONDAY)
    for number, each in enumerate(homes):
        (beds,) = each.groups
        beds.occupied, beds.withheld = 9, 0
        post(each, Board(lambda _home, _today: ""), NOW - timedelta(days=3), Random(1), 0.0)
        beds.occupied = 10 if number < 4 else 9
    return council


def test_each_audit_calls_two_listings_of_the_draw(council: Council) -> None:
    audit = Audit(council, ALL_ANSWER, "example", Random(1))
    audit.call(MONDAY, NOW)
    keys = listings_shown(each.said.to_document() for each in council.homes)
    drawn = [call.listing.location_id for call in draw_calls("example", MONDAY, keys, 4)]
    called = [[each.shown.location_id for each in outcomes] for outcomes in audit.outcomes]
    assert called == [drawn[:2], drawn[2:]]


def test_a_call_finds_what_is_true(council: Council) -> None:
    audit = Audit(council, Auditing(5, 0.0, 0.0), "example", Random(1))
    audit.call(MONDAY, NOW)
    everything = tally_of(outcome for outcomes in audit.outcomes for outcome in outcomes)
    assert (everything.there, everything.gone) == (6, 4)
    assert (audit.listed, audit.there) == ({"3-7": 10}, {"3-7": 6})


def test_nobody_is_called_at_a_weekend(council: Council) -> None:
    audit = Audit(council, ALL_ANSWER, "example", Random(1))
    audit.call(MONDAY - timedelta(days=1), NOW)
    assert audit.outcomes == [[], []]
    assert not audit.listed


def test_some_are_not_called_and_some_do_not_answer(council: Council) -> None:
    nobody_calls = Audit(council, Auditing(2, 1.0, 0.0), "example", Random(1))
    nobody_answers = Audit(council, Auditing(2, 0.0, 1.0), "example", Random(1))
    for audit in (nobody_calls, nobody_answers):
        audit.call(MONDAY, NOW)
    assert nobody_calls.outcomes == [[], []]
    results = {each.result for outcomes in nobody_answers.outcomes for each in outcomes}
    assert results == {CallResult.NO_ANSWER}
