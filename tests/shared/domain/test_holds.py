"""Teams ask for a home's free beds: one asks at a time, the others queue, the home decides."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from shared.domain.admission_hours import Day
from shared.domain.ask import ENDED_KEPT, LONGEST_HOLD, QUEUED_FOR, Ask, AskState, DeclineReason
from shared.domain.ask_list import GRANTED_AFTER, AskList
from shared.domain.errors import ConflictError, NotFoundError, RefusedError
from shared.domain.holds import Holds, news
from shared.domain.offer import Offer, Situation
from shared.domain.vocabulary import BedCategory
from shared.domain.working_hours import ANSWER_TIME, WorkingHours
from shared.store.change_log import CLOCK_SKEW
from tests.support.builders import NOON

ALWAYS = WorkingHours.read(" ".join([*Day, "00:00-24:00"]))
ONE_BED = Offer(1, reserved=0, occupied=9, said_at=NOON)
TWO_BEDS = ONE_BED._replace(accepting=2, occupied=8)
NOBODY = Holds("1-9000000001", BedCategory.GENERAL_NURSING)
SECOND = timedelta(seconds=1)
DEADLINE = NOON + ANSWER_TIME
UNTIL = NOON + timedelta(hours=24)


def at(now: datetime = NOON, offer: Offer = ONE_BED) -> Situation:
    return Situation(now, offer, ALWAYS)


def asked(*teams: str, offer: Offer = ONE_BED) -> Holds:
    """Return the holds after these teams asked one after the other, each with its name as id."""
    holds = NOBODY
    for team in teams:
        holds = holds.ask(team, team, at(offer=offer))
    return holds


def states(holds: Holds) -> dict[str, AskState]:
    return {ask.ask_id: ask.state for ask in holds.asks}


def test_the_first_ask_holds_the_bed_and_the_next_three_queue() -> None:
    holds = asked("exeter", "torbay", "plymouth", "truro")
    (first,) = holds.asks.asked
    assert (first.team, first.ends_at) == ("exeter", DEADLINE)
    assert [holds.asks.place_of(each.ask_id) for each in holds.asks] == [None, 1, 2, 3]
    with pytest.raises(ConflictError, match="3 teams already wait"):
        holds.ask("bath", "bath", at())


def test_as_many_teams_ask_as_there_are_free_beds() -> None:
    holds = asked("exeter", "torbay", "plymouth", offer=TWO_BEDS)
    assert [ask.team for ask in holds.asks.asked] == ["exeter", "torbay"]
    assert [ask.team for ask in holds.asks.queued] == ["plymouth"]


def test_an_ask_sent_twice_is_one_ask() -> None:
    holds = asked("exeter")
    assert holds.ask("exeter", "exeter", at(NOON + SECOND)) is holds


def test_a_team_has_one_place_in_the_queue() -> None:
    with pytest.raises(ConflictError, match="already waits"):
        asked("exeter", "torbay").ask("another", "torbay", at())


@pytest.mark.parametrize(
    ("offer", "message"),
    [
        (ONE_BED._replace(accepting=0), "No bed of this kind is free"),
        (ONE_BED._replace(takes_asks=False), "takes no requests"),
    ],
)
def test_nobody_asks_where_there_is_nothing_to_ask_for(offer: Offer, message: str) -> None:
    with pytest.raises(ConflictError, match=message):
        NOBODY.ask("exeter", "exeter", at(offer=offer))


def test_a_yes_keeps_the_bed_and_tells_the_queue_that_it_has_gone() -> None:
    holds = asked("exeter", "torbay").accept("exeter", UNTIL, at(NOON + SECOND)).holds
    assert states(holds) == {"exeter": AskState.ACCEPTED, "torbay": AskState.BED_GONE}
    assert holds.asks.find("exeter").ends_at == UNTIL
    assert holds.version == 3


def test_a_yes_to_one_team_leaves_the_other_bed_to_the_other_team() -> None:
    holds = asked("exeter", "torbay", "plymouth", offer=TWO_BEDS)
    holds = holds.accept("torbay", UNTIL, at(offer=TWO_BEDS)).holds
    assert [ask.team for ask in holds.asks.asked] == ["exeter"]
    assert [ask.team for ask in holds.asks.queued] == ["plymouth"]


@pytest.mark.parametrize("until", [NOON, NOON + LONGEST_HOLD + SECOND])
def test_a_bed_is_kept_for_at_most_72_hours(until: datetime) -> None:
    with pytest.raises(RefusedError, match="72 hours"):
        asked("exeter").accept("exeter", until, at())


def test_an_ask_is_accepted_only_before_its_deadline() -> None:
    holds = asked("exeter")
    assert holds.accept("exeter", UNTIL, at(DEADLINE - SECOND)).holds.asks.accepted
    for late in (DEADLINE, DEADLINE + GRANTED_AFTER, DEADLINE + timedelta(days=1)):
        with pytest.raises(ConflictError, match=r"time to answer (was over at 16:00|is over)"):
            holds.accept("exeter", UNTIL + timedelta(days=1), at(late))
        with pytest.raises(ConflictError, match="time to answer"):
            holds.decline("exeter", DeclineReason.ROOM, at(late))


def test_the_bed_is_asked_for_anew_only_once_every_clock_is_past_the_deadline() -> None:
    assert GRANTED_AFTER >= CLOCK_SKEW
    holds = asked("exeter", "torbay")
    assert holds.settle(at(DEADLINE + GRANTED_AFTER - SECOND)) is holds
    later = holds.settle(at(DEADLINE + GRANTED_AFTER))
    assert states(later) == {"exeter": AskState.LAPSED, "torbay": AskState.ASKED}
    assert later.asks.find("exeter").state_at == DEADLINE
    assert later.asks.find("torbay").ends_at == DEADLINE + ANSWER_TIME


def test_who_asks_between_the_deadline_and_then_queues_and_is_next() -> None:
    holds = asked("exeter").ask("torbay", "torbay", at(DEADLINE + SECOND))
    assert holds.asks.place_of("torbay") == 1
    later = holds.settle(at(DEADLINE + GRANTED_AFTER))
    assert [ask.team for ask in later.asks.asked] == ["torbay"]


def test_a_place_in_the_queue_is_kept_for_a_day() -> None:
    holds = asked("exeter", "torbay")
    first = replace(holds.asks.find("exeter"), ends_at=NOON + timedelta(days=2))
    holds = replace(holds, asks=AskList((first, holds.asks.find("torbay"))))
    assert holds.settle(at(NOON + QUEUED_FOR - SECOND)).asks.queued
    assert states(holds.settle(at(NOON + QUEUED_FOR)))["torbay"] is AskState.LAPSED


def test_a_no_gives_the_next_team_its_turn_at_once() -> None:
    holds = asked("exeter", "torbay").decline("exeter", DeclineReason.CANNOT_MEET, at())
    assert states(holds) == {"exeter": AskState.DECLINED, "torbay": AskState.ASKED}
    assert holds.asks.find("exeter").reason is DeclineReason.CANNOT_MEET
    assert holds.decline("exeter", DeclineReason.CANNOT_MEET, at()) is holds


def test_a_bed_that_the_home_says_is_gone_is_asked_for_by_nobody_until_it_posts_again() -> None:
    holds = asked("exeter", "torbay").decline("exeter", DeclineReason.GONE, at())
    assert states(holds) == {"exeter": AskState.DECLINED, "torbay": AskState.BED_GONE}
    with pytest.raises(ConflictError, match="No bed of this kind is free"):
        holds.ask("bath", "bath", at(NOON + SECOND))
    posted = ONE_BED._replace(said_at=NOON + SECOND)
    assert holds.ask("bath", "bath", at(NOON + SECOND, posted)).asks.asked


@pytest.mark.parametrize("team", ["exeter", "torbay"])
def test_a_team_withdraws_and_nothing_else_changes_twice(team: str) -> None:
    holds = asked("exeter", "torbay").give_back(team, at())
    assert holds.asks.find(team).state is AskState.WITHDRAWN
    assert len(holds.asks.asked) == 1
    assert holds.give_back(team, at(NOON + SECOND)) is holds


def test_a_team_releases_a_kept_bed_and_no_count_changes() -> None:
    kept = ONE_BED.with_bed_reserved()
    holds = asked("exeter").accept("exeter", UNTIL, at()).holds.give_back("exeter", at(offer=kept))
    assert states(holds) == {"exeter": AskState.RELEASED}
    with pytest.raises(ConflictError, match="No bed"):
        holds.ask("torbay", "torbay", at(offer=kept))


def test_the_home_says_that_the_person_moved_in() -> None:
    kept = ONE_BED.with_bed_reserved()
    accepted = asked("exeter").accept("exeter", UNTIL, at()).holds
    placed = accepted.place("exeter", at(NOON + SECOND, kept)).holds
    assert states(placed) == {"exeter": AskState.PLACED}
    again = placed.place("exeter", at(NOON + SECOND, kept.with_bed_occupied()))
    assert again == (placed, False)


def test_a_second_yes_moves_no_bed() -> None:
    accepted, moves_bed = asked("exeter").accept("exeter", UNTIL, at())
    assert moves_bed
    kept = at(NOON + SECOND, ONE_BED.with_bed_reserved())
    assert accepted.accept("exeter", UNTIL + SECOND, kept) == (accepted, False)


def test_a_person_who_comes_after_the_agreed_time_has_moved_in_all_the_same() -> None:
    kept = ONE_BED.with_bed_reserved()
    accepted = asked("exeter").accept("exeter", UNTIL, at()).holds
    ended = accepted.settle(at(UNTIL, kept))
    assert states(ended) == {"exeter": AskState.ENDED}
    assert (
        ended.place("exeter", at(UNTIL + SECOND, kept)).holds.asks.find("exeter").state
        is AskState.PLACED
    )
    with pytest.raises(ConflictError, match="no reserved bed"):
        ended.place("exeter", at(UNTIL + SECOND, ONE_BED))


def test_a_post_with_fewer_free_beds_ends_the_newest_asks() -> None:
    holds = asked("exeter", "torbay", "plymouth", offer=TWO_BEDS)
    after = holds.post(TWO_BEDS, at(offer=TWO_BEDS._replace(accepting=1, occupied=9)))
    assert states(after) == {
        "exeter": AskState.ASKED,
        "torbay": AskState.BED_GONE,
        "plymouth": AskState.QUEUED,
    }
    assert [(each.before, each.ask.team) for each in news(holds, after)] == [
        (AskState.ASKED, "torbay")
    ]


def test_a_post_with_more_free_beds_gives_the_queue_its_turn() -> None:
    after = asked("exeter", "torbay", "plymouth").post(ONE_BED, at(offer=TWO_BEDS))
    assert [ask.team for ask in after.asks.asked] == ["exeter", "torbay"]


def test_a_post_in_which_kept_beds_are_occupied_says_who_moved_in() -> None:
    kept = Offer(0, reserved=2, occupied=8, said_at=NOON)
    holds = asked("exeter", "torbay", offer=TWO_BEDS)
    holds = holds.accept("exeter", UNTIL, at(offer=TWO_BEDS)).holds
    holds = holds.accept("torbay", UNTIL, at(offer=TWO_BEDS.with_bed_reserved())).holds
    after = holds.post(kept, at(offer=Offer(1, reserved=0, occupied=9)))
    assert states(after) == {"exeter": AskState.PLACED, "torbay": AskState.TAKEN_BACK}


def test_somebody_who_moves_into_another_bed_is_not_taken_for_whom_a_bed_is_kept() -> None:
    before = Offer(0, reserved=1, occupied=8, said_at=NOON)
    holds = asked("exeter").accept("exeter", UNTIL, at()).holds
    assert holds.post(before, at(offer=before._replace(occupied=9))) is holds


def test_a_home_that_takes_no_asks_any_more_ends_them_and_keeps_what_it_said_yes_to() -> None:
    holds = asked("exeter", "torbay", "plymouth", offer=TWO_BEDS)
    holds = holds.accept("exeter", UNTIL, at(offer=TWO_BEDS)).holds
    closed = TWO_BEDS.with_bed_reserved()._replace(takes_asks=False)
    assert states(holds.settle(at(offer=closed))) == {
        "exeter": AskState.ACCEPTED,
        "torbay": AskState.STOPPED,
        "plymouth": AskState.STOPPED,
    }


@pytest.mark.parametrize(
    "state", [state for state in AskState if state not in {AskState.ASKED, AskState.ACCEPTED}]
)
def test_what_is_not_asked_any_more_is_not_answered(state: AskState) -> None:
    ask = Ask("exeter", "exeter", NOON, state, NOON, UNTIL)
    first = Ask("torbay", "torbay", NOON, AskState.ASKED, NOON, UNTIL)
    holds = replace(NOBODY, asks=AskList((first, ask)))
    with pytest.raises(ConflictError, match=r"\w"):
        holds.accept("exeter", UNTIL, at())


def test_an_ask_that_nobody_made_is_not_found() -> None:
    with pytest.raises(NotFoundError):
        asked("exeter").accept("torbay", UNTIL, at())


def test_what_has_ended_is_forgotten_after_seven_days() -> None:
    holds = asked("exeter").give_back("exeter", at())
    assert holds.asks.expires_at == NOON + ENDED_KEPT
    assert holds.settle(at(NOON + ENDED_KEPT - SECOND)) is holds
    assert not holds.settle(at(NOON + ENDED_KEPT)).asks.items


def test_it_says_when_something_is_due() -> None:
    assert (NOBODY.asks.due_at, NOBODY.asks.expires_at) == (None, None)
    holds = asked("exeter", "torbay")
    assert (holds.asks.due_at, holds.asks.expires_at) == (DEADLINE + GRANTED_AFTER, None)
    assert holds.accept("exeter", UNTIL, at()).holds.asks.due_at == UNTIL
    assert holds.give_back("exeter", at()).give_back("torbay", at()).asks.due_at is None


def test_it_is_shown_until_when_every_free_bed_is_asked_for() -> None:
    one = asked("exeter").asks
    assert one.asked_until(ONE_BED, NOON) == DEADLINE
    assert one.asked_until(TWO_BEDS, NOON) is None
    assert one.asked_until(ONE_BED._replace(accepting=0), NOON) is None
    assert one.asked_until(ONE_BED._replace(takes_asks=False), NOON) is None
    assert NOBODY.asks.asked_until(ONE_BED, NOON) is None
    later = NOBODY.ask("exeter", "exeter", at(offer=TWO_BEDS))
    later = later.ask("torbay", "torbay", at(NOON + timedelta(hours=1), TWO_BEDS))
    assert later.asks.asked_until(TWO_BEDS, NOON) == DEADLINE


def test_an_ask_whose_time_is_over_is_not_shown_though_nobody_wrote_that_down() -> None:
    holds = asked("exeter")
    assert holds.asks.asked_until(ONE_BED, DEADLINE - SECOND) == DEADLINE
    assert holds.asks.asked_until(ONE_BED, DEADLINE) is None


def test_a_clock_that_is_behind_moves_nothing_back() -> None:
    holds = asked("exeter").give_back("exeter", at(NOON - SECOND))
    assert holds.asks.find("exeter").state_at == NOON


def test_news_tells_who_came_and_who_moved() -> None:
    before = asked("exeter", "torbay")
    assert [(each.before, each.ask.team) for each in news(None, before)] == [
        (None, "exeter"),
        (None, "torbay"),
    ]
    after = before.decline("exeter", DeclineReason.ROOM, at())
    assert [(each.before, each.ask.state) for each in news(before, after)] == [
        (AskState.ASKED, AskState.DECLINED),
        (AskState.QUEUED, AskState.ASKED),
    ]


def test_a_document_holds_all_of_it() -> None:
    holds = asked("exeter", "torbay", "plymouth", offer=TWO_BEDS)
    holds = holds.accept("exeter", UNTIL, at(offer=TWO_BEDS)).holds
    holds = holds.decline("torbay", DeclineReason.GONE, at(offer=TWO_BEDS.with_bed_reserved()))
    assert Holds.from_document(holds.to_document()) == holds
    assert Holds.from_document(NOBODY.to_document()) == NOBODY
    never_posted = TWO_BEDS._replace(said_at=None)
    gone = asked("exeter").decline("exeter", DeclineReason.GONE, at(offer=never_posted))
    assert Holds.from_document(gone.to_document()) == gone
