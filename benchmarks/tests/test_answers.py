"""Peers find what looking at every home finds; one that errs is caught."""

import pytest

from benchmarks.peers.answers import OF_THE_EARTH, Found, Truth, WrongAnswerError
from benchmarks.peers.arrays import BruteForce, KDTree
from benchmarks.peers.board import BoardPeer
from benchmarks.peers.sqlite_rtree import SQLiteRTree
from benchmarks.samples.homes import homes, searches
from benchmarks.search import Start

HOMES = homes(2_000, "england")
SEARCHES = searches(60, HOMES)
TRUTH = Truth(HOMES)


@pytest.mark.parametrize("start", [BoardPeer, BruteForce, KDTree, SQLiteRTree])
def test_a_peer_finds_what_looking_at_every_home_finds(start: Start) -> None:
    peer = start(HOMES)
    totals = 0
    for search in SEARCHES:
        found = peer.answer(search)
        TRUTH.check(peer.name, search, found, peer.tolerance)
        totals += found.total
    peer.close()
    assert totals > len(SEARCHES)


def _busy() -> tuple[int, Found]:
    """The search that finds most, and what it finds."""
    board = BoardPeer(HOMES)
    found = [board.answer(search) for search in SEARCHES]
    at = max(range(len(found)), key=lambda each: found[each].total)
    assert found[at].total > SEARCHES[at].wanted.limit
    return at, found[at]


def test_what_is_lost_counted_twice_moved_or_does_not_fit_is_caught() -> None:
    at, right = _busy()
    nearest = right.nearest
    outsider = next(row for row in range(len(HOMES)) if row not in dict(nearest))
    wrong = {
        "one too few": right._replace(total=right.total - 1),
        "a page too short": right._replace(nearest=nearest[:-1]),
        "the nearest left out": right._replace(nearest=[*nearest[1:], nearest[-1]]),
        "out of order": right._replace(nearest=nearest[::-1]),
        "another home": right._replace(nearest=[(outsider, nearest[0][1]), *nearest[1:]]),
        "another distance": right._replace(nearest=[(nearest[0][0], 49.0), *nearest[1:]]),
    }
    TRUTH.check("right", SEARCHES[at], right, OF_THE_EARTH)
    for name, found in wrong.items():
        with pytest.raises(WrongAnswerError):
            TRUTH.check(name, SEARCHES[at], found, OF_THE_EARTH)
