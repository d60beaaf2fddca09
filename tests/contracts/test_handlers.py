"""The functions handle what AWS sends, and the commands read the letters that it leaves."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

import pytest
from aws_lambda_powertools.event_handler.api_gateway import Response
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord

import import_homes.handler
import notify.handler
import remind_homes.handler
import show_home.handler
import snapshot_homes.handler
from cli.dead_letters.message import parse_message
from local.lambda_events import Context
from notify.streamed_change import read_change
from shared.aws import delivery_queue, sns
from shared.aws.clock import SYSTEM
from shared.aws.delivery_queue import DeliveryQueue
from shared.domain.demand import Span
from shared.http.request import Request
from shared.http.response import create_resolver, json_response, lambda_handler
from shared.store import keys
from shared.store.table import Table
from tests.import_homes.directories import csv_file, location
from tests.support.builders import NOON, changed, home, save
from tests.support.contracts import contract
from tests.support.import_bucket import create_import_bucket


def queue_in_moto() -> DeliveryQueue:
    queue = delivery_queue.of_this_stack()
    queue.client.create_queue(QueueName="deliveries")
    return queue


def stream_record() -> dict[str, Any]:
    """Return the contract's record with an entry as the log has it today."""
    record = contract("dynamodb_stream_record").event
    before = home("1-9000000001", accepting=0)
    after = home("1-9000000001", accepting=1)
    entry = changed(before, after).to_item(NOON)
    record["dynamodb"]["NewImage"] = entry
    record["dynamodb"]["Keys"] = {name: entry[name] for name in (keys.PARTITION, keys.SORT)}
    return record


def test_a_request_says_who_sends_it_and_what_they_ask_for() -> None:
    event = contract("http_api_request").event
    app = create_resolver()
    seen: dict[str, Any] = {}

    @app.route(".+", method=[event["requestContext"]["http"]["method"]])
    def look() -> Response[str]:
        request = Request(app)
        seen["caller"], seen["request_id"] = request.caller(), request.request_id
        known = frozenset(parse_qs(event["rawQueryString"]))
        assert not request.query_params(known).problems
        return json_response("{}")

    assert lambda_handler(app)(event, Context())["statusCode"] == 200
    context = event["requestContext"]
    claims = context["authorizer"]["jwt"]["claims"]
    groups = claims["cognito:groups"].removeprefix("[").removesuffix("]").split()
    caller = seen["caller"]
    assert {f"team:{each}" for each in caller.teams} == {x for x in groups if x[:5] == "team:"}
    assert {f"home:{each}" for each in caller.homes} == {x for x in groups if x[:5] == "home:"}
    assert caller.caller_id
    assert seen["request_id"] == context["requestId"]


def test_a_request_to_another_path_gets_a_problem(table: Table) -> None:
    handler = show_home.handler.build(table=table, clock=SYSTEM, search_is_public=False)
    event = {**contract("http_api_request").event, "rawPath": "/nowhere"}
    response = handler(event, Context())
    assert response["statusCode"] == 404
    assert json.loads(response["body"])["status"] == 404


def test_a_record_of_the_stream_is_a_change_with_a_time(table: Table) -> None:
    record = stream_record()
    streamed = read_change(DynamoDBRecord(record))
    assert streamed
    seconds = contract("dynamodb_stream_record").event["dynamodb"]["ApproximateCreationDateTime"]
    assert streamed.written == datetime.fromtimestamp(seconds, UTC)
    handler = notify.handler.build(
        table=table,
        topics=sns.team_topics(),
        queue=queue_in_moto(),
        clock=SYSTEM,
        add_metric=lambda *_: None,
    )
    assert handler({"Records": [record]}, Context()) == {"batchItemFailures": []}


def test_an_upload_is_imported_and_reported(table: Table) -> None:
    bucket, event = create_import_bucket(), contract("eventbridge_object_created").event
    key = event["detail"]["object"]["key"]
    report_key = bucket.put_directory(key, csv_file([location(1)]))
    handler = import_homes.handler.build(
        table=table, bucket=bucket, clock=SYSTEM, authorities=frozenset(), locate=lambda _: None
    )
    handler(event, Context())
    report = bucket.report(report_key)
    assert report
    assert report["file"] == key


def test_a_schedule_reminds_the_homes(table: Table) -> None:
    event, owed = contract("scheduler_reminder").event, home()
    save(table, owed)
    queue = queue_in_moto()
    handler = remind_homes.handler.build(
        table=table, queue=queue, clock=SYSTEM, add_metric=lambda *_: None
    )
    handler(event, Context())
    (message,) = queue.client.receive_message(QueueUrl=queue.url)["Messages"]
    reminder = json.loads(message["Body"])
    assert reminder["location_id"] == owed.location_id
    assert reminder["event"] == "check_vacancies"


def test_a_rule_with_a_rate_writes_a_snapshot(table: Table) -> None:
    handler = snapshot_homes.handler.build(
        table=table, clock=SYSTEM, demand_span=Span.WEEK, council="example"
    )
    handler(contract("eventbridge_scheduled").event, Context())


@pytest.mark.parametrize(
    ("name", "function", "reason"),
    [
        ("stream", "bedboard-example-notify", "RetryAttemptsExhausted after 1 invocations"),
        ("invocation", "bedboard-example-notify", "RetriesExhausted (RequestId"),
        ("rule", "bedboard-example-import-homes", "The rule may not invoke the function."),
        ("schedule", "bedboard-example-remind-homes", "The function could not be invoked."),
    ],
)
def test_a_dead_letter_says_what_failed_and_can_be_redriven(
    name: str, function: str, reason: str
) -> None:
    letter = parse_message(contract(f"dead_letter_{name}").event)
    assert letter.can_redrive
    assert letter.function == function
    assert letter.reason.startswith(reason)
    assert letter.failed_at
