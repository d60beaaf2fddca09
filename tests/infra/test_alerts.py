"""Every change of a home reaches notify once; a failure neither blocks the rest nor is lost."""

import json
from typing import Any

import pytest

from cli.stream_mapping import COPIED_SETTINGS
from shared.domain.vocabulary import Action, ChangeKind
from shared.store import keys
from shared.store.change_log import Change
from tests.infra.stack_template import StackTemplate
from tests.support.builders import NOON, changed, home

FIRST = changed(home(accepting=0), home(accepting=1)).to_item(NOON)
AGAIN = changed(home(accepting=0), home(accepting=1)).to_item(NOON, republished=True)
OF_AN_ALERT = Change(
    ChangeKind.ALERT, "exeter#a1", Action.CREATED, None, {"version": 1}, "someone", "request"
).to_item(NOON)
OF_A_DISPUTE = {**OF_AN_ALERT, keys.KIND: {"S": "dispute"}}
BEAT = {
    keys.PARTITION: {"S": keys.change_day(NOON)},
    keys.SORT: {"S": keys.beat(NOON)},
    keys.KIND: {"S": keys.BEAT},
}
STATE = {keys.PARTITION: {"S": keys.HOMES}, keys.SORT: {"S": "1-9000000001"}}
ANSWER = {
    keys.PARTITION: {"S": keys.idempotency_record("someone", "key")},
    keys.SORT: {"S": keys.NO_SORT},
}


def passes(pattern: dict[str, Any], event: dict[str, Any]) -> bool:
    """Return whether a filter passes an event, by the EventBridge rules that are used here."""
    for name, expected in pattern.items():
        if isinstance(expected, dict):
            if not passes(expected, event.get(name, {})):
                return False
            continue
        (rule,) = expected
        match rule:
            case {"prefix": prefix}:
                matches = str(event.get(name, "")).startswith(prefix)
            case {"exists": exists}:
                matches = (name in event) is exists
            case str(value):
                matches = event.get(name) == value
            case other:
                raise NotImplementedError(other)
        if not matches:
            return False
    return True


def record(item: dict[str, Any], event_name: str = "INSERT") -> dict[str, Any]:
    """Return the stream record of a write."""
    key = {name: item[name] for name in (keys.PARTITION, keys.SORT)}
    return {"eventName": event_name, "dynamodb": {"Keys": key, "NewImage": item}}


@pytest.mark.parametrize(
    ("event", "reaches_notify"),
    [
        pytest.param(record(FIRST), True, id="a change of a home"),
        pytest.param(record(AGAIN), False, id="the same change, published again"),
        pytest.param(record(OF_AN_ALERT), True, id="a change of an alert"),
        pytest.param(record(OF_A_DISPUTE), True, id="what a team was told"),
        pytest.param(record(BEAT), True, id="a heartbeat"),
        pytest.param(record(BEAT, "REMOVE"), False, id="a heartbeat that expired"),
        pytest.param(record(STATE), False, id="the home's state"),
        pytest.param(record(STATE, "MODIFY"), False, id="the home's new state"),
        pytest.param(record(ANSWER), False, id="an idempotency record"),
        pytest.param(record(FIRST, "REMOVE"), False, id="an entry that was deleted"),
    ],
)
def test_only_new_log_entries_reach_notify(
    template: StackTemplate, event: dict[str, Any], reaches_notify: bool
) -> None:
    filters = template.properties("Lambda::EventSourceMapping", "LogEntries")["FilterCriteria"][
        "Filters"
    ]
    passed = [passes(json.loads(each["Pattern"]), event) for each in filters]
    assert any(passed) is reaches_notify


def test_notify_reads_the_tables_stream_from_its_beginning(template: StackTemplate) -> None:
    mapping = template.properties("Lambda::EventSourceMapping", "LogEntries")
    table = template.logical_id("DynamoDB::Table")
    assert mapping["EventSourceArn"] == {"Fn::GetAtt": [table, "StreamArn"]}
    assert mapping["FunctionName"] == {"Ref": template.logical_id("Lambda::Function", "Notify")}
    assert mapping["StartingPosition"] == "TRIM_HORIZON"
    assert mapping["MaximumBatchingWindowInSeconds"] == 0


def test_lambda_counts_the_entries_that_it_reads_retries_and_gives_up(
    template: StackTemplate,
) -> None:
    mapping = template.properties("Lambda::EventSourceMapping", "LogEntries")
    assert mapping["MetricsConfig"] == {"Metrics": ["EventCount"]}


def test_a_restore_copies_every_setting_of_the_mapping(template: StackTemplate) -> None:
    mapping = template.properties("Lambda::EventSourceMapping", "LogEntries")
    of_its_own = {"EventSourceArn", "FunctionName", "StartingPosition"}
    assert mapping.keys() - of_its_own <= set(COPIED_SETTINGS)


def test_a_failing_entry_is_isolated_retried_and_becomes_a_dead_letter(
    template: StackTemplate,
) -> None:
    mapping = template.properties("Lambda::EventSourceMapping", "LogEntries")
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert mapping["BisectBatchOnFunctionError"] is True
    assert 0 < mapping["MaximumRetryAttempts"] <= 100
    assert 0 < mapping["MaximumRecordAgeInSeconds"] < 24 * 60 * 60  # how long the stream keeps it
    queue = {"Fn::GetAtt": [template.logical_id("SQS::Queue", "DeadLetters"), "Arn"]}
    assert mapping["DestinationConfig"]["OnFailure"]["Destination"] == queue


def test_dead_letters_are_encrypted_and_kept_for_two_weeks(template: StackTemplate) -> None:
    queue = template.properties("SQS::Queue", "DeadLetters")
    assert queue["SqsManagedSseEnabled"] is True
    assert queue["MessageRetentionPeriod"] == 14 * 24 * 60 * 60
    statements = template.properties("SQS::QueuePolicy", "DeadLetters")["PolicyDocument"][
        "Statement"
    ]
    denied = [each for each in statements if each["Effect"] == "Deny"]
    assert denied[0]["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
