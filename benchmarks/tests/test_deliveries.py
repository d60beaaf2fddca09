"""What came to the teams is held against what was due: nothing lost, doubled, or wrongly told."""

from dataclasses import replace

import pytest

from benchmarks.load.council import Message, team_of
from benchmarks.load.deliveries import Posted, Saved, Verdict, judged
from benchmarks.samples.alerts import alerts, fired, openings
from benchmarks.samples.homes import homes

HOMES = homes(500, "england")
WAITING = alerts(300, HOMES)
SAVED = {WAITING.alert(row).alert_id: Saved(row, 0.0, 0.0) for row in range(len(WAITING))}
POSTED = [
    Posted(f"home-{number}#2", opening, sent=number, acknowledged=number + 0.5)
    for number, opening in enumerate(openings(80, HOMES), 1)
]


def due() -> list[Message]:
    """Every message as it must come, half a second after the acknowledgement."""
    found = []
    for posted in POSTED:
        by_team: dict[str, set[str]] = {}
        for row in fired(WAITING, posted.opening):
            by_team.setdefault(team_of(row), set()).add(WAITING.alert(row).alert_id)
        for team, ids in by_team.items():
            at = posted.acknowledged + 0.5
            found.append(Message(team, posted.change_id, frozenset(ids), at))
    assert len(found) > 10
    return found


def verdict(messages: list[Message], saved: dict[str, Saved] = SAVED) -> Verdict:
    return judged(POSTED, WAITING, saved, messages)


def test_all_that_is_due_once_is_right() -> None:
    right = verdict(due())
    assert (right.due, right.lost, right.twice, right.not_due) == (len(due()), 0, 0, 0)
    assert right.delays == pytest.approx([0.5] * len(due()))


def test_a_lost_message_is_seen() -> None:
    assert verdict(due()[1:]).lost == 1


def test_a_doubled_message_is_seen() -> None:
    assert verdict([*due(), due()[0]]).twice == 1


def test_a_message_to_a_team_that_waits_for_nothing_of_the_kind_is_seen() -> None:
    stray = replace(due()[0], team="bench-9")
    assert verdict([*due(), stray]).not_due == 1


def test_a_message_that_names_an_alert_too_few_or_too_many_is_seen() -> None:
    first, *others = due()
    for ids in (frozenset[str](), first.alert_ids | {"of somebody else"}):
        assert verdict([replace(first, alert_ids=ids), *others]).not_due == 1


def test_an_alert_saved_while_an_opening_is_posted_may_tell_of_it_or_not() -> None:
    first, *others = due()
    posted = next(each for each in POSTED if each.change_id == first.change_id)
    saved = {**SAVED}
    for alert_id in first.alert_ids:
        saved[alert_id] = replace(SAVED[alert_id], acknowledged=posted.sent + 0.1)
    for messages in (others, [first, *others]):
        assert verdict(messages, saved).lost == verdict(messages, saved).not_due == 0
