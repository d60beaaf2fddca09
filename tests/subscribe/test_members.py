"""The members of a topic are added, listed and removed in SNS."""

import json
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError

from shared.aws.sns import FIRST_MESSAGES_ONLY, Topics
from shared.domain.errors import BusyError, ConflictError, NotFoundError, RefusedError
from subscribe.address import Address, Protocol
from subscribe.members import add_member, create_topic, list_members, remove_member

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
    assert list_members(team_topics, TEAM) == []


def test_a_member_receives_what_is_published(team_topics: Topics) -> None:
    sqs = boto3.client("sqs")
    url = sqs.create_queue(QueueName="vacancies")["QueueUrl"]
    queue = Address(Protocol.SQS, "arn:aws:sqs:eu-west-2:123456789012:vacancies")
    add_member(team_topics, TEAM, queue)
    team_topics.client.publish(TopicArn=team_topics.arn(TEAM), Message="a vacancy")
    (message,) = sqs.receive_message(QueueUrl=url)["Messages"]
    assert json.loads(message["Body"])["Message"] == "a vacancy"


def test_a_topic_is_created_once_with_the_name_of_the_sender(team_topics: Topics) -> None:
    create_topic(team_topics, TEAM)
    create_topic(team_topics, TEAM)
    (only,) = team_topics.client.list_topics()["Topics"]
    assert only["TopicArn"] == "arn:aws:sns:eu-west-2:123456789012:bedboard-test_team_" + TEAM
    attributes = team_topics.client.get_topic_attributes(TopicArn=only["TopicArn"])["Attributes"]
    assert attributes["DisplayName"] == "Bedboard"


def test_a_topic_has_the_tag_of_its_council(team_topics: Topics) -> None:
    create_topic(team_topics, TEAM)
    tags = team_topics.client.list_tags_for_resource(ResourceArn=team_topics.arn(TEAM))["Tags"]
    assert tags == [{"Key": "bedboard:council", "Value": "test"}]


def test_a_topic_renamed_by_an_operator_is_used(team_topics: Topics) -> None:
    create_topic(team_topics, TEAM)
    renamed = failing(team_topics, "create_topic", "InvalidParameter")
    add_member(renamed, TEAM, WARD)
    assert len(list_members(team_topics, TEAM)) == 1


def test_teams_have_separate_members(team_topics: Topics) -> None:
    add_member(team_topics, TEAM, WARD)
    add_member(team_topics, "exeter", PHONE)
    assert [member.address for member in list_members(team_topics, TEAM)] == [WARD]
    assert [member.address for member in list_members(team_topics, "exeter")] == [PHONE]


def test_adding_a_member_again_changes_nothing(team_topics: Topics) -> None:
    first = add_member(team_topics, TEAM, WARD)
    assert add_member(team_topics, TEAM, WARD) == first
    assert list_members(team_topics, TEAM) == [first]


def test_a_removed_member_is_not_listed(team_topics: Topics) -> None:
    add_member(team_topics, TEAM, PHONE)
    member_id = add_member(team_topics, TEAM, WARD).member_id
    assert member_id
    remove_member(team_topics, TEAM, member_id)
    assert [member.address for member in list_members(team_topics, TEAM)] == [PHONE]
    with pytest.raises(NotFoundError):
        remove_member(team_topics, TEAM, member_id)


def test_a_member_of_another_team_cannot_be_removed(team_topics: Topics) -> None:
    member_id = add_member(team_topics, TEAM, WARD).member_id
    assert member_id
    with pytest.raises(NotFoundError):
        remove_member(team_topics, "exeter", member_id)
    assert len(list_members(team_topics, TEAM)) == 1


@pytest.mark.parametrize(
    "member_id", ["", "x", "..", "00000000-0000-4000-8000-00000000000A", "a" * 5000]
)
def test_an_unknown_member_id_is_not_found(team_topics: Topics, member_id: str) -> None:
    add_member(team_topics, TEAM, WARD)
    with pytest.raises(NotFoundError):
        remove_member(team_topics, TEAM, member_id)


def test_a_member_who_has_not_confirmed_is_pending_for_48_hours(unconfirmed: Topics) -> None:
    added = add_member(unconfirmed, TEAM, WARD)
    assert list_members(unconfirmed, TEAM) == [added]
    document = added.to_document()
    assert document["state"] == "pending"
    assert "48 hours" in document["note"]
    with pytest.raises(ConflictError, match="48 hours"):
        remove_member(unconfirmed, TEAM, document["member_id"])


def test_a_member_who_unsubscribed_is_not_listed(team_topics: Topics) -> None:
    """SNS lists them as "Deleted" for a while."""
    add_member(team_topics, TEAM, WARD)
    page = team_topics.client.list_subscriptions_by_topic(TopicArn=team_topics.arn(TEAM))
    page["Subscriptions"][0]["SubscriptionArn"] = "Deleted"

    class Lingering:
        def list_subscriptions_by_topic(self, **_: Any) -> Any:
            return page

    assert list_members(Topics(Lingering(), team_topics.prefix), TEAM) == []  # type: ignore[arg-type]


def test_all_pages_of_members_are_listed(team_topics: Topics) -> None:
    create_topic(team_topics, TEAM)
    for number in range(101):
        team_topics.client.subscribe(
            TopicArn=team_topics.arn(TEAM), Protocol="email", Endpoint=f"w{number}@example.org"
        )
    assert len(list_members(team_topics, TEAM)) == 101


def test_the_number_of_members_is_limited(team_topics: Topics) -> None:
    add_member(team_topics, TEAM, WARD, limit=1)
    add_member(team_topics, TEAM, WARD, limit=1)
    with pytest.raises(ConflictError, match="There are 1 members"):
        add_member(team_topics, TEAM, PHONE, limit=1)
    assert len(list_members(team_topics, TEAM)) == 1


def test_only_a_phone_gets_no_repeats(team_topics: Topics) -> None:
    for address in (WARD, PHONE):
        add_member(team_topics, TEAM, address)
    page = team_topics.client.list_subscriptions_by_topic(TopicArn=team_topics.arn(TEAM))
    policies = {
        each["Protocol"]: team_topics.client.get_subscription_attributes(
            SubscriptionArn=each["SubscriptionArn"]
        )["Attributes"].get("FilterPolicy")
        for each in page["Subscriptions"]
    }
    assert policies == {"email": None, "sms": FIRST_MESSAGES_ONLY}
    assert json.loads(FIRST_MESSAGES_ONLY) == {"repeat": ["no"]}


def test_an_address_refused_by_sns_is_not_repeated_in_the_error(team_topics: Topics) -> None:
    with pytest.raises(RefusedError) as refused:
        add_member(failing(team_topics, "subscribe", "InvalidParameter"), TEAM, WARD)
    assert refused.value.problems[0].field == "address"
    assert "ward" not in str(refused.value)
    assert refused.value.__suppress_context__


@pytest.mark.parametrize("operation", ["create_topic", "subscribe", "list_subscriptions_by_topic"])
@pytest.mark.parametrize(("code", "status"), [("Throttled", 429), ("InternalError", 500)])
def test_throttling_and_errors_of_sns_mean_busy(
    team_topics: Topics, operation: str, code: str, status: int
) -> None:
    with pytest.raises(BusyError):
        add_member(failing(team_topics, operation, code, status), TEAM, WARD)


def test_a_timeout_of_sns_means_busy(team_topics: Topics) -> None:
    silence = ConnectTimeoutError(endpoint_url="https://sns.example.org")
    silent = Failing(team_topics, "subscribe", silence)
    with pytest.raises(BusyError):
        add_member(Topics(silent, team_topics.prefix), TEAM, WARD)  # type: ignore[arg-type]
