"""Asks are committed with all they rest on: one team gets the bed, and the home's post wins."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from shared.aws.clock import Clock
from shared.domain.admission_hours import Day
from shared.domain.ask import ENDED_KEPT, AskState, DeclineReason
from shared.domain.ask_list import GRANTED_AFTER
from shared.domain.asked_for import AskedFor
from shared.domain.author import Author, IdempotencyKey
from shared.domain.beds import AdmissionStatus
from shared.domain.care_home import CareHome
from shared.domain.errors import ConflictError, NotFoundError, OutdatedError
from shared.domain.placing_stop import PlacingStop
from shared.domain.team_asks import MOST_ASKS, AskPlace
from shared.domain.uk_time import uk_day
from shared.domain.vocabulary import Action, AdmissionState, BedCategory, ClosureReason
from shared.domain.working_hours import ANSWER_TIME, WorkingHours
from shared.store import holds, homes, keys
from shared.store.hold_transition import Desk, load
from shared.store.table import Table
from tests.notify.change_log import log
from tests.support.builders import NOON, counts, home, mark, save
from tests.support.crashes import CrashError
from tests.support.fakes import ManualTime, during_each_write

HOME = "1-9000000951"
NURSING = BedCategory.GENERAL_NURSING
TODAY = uk_day(NOON)
HOURS = WorkingHours.read(" ".join([*Day, "00:00-24:00"]))
UNTIL = NOON + timedelta(hours=24)
CLOSED = AdmissionStatus(AdmissionState.CLOSED, ClosureReason.OUTBREAK)


@pytest.fixture
def desk(table: Table, clock: Clock) -> Desk:
    """Return the desk at which requests without a key are handled, for a home with one bed."""
    save(table, home(HOME), clock=clock)
    return Desk(table, clock, HOURS, Author("someone", "request-7"))


def wanted(team: str, location_id: str = HOME) -> AskedFor:
    return AskedFor(f"of {team}", location_id, NURSING, team, NOON, TODAY, needs=("peg", "hoist"))


def the(team: str) -> AskPlace:
    return AskPlace(HOME, NURSING, f"of {team}")


def states(table: Table) -> dict[str, str]:
    return {ask.team: ask.state.value for ask in load(table, HOME, NURSING).asks}


def beds(table: Table) -> CareHome:
    return CareHome.from_document(homes.load(table, HOME))


def full(of: CareHome) -> CareHome:
    return of.update({NURSING: counts(0)}, None, NOON)


def meeting(desk: Desk, other: Callable[[], object]) -> Desk:
    """Return a desk whose first request meets another, which commits just before it does."""
    others = [other]

    def step() -> None:
        if others:
            others.pop()()

    return desk._replace(table=during_each_write(desk.table, step))


def test_one_team_asks_and_the_next_has_a_place(desk: Desk) -> None:
    before = homes.load(desk.table, HOME)
    first = holds.ask(desk, wanted("exeter")).document
    second = holds.ask(desk, wanted("torbay")).document
    assert (first["state"], first.get("place")) == ("asked", None)
    assert (second["state"], second["place"]) == ("queued", 1)
    assert homes.load(desk.table, HOME) == before, "an ask changes nothing of the home"


def test_an_ask_for_a_home_that_is_not_there_is_refused(desk: Desk) -> None:
    with pytest.raises(NotFoundError):
        holds.ask(desk, wanted("exeter", "1-9000000952"))


def test_the_same_ask_again_changes_nothing_and_reopens_nothing(desk: Desk) -> None:
    for _ in range(2):
        assert holds.ask(desk, wanted("exeter")).document["state"] == "asked"
    holds.decline(desk, the("exeter"), DeclineReason.ROOM)
    assert holds.ask(desk, wanted("exeter")).document["state"] == "declined"
    ended = holds.asked_for(desk.table, "of exeter", NOON)
    assert ended
    assert ended.ended_at == NOON


def test_a_yes_moves_one_bed_once(desk: Desk) -> None:
    holds.ask(desk, wanted("exeter"))
    for _ in range(2):
        assert holds.accept(desk, the("exeter"), UNTIL).document["state"] == "accepted"
    after = beds(desk.table)
    assert (after.beds[NURSING], after.version) == (counts(0, reserved=1), 2)
    for _ in range(2):
        holds.place(desk, the("exeter"))
    after = beds(desk.table)
    assert (after.beds[NURSING], after.version) == (counts(0), 3)


def test_a_no_ends_what_was_asked_for_and_names_the_need(desk: Desk) -> None:
    holds.ask(desk, wanted("exeter"))
    holds.ask(desk, wanted("torbay"))
    holds.decline(desk, the("exeter"), DeclineReason.CANNOT_MEET, "peg")
    assert states(desk.table) == {"exeter": "declined", "torbay": "asked"}
    ended = holds.asked_for(desk.table, "of exeter", NOON)
    assert ended
    assert (ended.refused_need, ended.ended_at) == ("peg", NOON)
    assert holds.asked_for(desk.table, "of exeter", NOON + ENDED_KEPT) is None
    waiting = holds.asked_for(desk.table, "of torbay", NOON)
    assert waiting
    assert waiting.ended_at is None


def test_what_every_ask_was_for_ends_with_it(desk: Desk) -> None:
    for team in ("exeter", "torbay", "plymouth"):
        holds.ask(desk, wanted(team))
    holds.accept(desk, the("exeter"), UNTIL)
    ended = {
        team: holds.asked_for(desk.table, f"of {team}", NOON) for team in ("torbay", "plymouth")
    }
    assert all(each and each.ended_at == NOON for each in ended.values())
    kept = holds.asked_for(desk.table, "of exeter", NOON)
    assert kept
    assert kept.ended_at is None


def test_needs_stand_in_no_entry_that_is_kept_or_followed(desk: Desk) -> None:
    holds.ask(desk, wanted("exeter"))
    holds.decline(desk, the("exeter"), DeclineReason.CANNOT_MEET, "peg")
    for entry in log(desk.table):
        if "peg" in str(entry):
            assert entry[keys.KIND]["S"] == "asked_for"
            assert keys.EXPIRES in entry


def test_only_the_team_that_asked_gives_it_back(desk: Desk) -> None:
    holds.ask(desk, wanted("exeter"))
    with pytest.raises(NotFoundError):
        holds.give_back(desk, the("exeter"), "torbay")
    assert holds.give_back(desk, the("exeter"), "exeter").document["state"] == "withdrawn"


def test_a_team_waits_for_six_answers_and_may_ask_again_when_one_came(
    desk: Desk, table: Table, clock: Clock
) -> None:
    many = [f"1-900000096{number}" for number in range(MOST_ASKS + 1)]
    save(table, *(home(each) for each in many), clock=clock)
    asks = [replace(wanted("exeter", each), ask_id=each) for each in many]
    for each in asks[:-1]:
        holds.ask(desk, each)
    with pytest.raises(ConflictError, match="6 answers already"):
        holds.ask(desk, asks[-1])
    holds.decline(desk, AskPlace(many[0], NURSING, many[0]), DeclineReason.STAFFING)
    assert holds.ask(desk, asks[-1]).document["state"] == "asked"


def test_the_sweep_writes_down_what_is_over(desk: Desk, manual_time: ManualTime) -> None:
    holds.ask(desk, wanted("exeter"))
    holds.ask(desk, wanted("torbay"))
    manual_time.advance(ANSWER_TIME + GRANTED_AFTER)
    (due,) = holds.due(desk.table, manual_time.now, _unreadable)
    holds.settle(desk, due.location_id, due.category)
    assert states(desk.table) == {"exeter": "lapsed", "torbay": "asked"}
    assert list(holds.due(desk.table, manual_time.now, _unreadable)) == []


def test_a_post_ends_the_newest_asks(desk: Desk) -> None:
    holds.ask(desk, wanted("exeter"))
    holds.ask(desk, wanted("torbay"))
    holds.post(desk, HOME, full, action=Action.UPDATED)
    assert states(desk.table) == {"exeter": "bed_gone", "torbay": "bed_gone"}


def test_a_home_that_closes_tells_who_asked(desk: Desk) -> None:
    holds.ask(desk, wanted("exeter"))
    holds.post(desk, HOME, lambda of: of.update({}, CLOSED, NOON), action=Action.UPDATED)
    assert states(desk.table) == {"exeter": "stopped"}


def test_a_carer_who_saw_the_home_before_an_ask_posts_all_the_same(desk: Desk) -> None:
    seen = beds(desk.table).version
    racing = meeting(desk, lambda: holds.ask(desk, wanted("exeter")))
    revision = holds.post(racing, HOME, full, action=Action.UPDATED, seen_version=seen)
    assert revision.document["version"] == seen + 1
    assert states(desk.table) == {"exeter": "bed_gone"}
    with pytest.raises(OutdatedError):
        holds.post(desk, HOME, full, action=Action.UPDATED, seen_version=seen)


def test_an_ask_that_meets_the_post_of_its_bed_is_decided_again(desk: Desk) -> None:
    racing = meeting(desk, lambda: holds.post(desk, HOME, full, action=Action.UPDATED))
    with pytest.raises(ConflictError, match="No bed of this kind"):
        holds.ask(racing, wanted("exeter"))


def test_an_ask_that_meets_the_council_s_first_mark_is_decided_again(desk: Desk) -> None:
    stop = PlacingStop(TODAY)
    racing = meeting(desk, lambda: mark(desk.table, HOME, stop, clock=desk.clock))
    with pytest.raises(ConflictError, match="takes no requests"):
        holds.ask(racing, wanted("exeter"))


def test_an_ask_that_came_while_others_are_ended_ends_too(desk: Desk) -> None:
    holds.ask(desk, wanted("exeter"))
    racing = meeting(desk, lambda: holds.ask(desk, wanted("torbay")))
    holds.accept(racing, the("exeter"), UNTIL)
    assert states(desk.table) == {"exeter": "accepted", "torbay": "bed_gone"}
    ended = holds.asked_for(desk.table, "of torbay", NOON)
    assert ended
    assert ended.ended_at == NOON


def test_one_item_that_cannot_be_read_hides_no_other(desk: Desk, manual_time: ManualTime) -> None:
    holds.ask(desk, wanted("exeter"))
    desk.table.put({keys.PARTITION: {"S": keys.HOLDS}, keys.SORT: {"S": "1-9000000950#junk"}})
    manual_time.advance(timedelta(days=1))
    unreadable: list[str] = []
    assert len(list(holds.due(desk.table, manual_time.now, unreadable.append))) == 1
    assert unreadable == ["1-9000000950#junk"]


@dataclass
class Rush:
    """Teams who ask for one bed at once: their requests run into one another, and die.

    Before a request commits, others may run from beginning to end. It may be killed before its
    commit, or after it, so that its reply is lost; then the same request comes again.
    """

    table: Table
    time: ManualTime
    chance: random.Random
    waiting: list[str]
    replies: dict[str, str] = field(default_factory=dict)
    depth: int = 0

    def run(self) -> None:
        """Let every team ask until it has its reply."""
        while self.waiting:
            self.ask(self.waiting.pop())

    def ask(self, team: str) -> None:
        skew = timedelta(seconds=self.chance.choice([-2.5, 0, 2.5]))
        for attempt in range(1, 9):
            key = IdempotencyKey(team, "key", "the same request")
            author = Author(team, f"request-{attempt}", key)
            table = replace(self.table, client=self._client(last=attempt == 8))
            desk = Desk(table, self.time.clock(skew), HOURS, author)
            try:
                self.replies[team] = holds.ask(desk, wanted(team)).document["state"]
            except CrashError:
                continue
            except ConflictError:
                self.replies[team] = "refused"
            return

    def _client(self, *, last: bool) -> Any:
        rush, client = self, self.table.client

        class Client:
            def __getattr__(self, name: str) -> Any:
                return getattr(client, name)

            def transact_get_items(self, **request: Any) -> Any:
                items = [str(each["Get"]["Key"]) for each in request["TransactItems"]]
                assert len(set(items)) == len(items), "AWS refuses to read an item twice"
                return client.transact_get_items(**request)

            def transact_write_items(self, **request: Any) -> Any:
                rush.let_others_ask()
                if not last and rush.chance.random() < 0.15:
                    raise CrashError
                answer = client.transact_write_items(**request)
                if not last and rush.chance.random() < 0.15:
                    raise CrashError
                return answer

        return Client()

    def let_others_ask(self) -> None:
        while self.waiting and self.depth < 3 and self.chance.random() < 0.5:
            self.depth += 1
            self.ask(self.waiting.pop())
            self.depth -= 1


def assert_one_wins(table: Table, time: ManualTime, seed: int, teams: int) -> None:
    rush = Rush(table, time, random.Random(seed), [f"team-{number}" for number in range(teams)])
    rush.run()
    asked = load(table, HOME, NURSING).asks
    assert [ask.state for ask in asked] == [AskState.ASKED, *[AskState.QUEUED] * 3]
    assert {ask.team: ask.state.value for ask in asked} == {
        team: reply for team, reply in rush.replies.items() if reply != "refused"
    }
    assert len(rush.replies) == teams


@pytest.mark.parametrize("seed", range(2))
def test_of_six_teams_at_once_one_wins_and_each_is_told_what_is_so(
    desk: Desk, manual_time: ManualTime, seed: int
) -> None:
    assert_one_wins(desk.table, manual_time, seed, teams=6)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 22))
def test_of_twenty_teams_at_once_one_wins_and_each_is_told_what_is_so(
    desk: Desk, manual_time: ManualTime, seed: int
) -> None:
    assert_one_wins(desk.table, manual_time, seed, teams=20)


def _unreadable(item_id: str) -> None:
    raise AssertionError(item_id)
