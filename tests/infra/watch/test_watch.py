"""Whatever people would suffer from raises an alarm, and every alarm says what to do."""

import json
import re
from datetime import timedelta
from typing import Any, Final

import boto3
import pytest

from infra.council.load import ROOT
from local.emulator.stack import LocalStack
from notify.delivery import KEPT
from tests.infra.written import FUNCTIONS, Resource, Write, Written

BEHIND_THE_API: Final = {
    "show_home",
    "council_overview",
    "subscribe",
    "upload_directory",
    "manage_people",
}
"""Nothing but the API calls them, so that each of their errors is one of the API's."""

FREE, CENTS = 10, 10
"""Alarms a month that an account has free, and what each further one costs."""


def alarms(written: Written) -> dict[str, Resource]:
    """Each alarm's properties by its name, but for the stack's."""
    found = (each["Properties"] for each in written.all("CloudWatch::Alarm").values())
    return {each["AlarmName"].removeprefix("bedboard-ours-"): each for each in found}


def watched(written: Written) -> list[tuple[str, str, dict[str, Any]]]:
    """Namespace, metric and dimensions of each alarm."""
    return [
        (
            each["Namespace"],
            each["MetricName"],
            {dimension["Name"]: dimension["Value"] for dimension in each["Dimensions"]},
        )
        for each in alarms(written).values()
    ]


def sections() -> dict[str, str]:
    """The runbook's text under each heading, by the name that the heading begins with."""
    text = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    parts = re.split(r"^## `([a-z-]+)`", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_an_error_of_any_function_raises_an_alarm(written: Written) -> None:
    by_id = {
        dimensions["FunctionName"]["Ref"]
        for namespace, metric, dimensions in watched(written)
        if (namespace, metric) == ("AWS/Lambda", "Errors")
    }
    handlers = {
        name: each["Properties"]["Handler"].split(".")[0]
        for name, each in written.all("Lambda::Function").items()
    }
    api = {"ApiId": {"Ref": written.id_of("ApiGatewayV2::Api")}}
    assert ("AWS/ApiGateway", "5xx", api) in watched(written)
    assert {handlers[each] for each in by_id} == FUNCTIONS - BEHIND_THE_API


def test_what_the_api_alone_calls_nothing_else_calls(written: Written) -> None:
    sources: dict[str, set[str]] = {}
    for each in written.all("Lambda::Permission").values():
        function = each["Properties"]["FunctionName"]["Fn::GetAtt"][0]
        sources.setdefault(function, set()).add(each["Properties"]["Principal"])
    for name, each in written.all("Lambda::Function").items():
        if each["Properties"]["Handler"].split(".")[0] in BEHIND_THE_API:
            assert sources[name] == {"apigateway.amazonaws.com"}


@pytest.mark.parametrize(
    ("namespace", "metric"),
    [
        ("AWS/Lambda", "IteratorAge"),
        ("AWS/Lambda", "Throttles"),
        ("AWS/SQS", "ApproximateNumberOfMessagesVisible"),
        ("AWS/DynamoDB", "ReadThrottleEvents"),
        ("AWS/DynamoDB", "WriteThrottleEvents"),
        ("Bedboard/ours", "Fault"),
        ("Bedboard/ours", "AlertFailed"),
        ("Bedboard/ours", "HomesStalePercent"),
        ("Bedboard/ours", "DirectoriesRefused"),
    ],
)
def test_what_matters_is_watched(written: Written, namespace: str, metric: str) -> None:
    assert (namespace, metric) in {(each[0], each[1]) for each in watched(written)}


@pytest.mark.parametrize("name", ["update-slow", "search-slow"])
def test_slowness_must_last_and_be_more_than_a_cold_start(written: Written, name: str) -> None:
    alarm = alarms(written)[name]
    assert (alarm["MetricName"], alarm["ExtendedStatistic"]) == ("Duration", "p99")
    assert alarm["Threshold"] >= 3_000
    assert alarm["DatapointsToAlarm"] >= 2


def test_no_news_is_good_news_but_of_a_gauge(written: Written) -> None:
    found = {name: each["TreatMissingData"] for name, each in alarms(written).items()}
    assert found.pop("homes-stale") == "missing"
    assert set(found.values()) == {"notBreaching"}


def test_every_alarm_tells_the_operators_and_only_of_going_off(written: Written) -> None:
    topic = {"Ref": written.id_of("SNS::Topic", "Watch")}
    for each in alarms(written).values():
        assert each["AlarmActions"] == [topic]
        assert "OKActions" not in each


def test_every_alarm_says_what_it_means_what_to_do_and_where_to_read_on(written: Written) -> None:
    for name, each in alarms(written).items():
        told = each["AlarmDescription"]
        assert re.fullmatch(rf".+\. First: .+[.?] See docs/running\.md, {name}\.", told), told
        assert len(told) <= 1024


def test_the_runbook_has_a_section_on_every_alarm_and_on_nothing_else(written: Written) -> None:
    assert set(sections()) == set(alarms(written))
    for name, text in sections().items():
        for part in ("**Means:**", "**Look:**", "**Do:**"):
            assert part in text, f"{name} lacks {part}"


def test_the_runbook_says_what_the_alarms_cost(written: Written) -> None:
    text = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    count = len(alarms(written))
    cost = (count - FREE) * CENTS / 100
    assert f"{count} alarms cost {cost:.2f} US dollars a month" in " ".join(text.split())


def test_no_alarm_is_a_sum_or_a_search(written: Written) -> None:
    for each in alarms(written).values():
        assert "Metrics" not in each


def test_the_operators_are_told_by_e_mail_where_the_council_says_whom(
    write: Write, written: Written
) -> None:
    assert not written.all("SNS::Subscription")
    subscription = write(alarm_email="cloud@example.org").one("SNS::Subscription")
    assert (subscription["Protocol"], subscription["Endpoint"]) == ("email", "cloud@example.org")


def test_alarms_travel_encrypted_and_nobody_else_publishes(written: Written) -> None:
    topic = written.one("SNS::Topic")
    assert topic["KmsMasterKeyId"] == {"Fn::GetAtt": [written.id_of("KMS::Key"), "Arn"]}
    refused, let = written.one("SNS::TopicPolicy")["PolicyDocument"]["Statement"]
    assert refused["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert let["Principal"] == {"Service": "cloudwatch.amazonaws.com"}
    assert let["Condition"]["StringEquals"] == {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}
    users = written.one("KMS::Key")["KeyPolicy"]["Statement"][1:]
    assert [each["Principal"] for each in users] == [{"Service": "cloudwatch.amazonaws.com"}]


def test_each_councils_functions_count_under_its_own_name(write: Write) -> None:
    for slug in ("ours", "theirs"):
        for function in write(slug=slug).functions().values():
            variables = function["Environment"]["Variables"]
            assert variables["POWERTOOLS_METRICS_NAMESPACE"] == f"Bedboard/{slug}"


def test_the_dashboard_stays_among_what_is_free(written: Written) -> None:
    body = "".join(
        part if isinstance(part, str) else "x"
        for part in written.one("CloudWatch::Dashboard")["DashboardBody"]["Fn::Join"][1]
    )
    widgets = json.loads(body)["widgets"]
    assert sum(len(each["properties"].get("metrics", [])) for each in widgets) <= 50
    titles = " ".join(each["properties"].get("title", "") for each in widgets)
    for what in ("age of their numbers", "Searches and updates", "Alerts", "Dead letters"):
        assert what in titles


def test_whom_an_alert_reached_is_known_for_longer_than_a_dead_letter_is_kept(
    written: Written,
) -> None:
    kept = timedelta(seconds=written.one("SQS::Queue")["MessageRetentionPeriod"])
    assert kept < KEPT


def test_a_function_that_fails_puts_its_alarm_into_alarm_and_the_operators_are_told(
    stack: LocalStack,
) -> None:
    """The emulator weighs an alarm when somebody sends a metric, and by the metric's name alone."""
    cloudwatch = boto3.client("cloudwatch", **stack.connection)
    (alarm,) = cloudwatch.describe_alarms(AlarmNames=["bedboard-local-notify-crashes"])[
        "MetricAlarms"
    ]
    sqs, sns = boto3.client("sqs", **stack.connection), boto3.client("sns", **stack.connection)
    (topic,) = alarm["AlarmActions"]
    inbox = topic.rsplit(":", 1)[0].replace(":sns:", ":sqs:") + ":operators"
    let_in = {
        "Effect": "Allow",
        "Principal": {"Service": "sns.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": inbox,
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [let_in]})
    url = sqs.create_queue(QueueName="operators", Attributes={"Policy": policy})["QueueUrl"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=inbox)
    failed = boto3.client("lambda", **stack.connection).invoke(
        FunctionName=stack.notify_function, Payload=b'{"not": "a batch"}'
    )
    assert failed["FunctionError"]
    cloudwatch.put_metric_data(
        Namespace="Test", MetricData=[{"MetricName": "SomethingElse", "Value": 1}]
    )
    (alarm,) = cloudwatch.describe_alarms(AlarmNames=["bedboard-local-notify-crashes"])[
        "MetricAlarms"
    ]
    assert alarm["StateValue"] == "ALARM"
    told = [
        json.loads(json.loads(each["Body"])["Message"])["AlarmName"]
        for each in sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=5)[
            "Messages"
        ]
    ]
    assert "bedboard-local-notify-crashes" in told
