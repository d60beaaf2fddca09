"""What is read off a template, so that the price changes with it."""

from typing import Any

from benchmarks.cost.template import PRICED, WITHOUT_STANDING_COST, standing_in

TABLE = {"Type": "AWS::DynamoDB::Table", "Properties": {}}


def template(**resources: Any) -> dict[str, Any]:
    return {"Resources": {"Table": TABLE, **resources}}


def resource(kind: str, **properties: Any) -> dict[str, Any]:
    return {"Type": kind, "Properties": properties}


def test_another_alarm_is_another_tenth_of_a_dollar() -> None:
    alarm = resource("AWS::CloudWatch::Alarm", MetricName="Errors")
    assert standing_in(template(A=alarm, B=alarm)).quantities["alarm"] == 2


def test_an_alarm_is_counted_by_the_metrics_that_it_watches() -> None:
    metric = {"Id": "m", "MetricStat": {}}
    share = resource("AWS::CloudWatch::Alarm", Metrics=[metric, metric, {"Expression": "a/b"}])
    band = {"Expression": "ANOMALY_DETECTION_BAND(m)"}
    unusual = resource("AWS::CloudWatch::Alarm", Metrics=[metric, band])
    assert standing_in(template(A=share)).quantities["alarm"] == 2
    assert standing_in(template(A=unusual)).quantities["alarm"] == 3


def test_a_function_is_known_by_its_folder_with_its_memory() -> None:
    function = resource(
        "AWS::Lambda::Function",
        Handler="search.handler.handler",
        MemorySize=512,
        TracingConfig={"Mode": "Active"},
        Architectures=["arm64"],
    )
    found = standing_in(template(F=function)).functions["search"]
    assert (found.memory_mb, found.traced, found.arm) == (512, True, True)


def test_schedules_at_a_rate_look_and_those_at_a_time_remind() -> None:
    def schedule(expression: str) -> dict[str, Any]:
        return resource("AWS::Scheduler::Schedule", ScheduleExpression=expression)

    found = standing_in(template(A=schedule("rate(6 hours)"), B=schedule("cron(30 9 * * ? *)")))
    assert found.looks_per_day == 4
    assert found.reminders_per_day == 1


def test_a_rule_at_a_rate_keeps_snapshots_and_one_of_events_does_not() -> None:
    kept = resource("AWS::Events::Rule", ScheduleExpression="rate(15 minutes)")
    uploaded = resource("AWS::Events::Rule", EventPattern={"source": ["aws.s3"]})
    assert standing_in(template(A=kept, B=uploaded)).snapshots_per_day == 96


def test_a_firewall_is_a_line_of_its_own() -> None:
    found = standing_in(template(W=resource("AWS::WAFv2::WebACL", Rules=[{}, {}])))
    assert found.has_firewall
    assert (found.quantities["waf_acl"], found.quantities["waf_rule"]) == (1, 2)


def test_a_resource_that_nobody_has_priced_is_named() -> None:
    assert standing_in(template(N=resource("AWS::EC2::NatGateway"))).unknown == (
        "AWS::EC2::NatGateway",
    )


def test_nothing_is_both_priced_and_without_cost() -> None:
    assert not PRICED & WITHOUT_STANDING_COST


def test_the_stacks_of_a_council_are_priced_together() -> None:
    firewall = {"Resources": {"W": resource("AWS::WAFv2::WebACL", Rules=[{}])}}
    assert standing_in(template(), firewall).has_firewall
