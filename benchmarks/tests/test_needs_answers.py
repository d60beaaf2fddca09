"""Every peer divides homes by their answers as looking at each answer does, or is caught."""

import pytest

from benchmarks.peers.answers import OF_THE_EARTH, WrongAnswerError
from benchmarks.peers.needs_answers import NeedsArrays, NeedsBoard, NeedsTruth
from benchmarks.samples.homes import sample_homes
from benchmarks.samples.needs_searches import ASKED, sample_plain_searches, with_needs
from shared.search_index.query import Sort

HOMES = sample_homes(2_000, "england")
SEARCHES = with_needs(sample_plain_searches(60, HOMES), sort=Sort.DISTANCE)
TRUTH = NeedsTruth(HOMES)


def test_peers_find_what_looking_at_every_answer_finds() -> None:
    asked = 0
    for peer in (NeedsBoard(HOMES), NeedsArrays(HOMES)):
        for search in SEARCHES:
            answer = peer.answer(search)
            TRUTH.check(peer.name, search, answer, peer.tolerance)
            asked += answer.totals[1]
    assert asked > len(SEARCHES)


def test_wrong_totals_and_fits_are_caught() -> None:
    board = NeedsBoard(HOMES)
    search = max(SEARCHES, key=lambda each: sum(board.answer(each).totals))
    right = board.answer(search)
    yes, ask, no = right.totals
    (row, miles, fit), *others = right.nearest
    TRUTH.check("right", search, right, OF_THE_EARTH)
    for wrong in (
        right._replace(totals=(yes, ask - 1, no + 1)),
        right._replace(totals=(yes + 1, ask, no)),
        right._replace(nearest=[(row, miles, (fit + 1) % 3), *others]),
    ):
        with pytest.raises(WrongAnswerError):
            TRUTH.check("wrong", search, wrong, OF_THE_EARTH)


def test_searches_ask_for_eight_different_needs() -> None:
    assert all(len(set(each.query.requirements.needs)) == ASKED == 8 for each in SEARCHES)
    assert with_needs(SEARCHES) == with_needs(SEARCHES)
