"""What synthesised templates have standing: memory and tracing of each function, alarms, tables."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

Properties = Mapping[str, Any]

DAYS_A_MONTH: Final = 365 / 12

# Nothing is paid for these as long as nobody uses them, or at all; what using them costs is
# measured, or follows from the usage.
WITHOUT_STANDING_COST: Final = frozenset(
    {
        "AWS::ApiGatewayV2::Api",
        "AWS::ApiGatewayV2::Authorizer",
        "AWS::ApiGatewayV2::Integration",
        "AWS::ApiGatewayV2::Route",
        "AWS::ApiGatewayV2::Stage",
        "AWS::Budgets::Budget",
        "AWS::CloudFront::Distribution",
        "AWS::CloudFront::Function",
        "AWS::CloudFront::OriginAccessControl",
        "AWS::CloudFront::ResponseHeadersPolicy",
        "AWS::CloudFront::CachePolicy",
        "AWS::CloudFront::OriginRequestPolicy",
        "AWS::Cognito::UserPool",
        "AWS::Cognito::UserPoolClient",
        "AWS::Cognito::UserPoolDomain",
        "AWS::Cognito::UserPoolGroup",
        "AWS::Cognito::ManagedLoginBranding",
        "AWS::DynamoDB::Table",
        "AWS::Events::Rule",
        "AWS::IAM::ManagedPolicy",
        "AWS::IAM::Policy",
        "AWS::IAM::Role",
        "AWS::Lambda::EventInvokeConfig",
        "AWS::Lambda::EventSourceMapping",
        "AWS::Lambda::Function",
        "AWS::Lambda::LayerVersion",
        "AWS::Lambda::Permission",
        "AWS::Logs::LogGroup",
        "AWS::Logs::MetricFilter",
        "AWS::Logs::ResourcePolicy",
        "AWS::S3::Bucket",
        "AWS::S3::BucketPolicy",
        "AWS::SNS::Subscription",
        "AWS::SNS::Topic",
        "AWS::SNS::TopicPolicy",
        "AWS::SQS::Queue",
        "AWS::SQS::QueuePolicy",
        "AWS::WAFv2::WebACLAssociation",
        "Custom::PublishedSite",
    }
)
PRICED: Final = frozenset(
    {
        "AWS::CloudWatch::Alarm",
        "AWS::CloudWatch::CompositeAlarm",
        "AWS::CloudWatch::Dashboard",
        "AWS::KMS::Key",
        "AWS::Scheduler::Schedule",
        "AWS::WAFv2::WebACL",
    }
)


@dataclass(frozen=True, slots=True)
class Lambda:
    """A function of the template, by its folder's name."""

    memory_mb: int
    traced: bool
    arm: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What there is, whether or not anybody uses it."""

    functions: Mapping[str, Lambda]
    quantities: Mapping[str, float]
    """By the name of the price; what WAF asks is among them."""
    recovers_to_a_point: bool
    table_uses_kms: bool
    has_site: bool
    has_pool: bool
    has_firewall: bool
    looks_per_day: float
    """Calls of schedules that run at a rate."""
    reminders_per_day: float
    """Calls of schedules that run at a time of day."""
    snapshots_per_day: float
    """Calls of event rules that run at a rate."""
    index_count: int
    log_retention_days: int
    unknown: tuple[str, ...]
    """Types of resources that nobody here has priced."""


def standing(assembly: Path) -> Standing:
    """Of all stacks of a cloud assembly together."""
    artifacts = json.loads((assembly / "manifest.json").read_text(encoding="utf-8"))["artifacts"]
    stacks = (
        json.loads((assembly / each["properties"]["templateFile"]).read_text(encoding="utf-8"))
        for each in artifacts.values()
        if each["type"] == "aws:cloudformation:stack"
    )
    return standing_in(*stacks)


def standing_in(*templates: Mapping[str, Any]) -> Standing:
    """Of templates as CloudFormation gets them."""
    everything: list[Mapping[str, Any]] = [
        each for template in templates for each in template["Resources"].values()
    ]

    def of(kind: str) -> Iterator[Properties]:
        for each in everything:
            if each["Type"] == kind:
                yield each.get("Properties", {})

    (table,) = of("AWS::DynamoDB::Table")
    firewalls = list(of("AWS::WAFv2::WebACL"))
    rates = [str(each["ScheduleExpression"]) for each in of("AWS::Scheduler::Schedule")]
    calls = [_calls_per_day(each) for each in rates]
    retention = [int(each.get("RetentionInDays", 3650)) for each in of("AWS::Logs::LogGroup")]
    types = {each["Type"] for each in everything}
    recovery = table.get("PointInTimeRecoverySpecification", {})
    quantities = Counter[str]()
    quantities["alarm"] = sum(map(_metrics_watched, of("AWS::CloudWatch::Alarm")))
    quantities["composite_alarm"] = len(list(of("AWS::CloudWatch::CompositeAlarm")))
    quantities["dashboard"] = len(list(of("AWS::CloudWatch::Dashboard")))
    quantities["kms_key"] = len(list(of("AWS::KMS::Key")))
    quantities["waf_acl"] = len(firewalls)
    quantities["waf_rule"] = sum(len(each.get("Rules", [])) for each in firewalls)
    return Standing(
        functions=dict(_functions(of("AWS::Lambda::Function"))),
        quantities={name: float(count) for name, count in quantities.items()},
        recovers_to_a_point=bool(recovery.get("PointInTimeRecoveryEnabled")),
        table_uses_kms=bool(table.get("SSESpecification", {}).get("SSEEnabled")),
        has_site="AWS::CloudFront::Distribution" in types,
        has_pool="AWS::Cognito::UserPool" in types,
        has_firewall=bool(firewalls),
        looks_per_day=sum(
            each for each, rate in zip(calls, rates, strict=True) if rate.startswith("rate(")
        ),
        reminders_per_day=sum(
            each for each, rate in zip(calls, rates, strict=True) if not rate.startswith("rate(")
        ),
        snapshots_per_day=sum(
            _calls_per_day(str(each["ScheduleExpression"]))
            for each in of("AWS::Events::Rule")
            if "ScheduleExpression" in each
        ),
        index_count=len(table.get("GlobalSecondaryIndexes", [])),
        log_retention_days=max(retention, default=0),
        unknown=tuple(sorted(types - WITHOUT_STANDING_COST - PRICED)),
    )


def _functions(found: Iterator[Properties]) -> Iterator[tuple[str, Lambda]]:
    for each in found:
        yield (
            str(each.get("Handler", "inline")).split(".")[0],
            Lambda(
                memory_mb=int(each.get("MemorySize", 128)),
                traced=each.get("TracingConfig", {}).get("Mode") == "Active",
                arm="arm64" in each.get("Architectures", []),
            ),
        )


def _metrics_watched(alarm: Properties) -> int:
    """An alarm is paid by the metrics that it watches; an anomaly's band counts twice more."""
    queries = alarm.get("Metrics")
    if not queries:
        return 1
    metrics = sum("MetricStat" in each for each in queries)
    bands = sum("ANOMALY_DETECTION_BAND" in str(each.get("Expression", "")) for each in queries)
    return max(1, metrics + 2 * bands)


def _calls_per_day(expression: str) -> float:
    kind, _, inside = expression.rstrip(")").partition("(")
    if kind == "rate":
        number, unit = inside.split()
        minutes = {"minute": 1, "hour": 60, "day": 24 * 60}[unit.rstrip("s")] * int(number)
        return 24 * 60 / minutes
    return 1.0  # at a time of day
