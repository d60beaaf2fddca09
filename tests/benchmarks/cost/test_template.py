"""The bill changes with the template."""

from typing import Any

from benchmarks.cost.template import PRICED, WITHOUT_STANDING_COST, read_templates

TABLE = {"Type": "AWS::DynamoDB::Table", "Properties": {}}


def template(**resources: Any) -> dict[str, Any]:
    return {"Resources": {"Table": TABLE, **resources}}


def resource(kind: str, **properties: Any) -> dict[str, Any]:
    return {"Type": kind, "Properties": properties}


def test_every_alarm_is_counted() -> None:
    alarm = resource("AWS::CloudWatch::Alarm", MetricName="Errors")
    assert read_templates(template(A=alarm, B=alarm)).quantities["alarm"] == 2


def test_an_alarm_is_counted_by_its_metrics() -> None:
    metric = {"Id": "m", "MetricStat": {}}
    share = resource("AWS::CloudWatch::Alarm", Metrics=[metric, metric, {"Expression": "a/b"}])
    band = {"Expression": "ANOMALY_DETECTION_BAND(m)"}
    unusual = resource("AWS::CloudWatch::Alarm", Metrics=[metric, band])
    assert read_templates(template(A=share)).quantities["alarm"] == 2
    assert read_templates(template(A=unusual)).quantities["alarm"] == 3


def test_a_function_is_named_by_its_folder() -> None:
    function = resource(
        "AWS::Lambda::Function",
        Handler="search.handler.handler",
        MemorySize=512,
        TracingConfig={"Mode": "Active"},
        Architectures=["arm64"],
    )
    contents = read_templates(template(F=function)).functions["search"]
    assert (contents.memory_mb, contents.traced, contents.arm) == (512, True, True)


def test_schedules_at_a_rate_check_and_those_at_a_time_remind() -> None:
    def schedule(expression: str) -> dict[str, Any]:
        return resource("AWS::Scheduler::Schedule", ScheduleExpression=expression)

    contents = read_templates(
        template(A=schedule("rate(6 hours)"), B=schedule("cron(30 9 * * ? *)"))
    )
    assert contents.reminder_checks_per_day == 4
    assert contents.reminders_per_day == 1


def test_a_rule_at_a_rate_saves_snapshots() -> None:
    snapshots = resource("AWS::Events::Rule", ScheduleExpression="rate(15 minutes)")
    uploaded = resource("AWS::Events::Rule", EventPattern={"source": ["aws.s3"]})
    assert read_templates(template(A=snapshots, B=uploaded)).snapshots_per_day == 96


def test_a_firewall_is_counted_with_its_rules() -> None:
    contents = read_templates(template(W=resource("AWS::WAFv2::WebACL", Rules=[{}, {}])))
    assert contents.has_firewall
    assert (contents.quantities["waf_acl"], contents.quantities["waf_rule"]) == (1, 2)


def test_a_resource_without_a_price_is_named() -> None:
    assert read_templates(template(N=resource("AWS::EC2::NatGateway"))).unpriced == (
        "AWS::EC2::NatGateway",
    )


def test_no_resource_is_both_priced_and_free() -> None:
    assert not PRICED & WITHOUT_STANDING_COST


def test_the_stacks_of_a_council_are_read_together() -> None:
    firewall = {"Resources": {"W": resource("AWS::WAFv2::WebACL", Rules=[{}])}}
    assert read_templates(template(), firewall).has_firewall
