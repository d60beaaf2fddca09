"""Everyone who agreed is told once, by their own way; what fails for one delays no other."""

import json
from datetime import timedelta
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from deliver.queue_batch import LONGEST_DELAY, delay
from shared.aws.telemetry import logger
from shared.domain.member import MemberState, Protocol
from shared.store import keys, members
from shared.store.table import Table
from tests.deliver.conftest import HOME, SITE, TEAM, Deliver, alert, email_of, reminder
from tests.support import traces
from tests.support.examples import part_of
from tests.support.outbox import provider_error


def state_of(deliver: Deliver, number: int) -> MemberState:
    member_id = f"00000000-0000-4000-8000-{number:012d}"
    return members.load(deliver.table, TEAM, member_id, deliver.time.now).state


def test_each_person_is_told_by_their_own_way(deliver: Deliver) -> None:
    deliver.add(1)
    deliver.add(2, protocol=Protocol.SMS)
    deliver.send(alert())
    assert deliver.run() == 0
    (email,), (text,) = deliver.outbox.emails_sent, deliver.outbox.texts_sent
    assert email.address == email_of(1)
    assert email.subject == "Vacancy at Larkrise House: 1 general nursing bed"
    assert text.number == "+447700900002"
    assert text.text.startswith("Larkrise House, 01632 960001: 1 general nursing bed free")
    assert text.attributes == {
        "AWS.SNS.SMS.SMSType": "Transactional",
        "AWS.SNS.SMS.SenderID": "Bedboard",
    }
    assert deliver.metrics["AlertsTold"] == 2
    assert deliver.metrics["TellDelay"] == 2 * 2_000


def test_every_email_says_how_to_stop_and_mail_programs_can(deliver: Deliver) -> None:
    deliver.add(1)
    deliver.send(alert())
    deliver.run()
    (email,) = deliver.outbox.emails_sent
    (token,) = email.tokens
    assert f"open {SITE}messages.html#{token}" in email.text
    assert email.headers == {
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{SITE}api/unsubscribe/{token}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert email.sender == "Bedboard <bedboard@beds.example.org>"
    assert email.tags["member"].endswith("000000000001")
    assert (email.tags["kind"], email.tags["owner"]) == ("team", "exeter-discharge")


@pytest.mark.parametrize(
    "state", [each for each in MemberState if each is not MemberState.CONFIRMED]
)
def test_only_who_agreed_and_did_not_stop_is_told(deliver: Deliver, state: MemberState) -> None:
    deliver.add(1, state=state)
    deliver.send(alert())
    assert deliver.run() == 0
    assert deliver.outbox.recipients == []


def test_people_of_other_teams_and_of_homes_are_not_told(deliver: Deliver) -> None:
    deliver.add(1, owner=HOME)
    deliver.send(alert())
    deliver.run()
    assert deliver.outbox.recipients == []


def test_phones_get_no_repeats_and_mailboxes_do(deliver: Deliver) -> None:
    deliver.add(1)
    deliver.add(2, protocol=Protocol.SMS)
    deliver.send(alert(), is_repeat=True)
    deliver.run()
    assert deliver.outbox.recipients == [email_of(1)]


def test_nobody_is_told_twice_however_often_an_event_comes(deliver: Deliver) -> None:
    deliver.add(1)
    deliver.add(2, protocol=Protocol.SMS)
    for _ in range(3):
        deliver.send(alert())
        deliver.run()
    assert len(deliver.outbox.recipients) == 2
    deliver.send(alert("1-9000000001#8"))
    deliver.run()
    assert len(deliver.outbox.recipients) == 4


def test_someone_who_stops_while_a_message_waits_does_not_get_it(deliver: Deliver) -> None:
    member = deliver.add(1)
    deliver.send(alert())
    deliver.run(most_invocations=1)  # the message to them is in the queue now
    now = deliver.time.now
    members.revise(
        deliver.table, member, now, lambda each: each.stop(MemberState.UNSUBSCRIBED, now)
    )
    assert deliver.run() == 0
    assert deliver.outbox.recipients == []


def test_someone_who_was_removed_while_a_message_waits_does_not_get_it(deliver: Deliver) -> None:
    member = deliver.add(1)
    deliver.send(alert())
    deliver.run(most_invocations=1)
    members.remove(deliver.table, member, deliver.time.now)
    assert deliver.run() == 0
    assert deliver.outbox.recipients == []


def test_one_of_many_that_fails_delays_none_of_the_others(deliver: Deliver) -> None:
    many = max(25, part_of(100))
    for number in range(many):
        deliver.add(number)
    broken = email_of(7)

    def refuse(address: str) -> None:
        if address == broken:
            raise provider_error("MessageRejected")

    deliver.outbox.before = refuse
    deliver.comes_again = False
    deliver.send(alert())
    invocations = 1 + many  # one that fans out, and one for each
    assert deliver.run(invocations) == 1
    others = [email_of(number) for number in range(many) if email_of(number) != broken]
    assert sorted(deliver.outbox.recipients) == sorted(others)
    assert deliver.postponed == [15]


def test_a_message_that_fails_comes_again_later_and_later(deliver: Deliver) -> None:
    deliver.add(1)

    def refuse(_: str) -> None:
        raise provider_error("Throttling", 429)

    deliver.outbox.before = refuse
    deliver.send(alert())
    assert deliver.run(most_invocations=4) == 3
    assert deliver.postponed == [15, 30, 60]
    assert delay(8) == delay(100) == LONGEST_DELAY
    assert deliver.metrics["DeliveryFailed"] == 3


def test_a_phone_that_takes_no_texts_is_marked_and_not_tried_again(deliver: Deliver) -> None:
    deliver.add(2, protocol=Protocol.SMS)
    deliver.outbox.opted_out.add("+447700900002")
    deliver.send(alert())
    assert deliver.run() == 0
    assert deliver.outbox.recipients == []
    assert state_of(deliver, 2) is MemberState.OPTED_OUT


@pytest.mark.parametrize(
    ("event", "state", "metric"),
    [
        ("email_bounced", MemberState.BOUNCED, "EmailsBounced"),
        ("email_complained", MemberState.COMPLAINED, "EmailsComplained"),
    ],
)
def test_who_bounces_or_complains_is_marked_and_told_nothing_more(
    deliver: Deliver, event: str, state: MemberState, metric: str
) -> None:
    member = deliver.add(1)
    tags = {name: [value] for name, value in member.tags.items()}
    for _ in range(2):
        deliver.send({"event": event, **tags})
        deliver.run()
        deliver.time.advance(timedelta(minutes=1))
    assert deliver.metrics == {metric: 1}
    assert state_of(deliver, 1) is state
    deliver.send(alert())
    deliver.run()
    assert deliver.outbox.recipients == []


def test_a_report_about_someone_who_is_gone_changes_nothing(deliver: Deliver) -> None:
    unknown = "00000000-0000-4000-8000-000000000009"
    report = {"event": "email_bounced", "kind": ["team"], "owner": ["x"], "member": [unknown]}
    deliver.send(report)
    assert deliver.run() == 0
    assert deliver.metrics == {"EmailsBounced": 1}  # SES counts it against the sender


def test_a_home_is_reminded_once_a_day_whoever_sends_the_reminder(deliver: Deliver) -> None:
    deliver.add(1, owner=HOME)
    for sent_at in ("2026-01-05T11:50:00.000Z", "2026-01-05T11:50:00.000Z", "2026-01-05T11:59Z"):
        deliver.send(reminder(sent_at=sent_at))
    assert deliver.run() == 0
    assert len(deliver.outbox.emails_sent) == 1
    assert f"{SITE}update.html?home=1-9000000001" in deliver.outbox.emails_sent[0].text
    assert deliver.metrics["RemindersTold"] == 1


def test_the_next_day_brings_a_reminder_of_its_own(deliver: Deliver) -> None:
    deliver.add(1, owner=HOME)
    deliver.send(reminder())
    deliver.run()
    # Where clocks go forward a day has 23 hours.
    deliver.time.now = deliver.time.now.replace(day=6, hour=11)
    deliver.send(reminder("2026-01-06", sent_at="2026-01-06T11:00:00.000Z"))
    deliver.run()
    assert len(deliver.outbox.emails_sent) == 2


def test_a_reminder_that_waited_for_hours_is_not_sent(deliver: Deliver) -> None:
    deliver.add(1, owner=HOME)
    deliver.send(reminder(sent_at="2026-01-05T09:30:00.000Z"))
    assert deliver.run() == 0
    assert deliver.outbox.recipients == []


def test_an_alert_that_notify_could_not_publish_is_published(deliver: Deliver) -> None:
    deliver.topics.client.create_topic(Name="bedboard-test_team_exeter-discharge")
    inbox = boto3.client("sqs").create_queue(QueueName="inbox")["QueueUrl"]
    deliver.topics.client.subscribe(
        TopicArn=deliver.topics.arn("exeter-discharge"),
        Protocol="sqs",
        Endpoint="arn:aws:sqs:eu-west-2:123456789012:inbox",
    )
    deliver.send({"event": "publish_alert", "is_repeat": False, "about": alert()})
    assert deliver.run() == 0
    (message,) = boto3.client("sqs").receive_message(QueueUrl=inbox)["Messages"]
    assert json.loads(json.loads(message["Body"])["Message"]) == alert()


def test_where_the_topic_is_gone_the_people_are_told_all_the_same(deliver: Deliver) -> None:
    deliver.add(1)
    deliver.send({"event": "publish_alert", "is_repeat": False, "about": alert()})
    assert deliver.run() == 0
    assert deliver.outbox.recipients == [email_of(1)]


def test_a_member_that_cannot_be_read_does_not_hide_the_others(
    deliver: Deliver, table: Table
) -> None:
    deliver.add(1)
    partition = {"pk": {"S": keys.members(str(TEAM))}, "sk": {"S": "broken"}}
    table.put({**partition, keys.VERSION: {"N": "1"}, keys.DOCUMENT: {"S": "{}"}})
    deliver.send(alert())
    assert deliver.run() == 0
    assert deliver.outbox.recipients == [email_of(1)]


def test_an_unknown_event_fails_by_itself(deliver: Deliver) -> None:
    deliver.send({"event": "something_else"})
    assert deliver.run(most_invocations=1) == 1


def test_an_address_opens_for_its_own_member_only(deliver: Deliver) -> None:
    one, other = deliver.add(1), deliver.add(2)
    assert one.sealed
    assert email_of(1) in deliver.key.open(one.sealed, str(TEAM), one.member_id)
    with pytest.raises(ClientError, match="InvalidCiphertext"):
        deliver.key.open(one.sealed, str(TEAM), other.member_id)


def test_no_address_is_in_the_queue_a_log_line_a_metric_or_an_item_in_clear(
    deliver: Deliver, table: Table, caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[Any] = []
    deliver.add(1)
    deliver.add(2, protocol=Protocol.SMS)

    def refuse(_: str) -> None:
        raise provider_error("MessageRejected")

    deliver.outbox.before = refuse
    deliver.send(alert())
    deliver.run(most_invocations=1)
    seen += deliver.left()
    assert deliver.run(most_invocations=4) == 4
    seen += deliver.left()
    deliver.outbox.before = lambda _: None
    deliver.run()
    assert len(deliver.outbox.recipients) == 2
    seen += traces.items(table)
    seen += [logger.registered_formatter.format(each) for each in caplog.records]
    seen += list(deliver.metrics)
    text = str(seen)
    assert "member_id" in text
    for address in (email_of(1), "ward.", "+44770", "900002", "ward.7@example.nhs.uk"):
        assert address not in text
