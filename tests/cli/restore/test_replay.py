"""A restore does not lose what others change at the same moment."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from cli.errors import CommandError
from cli.restore import backups
from cli.restore.merge import AUTHOR
from cli.restore.readers import read_documents
from cli.restore.replay import Replay
from shared.aws.clock import SYSTEM, Clock
from shared.domain.alert import LIVES_FOR, RENEWABLE_FOR, Alert
from shared.domain.audit_draw import AuditDraw
from shared.domain.author import Author
from shared.domain.demand import Span, period_of
from shared.domain.dispute import Disputes
from shared.domain.documents import Document, timestamp
from shared.domain.outcome import CallResult, Outcome, Shown
from shared.domain.placing_stop import PlacingStop
from shared.domain.public_truth import PUBLIC_MEMBERS, PublicTruth
from shared.domain.request_record import RequestRecord
from shared.domain.still_free_event import still_free_events
from shared.domain.uk_time import uk_day
from shared.domain.vocabulary import Action, BedCategory, ChangeKind
from shared.domain.wrong_posts import WrongPosts
from shared.store import (
    alerts,
    audit_draws,
    homes,
    keys,
    outcomes,
    placing_stops,
    public_truth,
    wrong_posts,
)
from shared.store.change_log import NEEDS_RETENTION, OUTCOMES_KEPT, Change, commit
from shared.store.log_follower import LogFollower
from shared.store.table import Table
from shared.store.wrong_posts import FollowedWrongPosts
from tests.support.builders import NOON, REGISTER, changed, home, mark, save
from tests.support.fakes import ManualTime, during_each_write

HOME = "1-9700000301"


def test_a_home_that_its_staff_change_meanwhile_keeps_their_change(table: Table) -> None:
    """Run in moto, where another writer can come between two steps."""
    save(table, home(HOME))
    moment = SYSTEM.now()
    copy = replace(table, name=backups.start_copy(table, moment, moment))
    since = SYSTEM.now()
    damaged = home(HOME, register=replace(REGISTER, name="Wrong"))
    commit(table, SYSTEM, [changed(home(HOME), damaged, Action.IMPORTED)])
    posted = home(HOME, accepting=4, register=damaged.register)
    posts = [changed(replace(damaged, version=2), posted)]
    racing = during_each_write(
        table, lambda: commit(table, SYSTEM, [posts.pop()]) if posts else None
    )
    replay = Replay(racing, copy, since, SYSTEM, overwrite_newer=False, dry_run=False)
    replay.run(lambda _: None)
    assert replay.counts["homes restored"] == 1
    restored = homes.load(table, HOME)
    assert (restored["name"], restored["version"]) == (REGISTER.name, 4)
    assert restored["beds"]["general_nursing"]["accepting"] == 4


def test_a_lost_mark_is_restored_beside_its_home_and_in_no_history_of_it(table: Table) -> None:
    save(table, home(HOME))
    stop = PlacingStop(uk_day(SYSTEM.now()))
    mark(table, HOME, stop)
    moment = SYSTEM.now()
    copy = replace(table, name=backups.start_copy(table, moment, moment))
    table.delete((keys.PLACING_STOPS, HOME))
    replay = Replay(table, copy, moment, SYSTEM, overwrite_newer=False, dry_run=False)
    replay.run(lambda _: None)
    assert replay.counts["missing placing stops restored"] == 1
    assert replay.counts["homes restored"] == 0
    assert placing_stops.load(table, HOME).stop == stop
    assert len(homes.history(table, HOME, limit=9, before=None)) == 1
    assert len(placing_stops.history(table, HOME, limit=9, before=None)) == 2


NURSING = BedCategory.GENERAL_NURSING
NO_CALLS: Document = dict.fromkeys(PUBLIC_MEMBERS, 0) | {"truth": {"n": 0}}


def say(
    table: Table,
    result: CallResult,
    team: str,
    said_at: datetime = NOON,
    need: str | None = None,
) -> Outcome:
    """Let a team say what came of its call."""
    shown = Shown(HOME, NURSING, said_at, 1, 0.9)
    now = SYSTEM.now()
    outcome = Outcome(1, shown, team, result, now, now, need)
    outcomes.record(table, SYSTEM, outcome, Author("someone", team), home_name=REGISTER.name)
    return outcome


def copy_of(table: Table) -> tuple[Table, datetime]:
    moment = SYSTEM.now()
    return replace(table, name=backups.start_copy(table, moment, moment)), moment


def restore(
    table: Table,
    copy: Table,
    moment: datetime,
    clock: Clock = SYSTEM,
    *,
    overwrite_newer: bool = False,
    dry_run: bool = False,
) -> Counter[str]:
    replay = Replay(table, copy, moment, clock, overwrite_newer=overwrite_newer, dry_run=dry_run)
    replay.run(lambda _: None)
    return +replay.counts


def against(table: Table) -> dict[BedCategory, set[str]]:
    """Return who says what against what the home lists now."""
    of_home = outcomes.load_disputes(table, HOME, pytest.fail).of_home(homes.load(table, HOME))
    return {category: set(reports.told_at) for category, reports in of_home.items()}


def recorded(table: Table) -> dict[str, CallResult]:
    found = outcomes.recorded_since(table, NOON - timedelta(days=1), pytest.fail)
    return {each.reporter: each.result for each in found}


@pytest.mark.parametrize("dry_run", [False, True])
def test_a_home_with_older_counts_carries_the_marks_of_these_and_none_of_newer_ones(
    table: Table, dry_run: bool
) -> None:
    save(table, home(HOME))
    say(table, CallResult.GONE, "then")
    copy, moment = copy_of(table)
    posted_at = moment + timedelta(hours=1)
    commit(table, SYSTEM, [changed(home(HOME), home(HOME).confirm(posted_at))])
    say(table, CallResult.GONE, "later", posted_at)
    assert against(table) == {NURSING: {"later"}}
    counts = restore(table, copy, moment, overwrite_newer=True, dry_run=dry_run)
    assert counts["marks of beds that are gone restored"] == 1
    assert against(table) == {NURSING: {"later" if dry_run else "then"}}
    assert recorded(table) == {"then": CallResult.GONE, "later": CallResult.GONE}
    if not dry_run:
        say(table, CallResult.GONE, "again")
        assert against(table) == {NURSING: {"then", "again"}}
        assert restore(table, copy, moment).keys() == {"newer outcomes of calls left as they are"}


def test_a_home_whose_later_post_stays_keeps_the_marks_of_that_post(table: Table) -> None:
    save(table, home(HOME))
    say(table, CallResult.GONE, "then")
    copy, moment = copy_of(table)
    posted_at = moment + timedelta(hours=1)
    commit(table, SYSTEM, [changed(home(HOME), home(HOME).confirm(posted_at))])
    say(table, CallResult.GONE, "later", posted_at)
    counts = restore(table, copy, moment)
    assert against(table) == {NURSING: {"later"}}
    assert "marks of beds that are gone restored" not in counts


def test_lost_outcomes_are_restored_with_what_they_say_and_what_teams_said_later_stays(
    table: Table,
) -> None:
    save(table, home(HOME))
    say(table, CallResult.GONE, "gone")
    for number in range(5):
        say(table, CallResult.PURSUING, f"took-{number}", need="hoist")
    copy, moment = copy_of(table)
    say(table, CallResult.NOT_FOR_THIS_PERSON, "took-0", need="hoist")
    lost = (keys.OUTCOMES, keys.DISPUTES, keys.REQUEST_RECORDS)
    for item in table.client.scan(TableName=table.name)["Items"]:
        if item[keys.PARTITION]["S"] in lost and "took-0" not in item[keys.SORT]["S"]:
            table.delete((item[keys.PARTITION]["S"], item[keys.SORT]["S"]))
    counts = restore(table, copy, moment)
    assert counts["missing outcomes of calls restored"] == 5
    assert counts["missing records of requests restored"] == 2
    assert counts["missing marks of beds that are gone restored"] == 1
    assert against(table) == {NURSING: {"gone"}}
    assert recorded(table)["took-0"] is CallResult.NOT_FOR_THIS_PERSON
    for document in read_documents(table, ChangeKind.REQUEST_RECORD).values():
        shown = RequestRecord.from_document(document).shown(uk_day(SYSTEM.now()))
        assert shown
        assert (shown["taken"], shown["requests"]) == (4, 5)
    assert restore(table, copy, moment) == {}


def test_a_mark_whose_home_was_gone_already_is_told_as_nothing_newer(table: Table) -> None:
    save(table, home(HOME))
    say(table, CallResult.GONE, "exeter")
    table.delete((keys.HOMES, HOME))
    copy, moment = copy_of(table)
    assert restore(table, copy, moment) == Counter()


def test_a_restored_mark_asks_no_home_again(table: Table) -> None:
    save(table, home(HOME))
    say(table, CallResult.GONE, "then")
    copy, moment = copy_of(table)
    table.delete((keys.DISPUTES, HOME))
    restore(table, copy, moment)
    entries = [each for each in log_of(table) if each[keys.BY]["S"] == AUTHOR]
    changes = [Change.from_item(each) for each in entries]
    assert [each.kind for each in changes] == [ChangeKind.DISPUTE] * 2
    for change in changes:
        before = Disputes.from_document(change.previous) if change.previous else None
        after = Disputes.from_document(change.document)
        assert still_free_events(before, after, NOON) == []


def test_an_outcome_that_has_expired_since_is_not_brought_back(table: Table) -> None:
    save(table, home(HOME))
    said = say(table, CallResult.PURSUING, "then")
    copy, moment = copy_of(table)
    shown = said.shown
    sort = keys.outcome(timestamp(shown.said_at), HOME, shown.category, "then")
    table.delete((keys.OUTCOMES, sort))
    time = ManualTime(said.recorded_at + OUTCOMES_KEPT)
    restore(table, copy, moment, time.clock())
    assert recorded(table) == {}


def test_a_lost_draw_of_the_audit_is_restored_and_one_of_a_later_day_stays(table: Table) -> None:
    day = uk_day(NOON)
    drawn = AuditDraw(day, SYSTEM.now().replace(microsecond=0), {})
    audit_draws.save(table, drawn)
    copy, moment = copy_of(table)
    table.delete((keys.AUDIT_DRAWS, keys.audit_draw(day)))
    audit_draws.save(table, AuditDraw(day + timedelta(days=1), SYSTEM.now(), {}))
    assert restore(table, copy, moment, dry_run=True) == restore(table, copy, moment)
    assert audit_draws.load(table, day) == drawn
    assert audit_draws.load(table, day + timedelta(days=1))
    assert restore(table, copy, moment) == {}


def test_a_lost_public_rate_is_restored_and_one_that_was_published_since_stays(
    table: Table,
) -> None:
    then, later = (period_of(NOON.date() + n * timedelta(days=31), Span.MONTH) for n in range(2))
    published = {month: PublicTruth(month.first, month.last, NO_CALLS) for month in (then, later)}
    public_truth.publish(table, then, published[then])
    copy, moment = copy_of(table)
    table.delete((keys.PUBLIC_TRUTH, then.id))
    public_truth.publish(table, later, published[later])
    time = ManualTime(NOON)
    counts = restore(table, copy, moment, time.clock())
    assert counts == {"missing public rates restored": 1}
    assert not public_truth.publish(table, then, published[later])
    assert public_truth.newest(table, pytest.fail) == (later.id, published[later])
    table.delete((keys.PUBLIC_TRUTH, later.id))
    assert public_truth.newest(table, pytest.fail) == (then.id, published[then])
    time.now = then.end + public_truth.KEPT
    table.delete((keys.PUBLIC_TRUTH, then.id))
    assert restore(table, copy, moment, time.clock()) == {}


def learn(table: Table, gone: int) -> WrongPosts:
    learned = WrongPosts(calls=50, gone=gone, weight=50.0, last=NOON.date())
    wrong_posts.save(table, SYSTEM, learned, Author("schedule", f"request-{gone}"))
    return learned


def test_a_lost_share_of_wrong_posts_reaches_those_who_follow_the_log(table: Table) -> None:
    learn(table, 3)
    known = learn(table, 4)
    copy, moment = copy_of(table)
    followed = FollowedWrongPosts()
    follower = LogFollower(table, SYSTEM, {ChangeKind.WRONG_POSTS: followed})
    follower.catch_up()
    table.delete((keys.WRONG_POSTS, keys.NO_SORT))
    learn(table, 25)  # again, of version 1
    assert restore(table, copy, moment, dry_run=True) == restore(table, copy, moment)
    assert wrong_posts.load(table) == known
    after = learn(table, 30)
    follower.catch_up()
    assert followed.share == after.share
    assert restore(table, copy, moment)["shares of wrong posts restored"] == 0
    assert wrong_posts.load(table) == after


def test_an_item_that_cannot_be_read_is_named(table: Table) -> None:
    table.put({"pk": {"S": keys.HOMES}, "sk": {"S": HOME}, "document": {"S": "{}"}})
    with pytest.raises(CommandError, match=f"The item HOME {HOME} .* cannot be read"):
        read_documents(table, ChangeKind.HOME)


@pytest.mark.parametrize(("needs", "restored"), [(("peg",), 0), ((), 1)])
def test_a_lost_alert_with_needs_is_not_brought_back_when_the_log_may_have_forgotten_it(
    table: Table, needs: tuple[str, ...], restored: int
) -> None:
    """Its team may have deleted it, and it was for one person."""
    alert = Alert("exeter", "3f9c0d1e8a72", 1, "EX2", 50.7, -3.5, 10, SYSTEM.now(), needs=needs)
    alerts.create(table, SYSTEM, alert, Author("someone", "request-9"))
    moment = SYSTEM.now()
    copy = replace(table, name=backups.start_copy(table, moment, moment))
    table.delete((keys.ALERTS, "exeter#3f9c0d1e8a72"))
    long_ago = moment - NEEDS_RETENTION - timedelta(hours=1)
    replay = Replay(table, copy, long_ago, SYSTEM, overwrite_newer=False, dry_run=True)
    replay.run(lambda _: None)
    assert replay.counts["missing alerts restored"] == restored


@pytest.mark.parametrize("is_lost", [True, False])
def test_what_has_expired_since_is_not_brought_back(table: Table, is_lost: bool) -> None:
    time = ManualTime()
    kept, author = replace(table, change_retention=timedelta(days=90)), Author("someone", "r-9")
    alert = Alert("exeter", "3f9c0d1e8a72", 1, "EX2", 50.7, -3.5, 10, NOON, needs=("peg",))
    time.advance(LIVES_FOR + RENEWABLE_FOR - timedelta(hours=1))
    alerts.create(kept, time.clock(), alert, author)
    moment = SYSTEM.now()
    copy = replace(kept, name=backups.start_copy(kept, moment, moment))
    alerts.delete(kept, time.clock(), "exeter", "3f9c0d1e8a72", author)
    if is_lost:
        table.delete((keys.ALERTS, "exeter#3f9c0d1e8a72"))
    since, nothing_left = time.now - timedelta(minutes=1), log_of(kept)
    assert len(nothing_left) == 2
    for entry in nothing_left:
        table.delete((entry[keys.PARTITION]["S"], entry[keys.SORT]["S"]))
    time.advance(NEEDS_RETENTION + timedelta(hours=2))
    replay = Replay(kept, copy, since, time.clock(), overwrite_newer=True, dry_run=False)
    replay.run(lambda _: None)
    assert +replay.counts == {}
    assert log_of(kept) == []


def log_of(table: Table) -> list[Any]:
    items = table.client.scan(TableName=table.name)["Items"]
    return [each for each in items if each[keys.PARTITION]["S"].startswith(keys.CHANGE_PREFIX)]
