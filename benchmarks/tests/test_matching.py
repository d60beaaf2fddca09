"""Peers without a server find the alerts that checking each alert finds."""

import pytest

from benchmarks import matching
from benchmarks.peers.alert_index import AlertIndexPeer
from benchmarks.peers.alerts_sqlite import SQLiteAlerts
from benchmarks.peers.answers import WrongAnswerError
from benchmarks.samples.alerts import firing_alerts, sample_alerts, sample_openings
from benchmarks.samples.homes import sample_homes
from notify.opening import Opening

HOMES = sample_homes(1_000, "england")
ALERTS = sample_alerts(3_000, HOMES)
OPENINGS = sample_openings(30, HOMES)


def test_a_sample_opening_frees_beds_in_one_category() -> None:
    for opening in OPENINGS:
        for reach in Opening(opening.previous, opening.document).reaches:
            assert (reach.before, reach.accepting) == (opening.free_before, opening.free)


def test_peers_find_the_alerts_that_checking_each_finds() -> None:
    starts: list[matching.Start] = [AlertIndexPeer, SQLiteAlerts]
    spreads = matching.compare(ALERTS, OPENINGS, starts, rounds=1)
    assert list(spreads) == ["alert index", "SQLite R*Tree"]
    assert any(firing_alerts(ALERTS, opening) for opening in OPENINGS)


def test_a_peer_that_misses_an_alert_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = AlertIndexPeer.answer
    monkeypatch.setattr(
        AlertIndexPeer, "answer", lambda peer, opening: set(sorted(answer(peer, opening))[1:])
    )
    with pytest.raises(WrongAnswerError):
        matching.compare(ALERTS, OPENINGS, [AlertIndexPeer], rounds=1)
