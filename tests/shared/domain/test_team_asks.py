"""A team waits for six answers at most, wherever it asks."""

import pytest

from shared.domain.errors import ConflictError
from shared.domain.team_asks import MOST_ASKS, AskPlace, TeamAsks
from shared.domain.vocabulary import BedCategory


def ask(number: int) -> AskPlace:
    return AskPlace(f"1-900000000{number}", BedCategory.GENERAL_NURSING, f"ask-{number}")


SIX = [ask(number) for number in range(MOST_ASKS)]


def after_six() -> TeamAsks:
    asks = TeamAsks("exeter")
    for each in SIX:
        asks = asks.with_ask(each, SIX)
    return asks


def test_a_seventh_ask_is_refused_while_six_wait() -> None:
    with pytest.raises(ConflictError, match="6 answers already"):
        after_six().with_ask(ask(7), SIX)


def test_an_ask_that_ended_makes_room_and_is_forgotten() -> None:
    asks = after_six().with_ask(ask(7), SIX[1:])
    assert asks.asks == (*SIX[1:], ask(7))
    assert asks.version == MOST_ASKS + 1


def test_an_ask_that_is_there_is_not_there_twice() -> None:
    asks = after_six()
    assert asks.with_ask(SIX[0], SIX) is asks


def test_a_document_holds_all_of_it() -> None:
    for asks in (TeamAsks("exeter"), after_six()):
        assert TeamAsks.from_document(asks.to_document()) == asks
