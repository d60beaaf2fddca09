"""A team's people read once which alerts end and where to renew them, and nothing of the person."""

from datetime import timedelta

import pytest

from deliver.ending_message import ending_message
from shared.domain.member import MemberState, Protocol
from tests.deliver.conftest import SITE, TEAM, Deliver, Event


def ending(*alert_ids: str, day: str = "2026-01-08") -> Event:
    """Return what `remind_homes` sends."""
    return {
        "event": "alerts_ending",
        "team": TEAM.owner_id,
        "day": day,
        "alerts": [
            {
                "alert_id": each,
                "near": "EX4 4QJ",
                "radius_miles": 10,
                "asks_for": {"categories": ["dementia_nursing"], "beds": 1},
            }
            for each in alert_ids or ["3f9c0d1e8a72"]
        ],
        "sent_at": "2026-01-05T12:00:00.000Z",
    }


def test_the_message_says_what_ends_when_and_where_to_renew_it() -> None:
    message = ending_message(ending(), SITE)
    assert message.subject == "Your team's alert ends on 8 January"
    assert message.email == (
        "Your team's alert ends on Thursday 8 January:\n"
        "\n"
        "  3f9c0d1e8a72: dementia nursing, within 10 miles of EX4 4QJ.\n"
        "\n"
        "An alert for a person ends after 28 days. From then on it will not tell you of "
        "vacancies.\n"
        "\n"
        "If you still need it, renew it with one press. You need to sign in:\n"
        "\n"
        f"{SITE}alerts.html?team=exeter-discharge\n"
        "\n"
        "If you do not need it, you do not have to do anything.\n"
    )
    assert message.sms == (
        f"Your team's alert ends on 8 Jan unless you renew it: {SITE}alerts.html"
        " Alert 3f9c0d1e8a72, near EX4 4QJ"
    )


def test_several_alerts_are_one_message() -> None:
    message = ending_message(ending("00000000000a", "00000000000b"), SITE)
    assert message.subject == "2 of your team's alerts end on 8 January"
    assert "  00000000000b: dementia nursing" in message.email
    assert "If you still need them, renew them with one press." in message.email
    assert message.sms.endswith(" Alert 00000000000a, near EX4 4QJ and 1 more")


def test_many_alerts_are_counted_and_the_text_stays_one_text() -> None:
    message = ending_message(ending(*(f"{number:012x}" for number in range(200))), SITE)
    assert "  and 190 more\n" in message.email
    assert len(message.sms) <= 160
    assert f"{SITE}alerts.html" in message.sms


def test_each_person_of_the_team_is_told_once_of_what_ends_on_a_day(deliver: Deliver) -> None:
    deliver.add(1)
    deliver.add(2, protocol=Protocol.SMS)
    deliver.add(3, state=MemberState.PENDING)
    deliver.send(ending(), ending())
    deliver.run()
    assert len(deliver.outbox.emails_sent) == 1
    assert len(deliver.outbox.texts_sent) == 1
    # The run of the next day finds the same alerts; what ends then is another message.
    deliver.time.advance(timedelta(days=1))
    sent_at = "2026-01-06T12:00:00.000Z"
    deliver.send({**ending(), "sent_at": sent_at}, {**ending(day="2026-01-09"), "sent_at": sent_at})
    deliver.run()
    assert [each.subject for each in deliver.outbox.emails_sent] == [
        "Your team's alert ends on 8 January",
        "Your team's alert ends on 9 January",
    ]
    assert "RemindersTold" not in deliver.metrics


@pytest.mark.parametrize(("hours", "times"), [(1, 1), (3, 0)])
def test_it_is_not_told_hours_after_its_time_of_day(
    deliver: Deliver, hours: int, times: int
) -> None:
    deliver.add(1)
    deliver.time.advance(timedelta(hours=hours))
    deliver.send(ending())
    deliver.run()
    assert len(deliver.outbox.emails_sent) == times


def test_it_is_stopped_by_one_press_as_any_message_to_the_person(deliver: Deliver) -> None:
    deliver.add(1)
    deliver.send(ending())
    deliver.run()
    (email,) = deliver.outbox.emails_sent
    assert "To stop them, open" in email.text
