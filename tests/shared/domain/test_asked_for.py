"""What a team asks for one person is there while the ask is open, and seven days longer."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.ask import ENDED_KEPT
from shared.domain.asked_for import FARTHEST_DAY, LONGEST_LIFE, AskedFor
from shared.domain.terms import Funding
from shared.domain.uk_time import uk_day
from shared.domain.vocabulary import BedCategory
from tests.support.builders import NOON

TODAY = uk_day(NOON)
SECOND = timedelta(seconds=1)
ASKED_FOR = AskedFor(
    "5e0b", "1-9000000001", BedCategory.GENERAL_NURSING, "exeter", NOON, TODAY, needs=("peg",)
)


def test_it_goes_seven_days_after_the_ask_ended() -> None:
    ended = ASKED_FOR.ended(NOON, "peg")
    assert (ended.refused_need, ended.version) == ("peg", 2)
    assert not ended.is_over(NOON + ENDED_KEPT - SECOND)
    assert ended.is_over(NOON + ENDED_KEPT)


def test_the_first_end_counts() -> None:
    ended = ASKED_FOR.ended(NOON)
    assert ended.ended(NOON + SECOND, "peg") is ended


def test_it_goes_also_if_nobody_wrote_down_the_end() -> None:
    assert not ASKED_FOR.is_over(NOON + LONGEST_LIFE)
    assert ASKED_FOR.is_over(NOON + LONGEST_LIFE + ENDED_KEPT)


@pytest.mark.parametrize(
    ("days", "fits"), [(-1, False), (0, True), (FARTHEST_DAY.days, True), (29, False)]
)
def test_the_day_is_one_of_the_next_four_weeks(days: int, fits: bool) -> None:
    asked_for = replace(ASKED_FOR, day=TODAY + timedelta(days=days))
    assert [each.field for each in asked_for.problems(TODAY)] == ([] if fits else ["day"])


def test_a_document_holds_all_of_it() -> None:
    whole = replace(ASKED_FOR, funding=Funding.CHC).ended(NOON, "peg")
    for each in (whole, ASKED_FOR):
        assert AskedFor.from_document(each.to_document()) == each
