"""Homes are measured round the clock and reminded at London times; snapshots are regular."""

import json
from typing import Any

from tests.infra.stack_template import Resource, StackTemplate, Synth, actions


def schedules(template: StackTemplate) -> list[Resource]:
    return [each["Properties"] for each in template.resources("Scheduler::Schedule").values()]


def reminder_expressions(template: StackTemplate) -> dict[str, str]:
    """Return the schedule expression of each time of day."""
    expressions = {}
    for each in schedules(template):
        event = json.loads(each["Target"]["Input"])
        if "remind_at" in event:
            expressions[event["remind_at"]] = each["ScheduleExpression"]
    return expressions


def test_without_times_homes_are_measured_but_not_reminded(template: StackTemplate) -> None:
    (measuring,) = schedules(template)
    assert measuring["ScheduleExpression"] == "rate(6 hours)"
    assert json.loads(measuring["Target"]["Input"]) == {}


def test_homes_are_reminded_once_at_each_of_the_councils_times(synth: Synth) -> None:
    template = synth(reminder_times=["14:05", "09:30", "09:30"])
    assert reminder_expressions(template) == {
        "09:30": "cron(30 9 * * ? *)",
        "14:05": "cron(5 14 * * ? *)",
    }


def test_reminder_times_are_london_time(synth: Synth) -> None:
    for each in schedules(synth(reminder_times=["09:30"])):
        assert each["ScheduleExpressionTimezone"] == "Europe/London"
        assert each["FlexibleTimeWindow"] == {"Mode": "OFF"}


def test_the_scheduler_can_only_invoke_the_function_and_send_dead_letters(
    template: StackTemplate,
) -> None:
    role = template.logical_id("IAM::Role", "Reminders")
    (policy,) = (
        each["Properties"]["PolicyDocument"]["Statement"]
        for each in template.resources("IAM::Policy").values()
        if {"Ref": role} in each["Properties"]["Roles"]
    )
    allowed = {action: each["Resource"] for each in policy for action in actions(each)}
    assert allowed == {
        "lambda:InvokeFunction": function(template),
        "sqs:SendMessage": queue(template),
    }


def test_only_this_accounts_scheduler_can_assume_its_role(template: StackTemplate) -> None:
    role = template.resources("IAM::Role")[template.logical_id("IAM::Role", "Reminders")][
        "Properties"
    ]
    (trust,) = role["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Principal"] == {"Service": "scheduler.amazonaws.com"}
    assert trust["Condition"]["StringEquals"]["aws:SourceAccount"] == {"Ref": "AWS::AccountId"}


def test_a_failed_round_is_retried_twice_and_then_a_dead_letter(template: StackTemplate) -> None:
    settings = template.resources("Lambda::EventInvokeConfig")
    (invocation,) = (each["Properties"] for k, each in settings.items() if k.startswith("Remind"))
    assert invocation["MaximumRetryAttempts"] == 2
    assert invocation["DestinationConfig"]["OnFailure"]["Destination"] == queue(template)
    for each in schedules(template):
        assert each["Target"]["DeadLetterConfig"]["Arn"] == queue(template)


def test_reminders_go_to_the_delivery_queue(template: StackTemplate) -> None:
    url = template.functions()["remind_homes"]["Environment"]["Variables"]["DELIVERY_QUEUE_URL"]
    assert url == {"Ref": template.logical_id("SQS::Queue", "Delivery")}
    assert "sqs:SendMessage" in template.actions("remind_homes")


def test_messages_link_to_the_page_that_people_use(synth: Synth) -> None:
    own = {"site": False, "logout_urls": ["http://localhost:8000/"]}
    template = synth(callback_urls=["http://localhost:8000/"], **own)
    for name in ("deliver", "subscribe"):
        variables = template.functions()[name]["Environment"]["Variables"]
        assert variables["SITE_URL"] == "http://localhost:8000/"


def test_a_snapshot_is_written_every_quarter_of_an_hour(template: StackTemplate) -> None:
    rules = (each["Properties"] for each in template.resources("Events::Rule").values())
    (rule,) = (each for each in rules if "ScheduleExpression" in each)
    assert rule["ScheduleExpression"] == "rate(15 minutes)"
    (target,) = rule["Targets"]
    assert target["Arn"]["Fn::GetAtt"][0].startswith("SnapshotHomesFunction")
    assert target["RetryPolicy"]["MaximumRetryAttempts"] == 0


def test_a_failed_snapshot_is_not_retried_and_leaves_no_dead_letter(
    template: StackTemplate,
) -> None:
    settings = template.resources("Lambda::EventInvokeConfig")
    (invocation,) = (
        each["Properties"] for k, each in settings.items() if k.startswith("SnapshotHomes")
    )
    assert invocation["MaximumRetryAttempts"] == 0
    assert "DestinationConfig" not in invocation


def function(template: StackTemplate) -> dict[str, Any]:
    return {"Fn::GetAtt": [template.logical_id("Lambda::Function", "Remind"), "Arn"]}


def queue(template: StackTemplate) -> dict[str, Any]:
    return {"Fn::GetAtt": [template.logical_id("SQS::Queue", "DeadLetters"), "Arn"]}
