"""The homes' numbers are looked at round the clock; homes are reminded by London's."""

import json
from typing import Any

from tests.infra.written import Resource, Write, Written, listed


def schedules(written: Written) -> list[Resource]:
    return [each["Properties"] for each in written.all("Scheduler::Schedule").values()]


def reminding(written: Written) -> dict[str, str]:
    """The expression that calls at each time of day."""
    found = {}
    for each in schedules(written):
        event = json.loads(each["Target"]["Input"])
        if "remind_at" in event:
            found[event["remind_at"]] = each["ScheduleExpression"]
    return found


def test_without_times_the_numbers_are_looked_at_and_nobody_is_reminded(written: Written) -> None:
    (look,) = schedules(written)
    assert look["ScheduleExpression"] == "rate(6 hours)"
    assert json.loads(look["Target"]["Input"]) == {}


def test_homes_are_reminded_at_the_councils_times_each_once(write: Write) -> None:
    written = write(reminder_times=["14:05", "09:30", "09:30"])
    assert reminding(written) == {"09:30": "cron(30 9 * * ? *)", "14:05": "cron(5 14 * * ? *)"}


def test_times_are_londons_in_summer_and_winter_and_to_the_minute(write: Write) -> None:
    for each in schedules(write(reminder_times=["09:30"])):
        assert each["ScheduleExpressionTimezone"] == "Europe/London"
        assert each["FlexibleTimeWindow"] == {"Mode": "OFF"}


def test_the_scheduler_may_call_the_one_function_and_put_by_what_failed(written: Written) -> None:
    role = written.id_of("IAM::Role", "Reminders")
    (policy,) = (
        each["Properties"]["PolicyDocument"]["Statement"]
        for each in written.all("IAM::Policy").values()
        if {"Ref": role} in each["Properties"]["Roles"]
    )
    may = {action: each["Resource"] for each in policy for action in listed(each)}
    assert may == {"lambda:InvokeFunction": function(written), "sqs:SendMessage": queue(written)}


def test_only_the_scheduler_of_this_account_takes_its_role(written: Written) -> None:
    role = written.all("IAM::Role")[written.id_of("IAM::Role", "Reminders")]["Properties"]
    (trust,) = role["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Principal"] == {"Service": "scheduler.amazonaws.com"}
    assert trust["Condition"]["StringEquals"]["aws:SourceAccount"] == {"Ref": "AWS::AccountId"}


def test_a_round_that_fails_runs_twice_more_and_is_then_put_by(written: Written) -> None:
    settings = written.all("Lambda::EventInvokeConfig")
    (calls,) = (each["Properties"] for k, each in settings.items() if k.startswith("Remind"))
    assert calls["MaximumRetryAttempts"] == 2
    assert calls["DestinationConfig"]["OnFailure"]["Destination"] == queue(written)
    for each in schedules(written):
        assert each["Target"]["DeadLetterConfig"]["Arn"] == queue(written)


def test_a_home_is_reminded_by_its_own_topic_of_this_council_only(written: Written) -> None:
    prefix = written.functions()["remind_homes"]["Environment"]["Variables"]["HOME_TOPIC_PREFIX"]
    *beginning, last = prefix["Fn::Join"][1]
    assert last == ":bedboard-ours_home_"
    (publishing,) = (s for s in written.statements("remind_homes") if "sns:Publish" in listed(s))
    assert publishing["Resource"] == {"Fn::Join": ["", [*beginning, f"{last}*"]]}


def test_the_message_leads_to_the_pages_where_people_use_them(write: Write) -> None:
    own = {"site": False, "logout_urls": ["http://localhost:8000/"]}
    written = write(callback_urls=["http://localhost:8000/"], **own)
    variables = written.functions()["remind_homes"]["Environment"]["Variables"]
    assert variables["SITE_URL"] == "http://localhost:8000/"


def function(written: Written) -> dict[str, Any]:
    return {"Fn::GetAtt": [written.id_of("Lambda::Function", "Remind"), "Arn"]}


def queue(written: Written) -> dict[str, Any]:
    return {"Fn::GetAtt": [written.id_of("SQS::Queue"), "Arn"]}
