"""Every failure that people notice raises an alarm, and every alarm says what to do."""

import json
import re
from datetime import timedelta
from typing import Any, Final

import boto3
import pytest

from deliver.occasion import ALERT_RETENTION
from infra.council.load import ROOT
from local.emulator.stack import LocalStack
from notify.alert_delivery import RECORD_RETENTION
from tests.infra.stack_template import FUNCTIONS, Resource, StackTemplate, Synth

ONLY_BEHIND_THE_API: Final = {
    "record_outcome",
    "show_home",
    "council_overview",
    "subscribe",
    "upload_directory",
    "manage_people",
}
"""Functions that only the API invokes, so each of their errors is a 5xx response of the API."""

FREE, CENTS = 10, 10
"""The free alarms of an account, and the US cents a month for each further one."""


def alarms(template: StackTemplate) -> dict[str, Resource]:
    """Return each alarm's properties by its name, without the stack's name."""
    properties = (each["Properties"] for each in template.resources("CloudWatch::Alarm").values())
    return {each["AlarmName"].removeprefix("bedboard-ours-"): each for each in properties}


def alarm_metrics(template: StackTemplate) -> list[tuple[str, str, dict[str, Any]]]:
    """Return the namespace, metric and dimensions of each alarm."""
    return [
        (
            each["Namespace"],
            each["MetricName"],
            {dimension["Name"]: dimension["Value"] for dimension in each["Dimensions"]},
        )
        for each in alarms(template).values()
    ]


def sections() -> dict[str, str]:
    """Return the runbook's text under each heading, by the alarm that starts the heading."""
    text = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    parts = re.split(r"^## `([a-z-]+)`", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_errors_of_every_function_raise_an_alarm(template: StackTemplate) -> None:
    by_id = {
        dimensions["FunctionName"]["Ref"]
        for namespace, metric, dimensions in alarm_metrics(template)
        if (namespace, metric) == ("AWS/Lambda", "Errors")
    }
    handlers = {
        name: each["Properties"]["Handler"].split(".")[0]
        for name, each in template.resources("Lambda::Function").items()
    }
    api = {"ApiId": {"Ref": template.logical_id("ApiGatewayV2::Api")}}
    assert ("AWS/ApiGateway", "5xx", api) in alarm_metrics(template)
    assert {handlers[each] for each in by_id} == FUNCTIONS - ONLY_BEHIND_THE_API


def test_functions_behind_the_api_are_invoked_by_nothing_else(template: StackTemplate) -> None:
    sources: dict[str, set[str]] = {}
    for each in template.resources("Lambda::Permission").values():
        function = each["Properties"]["FunctionName"]["Fn::GetAtt"][0]
        sources.setdefault(function, set()).add(each["Properties"]["Principal"])
    for name, each in template.resources("Lambda::Function").items():
        if each["Properties"]["Handler"].split(".")[0] in ONLY_BEHIND_THE_API:
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
        ("Bedboard/ours", "Unreadable"),
        ("Bedboard/ours", "AlertFailed"),
        ("Bedboard/ours", "Beat"),
        ("Bedboard/ours", "DeliveryFailed"),
        ("Bedboard/ours", "EmailsBounced"),
        ("AWS/SQS", "ApproximateAgeOfOldestMessage"),
        ("Bedboard/ours", "HomesNotHeardFromPercent"),
        ("Bedboard/ours", "ListingsUnsurePercent"),
        ("Bedboard/ours", "ChancesApart"),
        ("Bedboard/ours", "DirectoriesRefused"),
    ],
)
def test_important_metrics_have_alarms(
    template: StackTemplate, namespace: str, metric: str
) -> None:
    assert (namespace, metric) in {(each[0], each[1]) for each in alarm_metrics(template)}


@pytest.mark.parametrize("name", ["update-slow", "search-slow"])
def test_slow_alarms_ignore_cold_starts_and_short_spells(
    template: StackTemplate, name: str
) -> None:
    alarm = alarms(template)[name]
    assert (alarm["MetricName"], alarm["ExtendedStatistic"]) == ("Duration", "p99")
    assert alarm["Threshold"] >= 3_000
    assert alarm["DatapointsToAlarm"] >= 2


def test_missing_data_counts_as_good_except_for_a_gauge_and_a_heartbeat(
    template: StackTemplate,
) -> None:
    treatment = {name: each["TreatMissingData"] for name, each in alarms(template).items()}
    assert treatment.pop("homes-not-heard-from") == "missing"
    assert treatment.pop("listings-unsure") == "missing"
    assert treatment.pop("chances-apart") == "missing"
    assert treatment.pop("alerts-silent") == "breaching"
    assert set(treatment.values()) == {"notBreaching"}


def test_silence_for_an_hour_raises_an_alarm_and_three_lost_heartbeats_do_not(
    template: StackTemplate,
) -> None:
    alarm = alarms(template)["alerts-silent"]
    assert (alarm["MetricName"], alarm["Statistic"]) == ("Beat", "Sum")
    assert (alarm["ComparisonOperator"], alarm["Threshold"]) == ("LessThanThreshold", 1)
    assert alarm["Period"] * alarm["EvaluationPeriods"] == 60 * 60
    rule = template.resources("Events::Rule")[template.logical_id("Events::Rule", "Snapshots")]
    assert rule["Properties"]["ScheduleExpression"] == "rate(15 minutes)"


def test_every_alarm_notifies_the_operators_when_it_goes_off(template: StackTemplate) -> None:
    topic = {"Ref": template.logical_id("SNS::Topic", "Watch")}
    for each in alarms(template).values():
        assert each["AlarmActions"] == [topic]
        assert "OKActions" not in each


def test_every_alarm_says_what_it_means_what_to_do_and_where_to_read_more(
    template: StackTemplate,
) -> None:
    for name, each in alarms(template).items():
        text = each["AlarmDescription"]
        assert re.fullmatch(rf".+\. First: .+[.?] See docs/running\.md, {name}\.", text), text
        assert len(text) <= 1024


def test_the_runbook_has_one_section_for_every_alarm(template: StackTemplate) -> None:
    assert set(sections()) == set(alarms(template))
    for name, text in sections().items():
        for part in ("**Means:**", "**Look:**", "**Do:**"):
            assert part in text, f"{name} lacks {part}"


def test_log_lines_that_operators_search_for_are_written(template: StackTemplate) -> None:
    alarm_texts = [each["AlarmDescription"] for each in alarms(template).values()]
    searches = " ".join(re.findall(r"search the [^.]*", " ".join(alarm_texts)))
    runbook = " ".join(sections().values())
    messages = {*re.findall(r"`([^`]+)`", searches), *re.findall(r"lines with\s`([^`]+)`", runbook)}
    assert len(messages) >= 4
    source = "".join(path.read_text() for path in (ROOT / "functions").rglob("*.py"))
    assert {each for each in messages if f'"{each}"' not in source} == set()


def test_the_runbook_states_what_the_alarms_cost(template: StackTemplate) -> None:
    text = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    count = len(alarms(template))
    cost = (count - FREE) * CENTS / 100
    assert f"{count} alarms cost {cost:.2f} US dollars a month" in " ".join(text.split())


def test_no_alarm_uses_metric_math(template: StackTemplate) -> None:
    for each in alarms(template).values():
        assert "Metrics" not in each


def test_operators_get_email_at_the_councils_alarm_address(
    synth: Synth, template: StackTemplate
) -> None:
    assert not template.resources("SNS::Subscription")
    subscription = synth(alarm_email="cloud@example.org").properties("SNS::Subscription")
    assert (subscription["Protocol"], subscription["Endpoint"]) == ("email", "cloud@example.org")


def test_alarms_are_encrypted_and_only_alarms_can_publish(template: StackTemplate) -> None:
    topic = template.properties("SNS::Topic")
    assert topic["KmsMasterKeyId"] == {
        "Fn::GetAtt": [template.logical_id("KMS::Key", "Watch"), "Arn"]
    }
    denied, allowed = template.properties("SNS::TopicPolicy")["PolicyDocument"]["Statement"]
    assert denied["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert allowed["Principal"] == {"Service": "cloudwatch.amazonaws.com"}
    assert allowed["Condition"]["StringEquals"] == {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}
    users = template.properties("KMS::Key", "Watch")["KeyPolicy"]["Statement"][1:]
    assert [each["Principal"] for each in users] == [{"Service": "cloudwatch.amazonaws.com"}]


def test_each_council_has_its_own_metric_namespace(synth: Synth) -> None:
    for slug in ("ours", "theirs"):
        for function in synth(slug=slug).functions().values():
            if not function.get("Layers"):
                continue  # without Powertools it sends no metrics
            variables = function["Environment"]["Variables"]
            assert variables["POWERTOOLS_METRICS_NAMESPACE"] == f"Bedboard/{slug}"


def test_the_dashboard_stays_within_the_free_limit(template: StackTemplate) -> None:
    body = "".join(
        part if isinstance(part, str) else "x"
        for part in template.properties("CloudWatch::Dashboard")["DashboardBody"]["Fn::Join"][1]
    )
    widgets = json.loads(body)["widgets"]
    assert sum(len(each["properties"].get("metrics", [])) for each in widgets) <= 50
    titles = " ".join(each["properties"].get("title", "") for each in widgets)
    for title in ("likely one is still there", "Searches and updates", "Alerts", "Dead letters"):
        assert title in titles


def test_delivery_records_outlive_dead_letters(
    template: StackTemplate,
) -> None:
    kept = timedelta(
        seconds=template.properties("SQS::Queue", "DeadLetters")["MessageRetentionPeriod"]
    )
    assert kept < min(RECORD_RETENTION, ALERT_RETENTION)


def test_a_failing_function_raises_its_alarm_and_notifies_operators(
    stack: LocalStack,
) -> None:
    """The emulator evaluates alarms when a metric is sent, and by the metric's name alone."""
    cloudwatch = boto3.client("cloudwatch", **stack.connection)
    (alarm,) = cloudwatch.describe_alarms(AlarmNames=["bedboard-local-notify-crashes"])[
        "MetricAlarms"
    ]
    sqs, sns = boto3.client("sqs", **stack.connection), boto3.client("sns", **stack.connection)
    (topic,) = alarm["AlarmActions"]
    inbox = topic.rsplit(":", 1)[0].replace(":sns:", ":sqs:") + ":operators"
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "sns.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": inbox,
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
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
    alarm_names = [
        json.loads(json.loads(each["Body"])["Message"])["AlarmName"]
        for each in sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=5)[
            "Messages"
        ]
    ]
    assert "bedboard-local-notify-crashes" in alarm_names
