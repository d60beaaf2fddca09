"""The check of deliveries finds messages that are lost, doubled or wrong."""

from dataclasses import replace

import pytest

from benchmarks.load.council import Message, team_of
from benchmarks.load.deliveries import FreeingPost, SavedAlert, Verdict, check_deliveries
from benchmarks.samples.alerts import firing_alerts, sample_alerts, sample_openings
from benchmarks.samples.homes import sample_homes

HOMES = sample_homes(500, "england")
ALERTS = sample_alerts(300, HOMES)
SAVED = {ALERTS.alert(row).alert_id: SavedAlert(row, 0.0, 0.0) for row in range(len(ALERTS))}
POSTS = [
    FreeingPost(f"home-{number}#2", opening, sent=number, acknowledged=number + 0.5)
    for number, opening in enumerate(sample_openings(80, HOMES), 1)
]


def due() -> list[Message]:
    """Return every message that is due, half a second after the acknowledgement."""
    messages = []
    for post in POSTS:
        by_team: dict[str, set[str]] = {}
        for row in firing_alerts(ALERTS, post.opening):
            by_team.setdefault(team_of(row), set()).add(ALERTS.alert(row).alert_id)
        for team, ids in by_team.items():
            at = post.acknowledged + 0.5
            messages.append(Message(team, post.change_id, frozenset(ids), at))
    assert len(messages) > 10
    return messages


def verdict(messages: list[Message], saved: dict[str, SavedAlert] = SAVED) -> Verdict:
    return check_deliveries(POSTS, ALERTS, saved, messages)


def test_every_due_message_once_is_right() -> None:
    right = verdict(due())
    assert (right.due, right.lost, right.twice, right.undue) == (len(due()), 0, 0, 0)
    assert right.delays == pytest.approx([0.5] * len(due()))


def test_a_lost_message_is_found() -> None:
    assert verdict(due()[1:]).lost == 1


def test_a_message_delivered_twice_is_found() -> None:
    assert verdict([*due(), due()[0]]).twice == 1


def test_a_message_to_another_team_is_found() -> None:
    stray = replace(due()[0], team="bench-9")
    assert verdict([*due(), stray]).undue == 1


def test_a_message_with_a_missing_or_extra_alert_is_found() -> None:
    first, *others = due()
    for ids in (frozenset[str](), first.alert_ids | {"of another team"}):
        assert verdict([replace(first, alert_ids=ids), *others]).undue == 1


def test_an_alert_saved_during_the_post_may_fire_or_not() -> None:
    first, *others = due()
    post = next(each for each in POSTS if each.change_id == first.change_id)
    saved = {**SAVED}
    for alert_id in first.alert_ids:
        saved[alert_id] = replace(SAVED[alert_id], acknowledged=post.sent + 0.1)
    for messages in (others, [first, *others]):
        assert verdict(messages, saved).lost == verdict(messages, saved).undue == 0
