"""Every change of a home reaches notify once; what fails neither blocks the rest nor gets lost."""

import json
from typing import Any

import pytest

from shared.domain.vocabulary import Action, ChangeKind
from shared.store import keys
from shared.store.change_log import Change
from tests.infra.written import Written
from tests.support.builders import NOON, changed, home

FIRST = changed(home(accepting=0), home(accepting=1)).to_item(NOON)
AGAIN = changed(home(accepting=0), home(accepting=1)).to_item(NOON, republished=True)
OF_AN_ALERT = Change(
    ChangeKind.ALERT, "exeter#a1", Action.CREATED, None, {"version": 1}, "somebody", "request"
).to_item(NOON)
STATE = {keys.PARTITION: {"S": keys.HOMES}, keys.SORT: {"S": "1-9000000001"}}
ANSWER = {
    keys.PARTITION: {"S": keys.idempotency_record("somebody", "key")},
    keys.SORT: {"S": keys.NO_SORT},
}


def passes(pattern: dict[str, Any], event: dict[str, Any]) -> bool:
    """Whether a filter lets an event through, by the rules of EventBridge that this one uses."""
    for name, expected in pattern.items():
        if isinstance(expected, dict):
            if not passes(expected, event.get(name, {})):
                return False
            continue
        (rule,) = expected
        match rule:
            case {"prefix": prefix}:
                held = str(event.get(name, "")).startswith(prefix)
            case {"exists": exists}:
                held = (name in event) is exists
            case str(value):
                held = event.get(name) == value
            case other:
                raise NotImplementedError(other)
        if not held:
            return False
    return True


def record(item: dict[str, Any], event_name: str = "INSERT") -> dict[str, Any]:
    """A write as the stream tells of it."""
    key = {name: item[name] for name in (keys.PARTITION, keys.SORT)}
    return {"eventName": event_name, "dynamodb": {"Keys": key, "NewImage": item}}


@pytest.mark.parametrize(
    ("event", "reaches_notify"),
    [
        pytest.param(record(FIRST), True, id="a change of a home"),
        pytest.param(record(AGAIN), False, id="the same, appended again"),
        pytest.param(record(OF_AN_ALERT), True, id="a change of an alert"),
        pytest.param(record(STATE), False, id="the home's state"),
        pytest.param(record(STATE, "MODIFY"), False, id="the home's new state"),
        pytest.param(record(ANSWER), False, id="an answer to replay"),
        pytest.param(record(FIRST, "REMOVE"), False, id="an entry that was deleted"),
    ],
)
def test_only_what_is_new_to_the_log_reaches_notify(
    written: Written, event: dict[str, Any], reaches_notify: bool
) -> None:
    filters = written.one("Lambda::EventSourceMapping")["FilterCriteria"]["Filters"]
    let_through = [passes(json.loads(each["Pattern"]), event) for each in filters]
    assert any(let_through) is reaches_notify


def test_notify_is_fed_from_the_tables_stream_from_its_beginning(written: Written) -> None:
    mapping = written.one("Lambda::EventSourceMapping")
    table = written.id_of("DynamoDB::Table")
    assert mapping["EventSourceArn"] == {"Fn::GetAtt": [table, "StreamArn"]}
    assert mapping["FunctionName"] == {"Ref": written.id_of("Lambda::Function", "Notify")}
    assert mapping["StartingPosition"] == "TRIM_HORIZON"
    assert mapping["MaximumBatchingWindowInSeconds"] == 0


def test_one_bad_entry_is_singled_out_tried_so_often_and_put_by(written: Written) -> None:
    mapping = written.one("Lambda::EventSourceMapping")
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert mapping["BisectBatchOnFunctionError"] is True
    assert 0 < mapping["MaximumRetryAttempts"] <= 100
    assert 0 < mapping["MaximumRecordAgeInSeconds"] < 24 * 60 * 60  # which the stream keeps
    queue = {"Fn::GetAtt": [written.id_of("SQS::Queue"), "Arn"]}
    assert mapping["DestinationConfig"]["OnFailure"]["Destination"] == queue


def test_dead_letters_are_encrypted_and_kept_two_weeks(written: Written) -> None:
    queue = written.one("SQS::Queue")
    assert queue["SqsManagedSseEnabled"] is True
    assert queue["MessageRetentionPeriod"] == 14 * 24 * 60 * 60
    statements = written.one("SQS::QueuePolicy")["PolicyDocument"]["Statement"]
    refused = [each for each in statements if each["Effect"] == "Deny"]
    assert refused[0]["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
