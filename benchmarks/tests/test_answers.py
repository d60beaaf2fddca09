"""Every peer finds what looking at every home finds, and the check catches wrong answers."""

import pytest

from benchmarks.peers.answers import OF_THE_EARTH, Answer, Truth, WrongAnswerError
from benchmarks.peers.arrays import BruteForce, KDTree
from benchmarks.peers.board import BoardPeer
from benchmarks.peers.sqlite_rtree import SQLiteRTree
from benchmarks.samples.homes import sample_homes, sample_searches
from benchmarks.search import Start

HOMES = sample_homes(2_000, "england")
SEARCHES = sample_searches(60, HOMES)
TRUTH = Truth(HOMES)


@pytest.mark.parametrize("start", [BoardPeer, BruteForce, KDTree, SQLiteRTree])
def test_peers_find_what_looking_at_every_home_finds(start: Start) -> None:
    peer = start(HOMES)
    totals = 0
    for search in SEARCHES:
        answer = peer.answer(search)
        TRUTH.check(peer.name, search, answer, peer.tolerance)
        totals += answer.total
    peer.close()
    assert totals > len(SEARCHES)


def _largest() -> tuple[int, Answer]:
    """Return the search that finds most, by its number, and its answer."""
    board = BoardPeer(HOMES)
    answers = [board.answer(search) for search in SEARCHES]
    at = max(range(len(answers)), key=lambda each: answers[each].total)
    assert answers[at].total > SEARCHES[at].query.limit
    return at, answers[at]


def test_wrong_totals_homes_orders_and_distances_are_caught() -> None:
    at, right = _largest()
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
    for name, answer in wrong.items():
        with pytest.raises(WrongAnswerError):
            TRUTH.check(name, SEARCHES[at], answer, OF_THE_EARTH)
