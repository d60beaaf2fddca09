"""The systems of a team subscribe to its topic, beside the queue from which people are told."""

import json
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError

from shared.aws.sns import Topics
from shared.domain.errors import BusyError, ConflictError, NotFoundError, RefusedError
from shared.domain.member import Protocol
from subscribe.address import Address
from subscribe.systems import add_system, create_topic, list_systems, remove_system

TEAM = "exeter-discharge"
HOOK = Address(Protocol.HTTPS, "https://discharge.example.nhs.uk/vacancies")
QUEUE = Address(Protocol.SQS, "arn:aws:sqs:eu-west-2:123456789012:vacancies")


@pytest.fixture(autouse=True)
def queues(team_topics: Topics) -> None:
    for name in ("vacancies", "deliveries"):
        boto3.client("sqs").create_queue(QueueName=name)


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
            "ResponseMetadata": {"HTTPStatusCode": status},  # type: ignore[typeddict-item]  # only what is read of it
        },
        operation,
    )
    return Topics(Failing(topics, operation, error), topics.prefix, topics.queue_arn)  # type: ignore[arg-type]  # a stand-in


def test_a_team_without_a_topic_has_no_systems(team_topics: Topics) -> None:
    assert list_systems(team_topics, TEAM) == []


def test_a_system_receives_what_is_published(team_topics: Topics) -> None:
    add_system(team_topics, TEAM, QUEUE)
    team_topics.publish(TEAM, {"event": "a vacancy"})
    sqs = boto3.client("sqs")
    url = sqs.get_queue_url(QueueName="vacancies")["QueueUrl"]
    (message,) = sqs.receive_message(QueueUrl=url)["Messages"]
    assert json.loads(json.loads(message["Body"])["Message"]) == {"event": "a vacancy"}


def test_a_topic_also_feeds_the_queue_from_which_people_are_told(team_topics: Topics) -> None:
    create_topic(team_topics, TEAM)
    create_topic(team_topics, TEAM)
    team_topics.publish(TEAM, {"event": "a vacancy"}, is_repeat=True)
    sqs = boto3.client("sqs")
    url = sqs.get_queue_url(QueueName="deliveries")["QueueUrl"]
    (message,) = sqs.receive_message(QueueUrl=url, MessageAttributeNames=["All"])["Messages"]
    assert json.loads(message["Body"]) == {"event": "a vacancy"}
    assert message["MessageAttributes"]["repeat"]["StringValue"] == "yes"
    assert list_systems(team_topics, TEAM) == []


def test_a_topic_takes_only_what_is_encrypted_and_signs_what_it_sends(team_topics: Topics) -> None:
    set_attributes: list[dict[str, Any]] = []
    events = team_topics.client.meta.events
    events.register(
        "provide-client-params.sns.SetTopicAttributes",
        lambda params, **_: set_attributes.append(params),
    )
    create_topic(team_topics, TEAM)
    (only,) = team_topics.client.list_topics()["Topics"]
    assert only["TopicArn"] == "arn:aws:sns:eu-west-2:123456789012:bedboard-test_team_" + TEAM
    attributes = team_topics.client.get_topic_attributes(TopicArn=only["TopicArn"])["Attributes"]
    (statement,) = json.loads(attributes["Policy"])["Statement"]
    assert statement["Effect"] == "Deny"
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    (signature,) = set_attributes
    assert signature["TopicArn"] == only["TopicArn"]
    assert (signature["AttributeName"], signature["AttributeValue"]) == ("SignatureVersion", "2")


def test_the_queue_of_the_stack_cannot_be_added_as_a_system(team_topics: Topics) -> None:
    with pytest.raises(RefusedError):
        add_system(team_topics, TEAM, Address(Protocol.SQS, team_topics.queue_arn))


def test_a_topic_has_the_tag_of_its_council(team_topics: Topics) -> None:
    create_topic(team_topics, TEAM)
    tags = team_topics.client.list_tags_for_resource(ResourceArn=team_topics.arn(TEAM))["Tags"]
    assert tags == [{"Key": "bedboard:council", "Value": "test"}]


def test_a_topic_renamed_by_an_operator_is_used(team_topics: Topics) -> None:
    create_topic(team_topics, TEAM)
    renamed = failing(team_topics, "create_topic", "InvalidParameter")
    add_system(renamed, TEAM, HOOK)
    assert len(list_systems(team_topics, TEAM)) == 1


def test_teams_have_separate_systems(team_topics: Topics) -> None:
    add_system(team_topics, TEAM, HOOK)
    add_system(team_topics, "exeter", QUEUE)
    assert [system.address for system in list_systems(team_topics, TEAM)] == [HOOK]
    assert [system.address for system in list_systems(team_topics, "exeter")] == [QUEUE]


def test_adding_a_system_again_changes_nothing(team_topics: Topics) -> None:
    first = add_system(team_topics, TEAM, HOOK)
    assert add_system(team_topics, TEAM, HOOK) == first
    assert list_systems(team_topics, TEAM) == [first]


def test_a_removed_system_is_not_listed(team_topics: Topics) -> None:
    add_system(team_topics, TEAM, QUEUE)
    member_id = add_system(team_topics, TEAM, HOOK).member_id
    assert member_id
    remove_system(team_topics, TEAM, member_id)
    assert [system.address for system in list_systems(team_topics, TEAM)] == [QUEUE]
    with pytest.raises(NotFoundError):
        remove_system(team_topics, TEAM, member_id)


def test_a_member_of_another_team_cannot_be_removed(team_topics: Topics) -> None:
    member_id = add_system(team_topics, TEAM, HOOK).member_id
    assert member_id
    with pytest.raises(NotFoundError):
        remove_system(team_topics, "exeter", member_id)
    assert len(list_systems(team_topics, TEAM)) == 1


@pytest.mark.parametrize(
    "member_id", ["", "x", "..", "00000000-0000-4000-8000-00000000000A", "a" * 5000]
)
def test_an_unknown_id_is_not_found(team_topics: Topics, member_id: str) -> None:
    add_system(team_topics, TEAM, HOOK)
    with pytest.raises(NotFoundError):
        remove_system(team_topics, TEAM, member_id)


def test_a_system_that_has_not_confirmed_is_pending_for_48_hours(unconfirmed: Topics) -> None:
    added = add_system(unconfirmed, TEAM, HOOK)
    assert list_systems(unconfirmed, TEAM) == [added]
    document = added.to_document()
    assert document["state"] == "pending"
    with pytest.raises(ConflictError, match="48 hours"):
        remove_system(unconfirmed, TEAM, document["member_id"])


def test_a_member_who_unsubscribed_is_not_listed(team_topics: Topics) -> None:
    """SNS lists them as "Deleted" for a while."""
    add_system(team_topics, TEAM, HOOK)
    page = team_topics.client.list_subscriptions_by_topic(TopicArn=team_topics.arn(TEAM))
    for each in page["Subscriptions"]:
        each["SubscriptionArn"] = "Deleted"

    class Lingering:
        def list_subscriptions_by_topic(self, **_: Any) -> Any:
            return page

    assert list_systems(Topics(Lingering(), team_topics.prefix), TEAM) == []  # type: ignore[arg-type]  # a stand-in


def test_all_pages_of_systems_are_listed(team_topics: Topics) -> None:
    create_topic(team_topics, TEAM)
    for number in range(101):
        team_topics.client.subscribe(
            TopicArn=team_topics.arn(TEAM), Protocol="https", Endpoint=f"https://{number}.org/"
        )
    assert len(list_systems(team_topics, TEAM)) == 101


def test_the_number_of_systems_is_limited(team_topics: Topics) -> None:
    add_system(team_topics, TEAM, HOOK, limit=1)
    add_system(team_topics, TEAM, HOOK, limit=1)
    with pytest.raises(ConflictError, match="There are 1 systems"):
        add_system(team_topics, TEAM, QUEUE, limit=1)
    assert len(list_systems(team_topics, TEAM)) == 1


def test_an_address_refused_by_sns_is_not_repeated_in_the_error(team_topics: Topics) -> None:
    with pytest.raises(RefusedError) as refused:
        add_system(failing(team_topics, "subscribe", "InvalidParameter"), TEAM, HOOK)
    assert refused.value.problems[0].field == "address"
    assert "discharge" not in str(refused.value)
    assert refused.value.__suppress_context__


@pytest.mark.parametrize("operation", ["create_topic", "subscribe", "list_subscriptions_by_topic"])
@pytest.mark.parametrize(("code", "status"), [("Throttled", 429), ("InternalError", 500)])
def test_throttling_and_errors_of_sns_mean_busy(
    team_topics: Topics, operation: str, code: str, status: int
) -> None:
    with pytest.raises(BusyError):
        add_system(failing(team_topics, operation, code, status), TEAM, HOOK)


def test_a_timeout_of_sns_means_busy(team_topics: Topics) -> None:
    silence = ConnectTimeoutError(endpoint_url="https://sns.example.org")
    silent = Failing(team_topics, "subscribe", silence)
    with pytest.raises(BusyError):
        add_system(Topics(silent, team_topics.prefix), TEAM, HOOK)  # type: ignore[arg-type]  # a stand-in
