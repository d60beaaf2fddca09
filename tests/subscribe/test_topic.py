"""A team's members are kept by SNS: added without harm twice, listed, and removed."""

import json
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError

from shared.aws.sns import Topics
from shared.domain.errors import BusyError, ConflictError, NotFoundError, RefusedError
from subscribe import topic
from subscribe.address import Address, Protocol

TEAM = "exeter-discharge"
WARD = Address(Protocol.EMAIL, "ward.7@example.nhs.uk")
PHONE = Address(Protocol.SMS, "+447700900123")


class Failing:
    """An SNS that fails at one operation, and does all else."""

    def __init__(self, topics: Topics, operation: str, error: Exception) -> None:
        self._client, self._operation, self._error = topics.client, operation, error

    def __getattr__(self, name: str) -> Any:
        def called(**arguments: Any) -> Any:
            if name == self._operation:
                raise self._error
            return getattr(self._client, name)(**arguments)

        return called


def failing(topics: Topics, operation: str, code: str, status: int = 400) -> Topics:
    error = ClientError(
        {
            "Error": {"Code": code, "Message": "Invalid parameter: ward.7@example.nhs.uk"},
            "ResponseMetadata": {"HTTPStatusCode": status},  # type: ignore[typeddict-item]
        },
        operation,
    )
    return Topics(Failing(topics, operation, error), topics.prefix)  # type: ignore[arg-type]


def test_a_team_without_a_topic_has_no_members(team_topics: Topics) -> None:
    assert topic.members(team_topics, TEAM) == []


def test_a_member_is_told_what_is_published(team_topics: Topics) -> None:
    sqs = boto3.client("sqs")
    url = sqs.create_queue(QueueName="vacancies")["QueueUrl"]
    queue = Address(Protocol.SQS, "arn:aws:sqs:eu-west-2:123456789012:vacancies")
    topic.add(team_topics, TEAM, queue)
    team_topics.client.publish(TopicArn=team_topics.arn(TEAM), Message="a vacancy")
    (message,) = sqs.receive_message(QueueUrl=url)["Messages"]
    assert json.loads(message["Body"])["Message"] == "a vacancy"


def test_a_topic_is_made_once_and_says_who_sends(team_topics: Topics) -> None:
    topic.ensure(team_topics, TEAM)
    topic.ensure(team_topics, TEAM)
    (only,) = team_topics.client.list_topics()["Topics"]
    assert only["TopicArn"] == "arn:aws:sns:eu-west-2:123456789012:bedboard-test_team_" + TEAM
    attributes = team_topics.client.get_topic_attributes(TopicArn=only["TopicArn"])["Attributes"]
    assert attributes["DisplayName"] == "Bedboard"


def test_a_topic_that_an_operator_renamed_is_used_as_it_is(team_topics: Topics) -> None:
    topic.ensure(team_topics, TEAM)
    renamed = failing(team_topics, "create_topic", "InvalidParameter")
    topic.add(renamed, TEAM, WARD)
    assert len(topic.members(team_topics, TEAM)) == 1


def test_each_team_has_members_of_its_own(team_topics: Topics) -> None:
    topic.add(team_topics, TEAM, WARD)
    topic.add(team_topics, "exeter", PHONE)
    assert [member.address for member in topic.members(team_topics, TEAM)] == [WARD]
    assert [member.address for member in topic.members(team_topics, "exeter")] == [PHONE]


def test_adding_a_member_again_changes_nothing(team_topics: Topics) -> None:
    first = topic.add(team_topics, TEAM, WARD)
    assert topic.add(team_topics, TEAM, WARD) == first
    assert topic.members(team_topics, TEAM) == [first]


def test_a_removed_member_is_gone(team_topics: Topics) -> None:
    topic.add(team_topics, TEAM, PHONE)
    member_id = topic.add(team_topics, TEAM, WARD).member_id
    assert member_id
    topic.remove(team_topics, TEAM, member_id)
    assert [member.address for member in topic.members(team_topics, TEAM)] == [PHONE]
    with pytest.raises(NotFoundError):
        topic.remove(team_topics, TEAM, member_id)


def test_a_member_of_another_team_cannot_be_removed(team_topics: Topics) -> None:
    member_id = topic.add(team_topics, TEAM, WARD).member_id
    assert member_id
    with pytest.raises(NotFoundError):
        topic.remove(team_topics, "exeter", member_id)
    assert len(topic.members(team_topics, TEAM)) == 1


@pytest.mark.parametrize(
    "member_id", ["", "x", "..", "00000000-0000-4000-8000-00000000000A", "a" * 5000]
)
def test_what_is_no_member_cannot_be_removed(team_topics: Topics, member_id: str) -> None:
    topic.add(team_topics, TEAM, WARD)
    with pytest.raises(NotFoundError):
        topic.remove(team_topics, TEAM, member_id)


def test_a_member_who_has_not_confirmed_is_pending_and_lapses(unconfirmed: Topics) -> None:
    added = topic.add(unconfirmed, TEAM, WARD)
    assert topic.members(unconfirmed, TEAM) == [added]
    document = added.to_document()
    assert document["state"] == "pending"
    assert "48 hours" in document["note"]
    with pytest.raises(ConflictError, match="48 hours"):
        topic.remove(unconfirmed, TEAM, document["member_id"])


def test_a_member_who_unsubscribed_is_not_listed(team_topics: Topics) -> None:
    """SNS lists them as "Deleted" for a while."""
    topic.add(team_topics, TEAM, WARD)
    page = team_topics.client.list_subscriptions_by_topic(TopicArn=team_topics.arn(TEAM))
    page["Subscriptions"][0]["SubscriptionArn"] = "Deleted"

    class Lingering:
        def list_subscriptions_by_topic(self, **_: Any) -> Any:
            return page

    assert topic.members(Topics(Lingering(), team_topics.prefix), TEAM) == []  # type: ignore[arg-type]


def test_more_members_than_a_page_are_all_listed(
    team_topics: Topics, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(topic, "MOST_MEMBERS", 1000)
    topic.ensure(team_topics, TEAM)
    for number in range(101):
        team_topics.client.subscribe(
            TopicArn=team_topics.arn(TEAM), Protocol="email", Endpoint=f"w{number}@example.org"
        )
    assert len(topic.members(team_topics, TEAM)) == 101


def test_a_team_has_so_many_members_and_no_more(
    team_topics: Topics, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(topic, "MOST_MEMBERS", 1)
    topic.add(team_topics, TEAM, WARD)
    topic.add(team_topics, TEAM, WARD)
    with pytest.raises(ConflictError, match="at most 1"):
        topic.add(team_topics, TEAM, PHONE)
    assert len(topic.members(team_topics, TEAM)) == 1


def test_an_address_that_sns_refuses_is_refused_without_repeating_it(team_topics: Topics) -> None:
    with pytest.raises(RefusedError) as refused:
        topic.add(failing(team_topics, "subscribe", "InvalidParameter"), TEAM, WARD)
    assert refused.value.problems[0].field == "address"
    assert "ward" not in str(refused.value)
    assert refused.value.__suppress_context__


@pytest.mark.parametrize("operation", ["create_topic", "subscribe", "list_subscriptions_by_topic"])
@pytest.mark.parametrize(("code", "status"), [("Throttled", 429), ("InternalError", 500)])
def test_a_busy_sns_is_said_to_be_busy(
    team_topics: Topics, operation: str, code: str, status: int
) -> None:
    with pytest.raises(BusyError):
        topic.add(failing(team_topics, operation, code, status), TEAM, WARD)


def test_a_silent_sns_is_said_to_be_busy(team_topics: Topics) -> None:
    silence = ConnectTimeoutError(endpoint_url="https://sns.example.org")
    silent = Failing(team_topics, "subscribe", silence)
    with pytest.raises(BusyError):
        topic.add(Topics(silent, team_topics.prefix), TEAM, WARD)  # type: ignore[arg-type]
