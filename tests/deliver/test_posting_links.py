"""Each reminder holds a link of its reader's own, which is nowhere else."""

import json
from datetime import timedelta

import pytest

from shared.aws.telemetry import logger
from shared.domain.link_secret import Secret
from shared.domain.member import MemberState, Owner, Protocol
from shared.store import members, posting_links
from tests.deliver.conftest import HOME, Deliver, alert, raise_unreadable, reminder
from tests.deliver.test_crashes import run_with
from tests.support.crashes import WHENS, Crash, When
from tests.support.outbox import POSTING_LINK, provider_error


def remind(deliver: Deliver, day: str = "2026-01-05") -> None:
    deliver.send(reminder(day, sent_at=deliver.time.now.isoformat()))
    assert deliver.run() == 0


def tokens(deliver: Deliver) -> list[str]:
    """Return the token of each message, emails first."""
    texts = [
        *(each.text for each in deliver.outbox.emails_sent),
        *(each.text for each in deliver.outbox.texts_sent),
    ]
    return [token for text in texts for token in POSTING_LINK.findall(text)]


def works(deliver: Deliver, token: str) -> bool:
    state = posting_links.find(deliver.table, Secret(token).digest)
    return state is not None and state.works(deliver.time.now)


def test_each_member_gets_a_link_of_their_own(deliver: Deliver) -> None:
    deliver.add(1, HOME)
    deliver.add(2, HOME, Protocol.SMS)
    remind(deliver)
    email, text = tokens(deliver)
    found = [posting_links.find(deliver.table, Secret(each).digest) for each in (email, text)]
    assert [each.link.member_id[-1] for each in found if each] == ["1", "2"]
    assert works(deliver, email)
    assert works(deliver, text)


def test_the_next_reminder_ends_the_link_of_the_one_before(deliver: Deliver) -> None:
    deliver.add(1, HOME)
    remind(deliver)
    deliver.time.advance(timedelta(days=1))
    remind(deliver, "2026-01-06")
    assert [works(deliver, each) for each in tokens(deliver)] == [False, True]


def test_while_links_are_stopped_a_reminder_leads_to_the_page_with_a_sign_in(
    deliver: Deliver,
) -> None:
    deliver.add(1, HOME)
    clock, now = deliver.time.clock(), deliver.time.now
    posting_links.revise_stop(
        deliver.table, clock, HOME.owner_id, lambda current: current.stop(now)
    )
    remind(deliver)
    (email,) = deliver.outbox.emails_sent
    assert tokens(deliver) == []
    assert "update.html?home=1-9000000001" in email.text


def test_an_alert_to_a_team_holds_no_link_that_posts(deliver: Deliver) -> None:
    deliver.add(1)
    deliver.send(alert())
    deliver.run()
    assert tokens(deliver) == []


def test_the_link_of_someone_who_is_removed_ends_at_once(deliver: Deliver) -> None:
    member = deliver.add(1, HOME)
    stays = deliver.add(2, HOME)
    remind(deliver)
    members.remove(deliver.table, member, deliver.time.now)
    assert [works(deliver, each) for each in tokens(deliver)] == [False, True]
    assert stays.state is MemberState.CONFIRMED


def test_the_link_of_someone_who_stopped_and_is_removed_ends_at_once(deliver: Deliver) -> None:
    member, now = deliver.add(1, HOME), deliver.time.now
    remind(deliver)
    stopped = members.revise(
        deliver.table, member, now, lambda current: current.stop(MemberState.UNSUBSCRIBED, now)
    )
    members.remove(deliver.table, stopped, now)
    assert not works(deliver, tokens(deliver)[0])


STEPS = 10
"""Calls of the fan-out and of telling one person, at most."""


@pytest.mark.parametrize("when", WHENS)
@pytest.mark.parametrize("step", range(STEPS))
def test_wherever_it_is_interrupted_the_last_message_holds_a_link_that_works(
    deliver: Deliver, step: int, when: When
) -> None:
    deliver.add(1, HOME)
    deliver.send(reminder(sent_at=deliver.time.now.isoformat()))
    crash = Crash(step, when)
    run_with(deliver, crash)
    sent = tokens(deliver)
    assert len(sent) in (1, 2)
    assert works(deliver, sent[-1])


def test_no_token_is_in_a_queue_an_item_a_log_line_or_a_metric(
    deliver: Deliver, capsys: pytest.CaptureFixture[str]
) -> None:
    deliver.add(1, HOME)
    deliver.add(2, HOME, Protocol.SMS)
    refused: list[str] = []

    def refuse_once(recipient: str) -> None:
        if recipient not in refused:
            refused.append(recipient)
            raise provider_error("Throttling")

    deliver.outbox.before = refuse_once
    deliver.send(reminder(sent_at=deliver.time.now.isoformat()))
    queued: list[str] = []
    while batch := deliver.receive():
        queued.append(json.dumps(batch))
        deliver.invoke(batch)
    logger.info("the end")
    secrets = tokens(deliver)
    texts = [
        *(each.text for each in deliver.outbox.emails_sent),
        *(each.text for each in deliver.outbox.texts_sent),
    ]
    codes = [
        word
        for word in " ".join(texts).split()
        if Secret.typed(word) and len(word) == len("7KQ2M-9XW4D") and word[5] == "-"
    ]
    assert len(refused) == len(secrets) == len(codes) == 2
    items = deliver.table.client.scan(TableName=deliver.table.name)["Items"]
    everywhere = " ".join(
        [*queued, str(items), capsys.readouterr().out, json.dumps(deliver.metrics)]
    )
    for each in (*secrets, *codes, *(code.replace("-", "") for code in codes)):
        assert each not in everywhere
    people = members.list_of_owner(
        deliver.table, Owner.home(HOME.owner_id), deliver.time.now, raise_unreadable
    )
    assert len(people) == 2
