"""Every matcher that needs no server fires the alerts that looking at each would fire."""

import pytest

from benchmarks import matching
from benchmarks.peers.alert_book import AlertBookPeer
from benchmarks.peers.alerts_sqlite import SQLiteAlerts
from benchmarks.peers.answers import WrongAnswerError
from benchmarks.samples.alerts import alerts, fired, openings
from benchmarks.samples.homes import homes
from notify.alert_index import openings as opened

HOMES = homes(1_000, "england")
WAITING = alerts(3_000, HOMES)
OPENINGS = openings(30, HOMES)


def test_an_opening_opens_its_category_and_no_other() -> None:
    for opening in OPENINGS:
        (only,) = opened(opening.was, opening.becomes)
        assert (only.was, only.accepting) == (opening.free_before, opening.free)


def test_matchers_fire_what_looking_at_each_alert_fires() -> None:
    starts: list[matching.Start] = [AlertBookPeer, SQLiteAlerts]
    spreads = matching.compared(WAITING, OPENINGS, starts, rounds=1)
    assert list(spreads) == ["alert book", "SQLite R*Tree"]
    assert any(fired(WAITING, opening) for opening in OPENINGS)


def test_a_matcher_that_forgets_an_alert_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = AlertBookPeer.answer
    monkeypatch.setattr(
        AlertBookPeer, "answer", lambda peer, opening: set(sorted(answer(peer, opening))[1:])
    )
    with pytest.raises(WrongAnswerError):
        matching.compared(WAITING, OPENINGS, [AlertBookPeer], rounds=1)
