"""What a synthesised template contains that costs money: functions, schedules, alarms, table."""

import gzip
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

Properties = Mapping[str, Any]

DAYS_PER_MONTH: Final = 365 / 12
COUNCIL: Final = str(Path(__file__).with_name("council.toml"))
"""The council that is priced by default: everything on but the firewall."""

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
        "AWS::SES::ConfigurationSet",
        "AWS::SES::ConfigurationSetEventDestination",
        "AWS::SNS::Subscription",
        "AWS::SNS::Topic",
        "AWS::SNS::TopicPolicy",
        "AWS::SQS::Queue",
        "AWS::SQS::QueuePolicy",
        "AWS::WAFv2::WebACLAssociation",
        "Custom::PublishedSite",
    }
)
"""Resources that cost nothing, or only when they are used."""

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
"""Resources that cost something whether or not anyone uses them."""


@dataclass(frozen=True, slots=True)
class Lambda:
    """A function of the template."""

    memory_mb: int
    traced: bool
    arm: bool


@dataclass(frozen=True, slots=True)
class Template:
    """What a council's stacks contain."""

    functions: Mapping[str, Lambda]
    """By the name of the folder."""
    routes: tuple[str, ...]
    """The API's route keys, such as `GET /homes`, sorted."""
    quantities: Mapping[str, float]
    """Resources that cost money by the month, by the name of their price; WAF among them."""
    recovers_to_a_point: bool
    table_uses_kms: bool
    has_site: bool
    has_pool: bool
    has_firewall: bool
    reminder_checks_per_day: float
    """Calls by schedules that run at a rate."""
    reminders_per_day: float
    """Calls by schedules that run at a time of day."""
    snapshots_per_day: float
    """Calls by event rules that run at a rate."""
    index_count: int
    log_retention_days: int
    unpriced: tuple[str, ...]
    """Types of resources for which there is no price here."""
    site_bytes: float
    """The size of all files of the pages, compressed; 0 without a site."""


def read_assembly(assembly: Path) -> Template:
    """Read all stacks of a cloud assembly together."""
    artifacts = json.loads((assembly / "manifest.json").read_text(encoding="utf-8"))["artifacts"]
    stacks = (
        json.loads((assembly / each["properties"]["templateFile"]).read_text(encoding="utf-8"))
        for each in artifacts.values()
        if each["type"] == "aws:cloudformation:stack"
    )
    return read_templates(*stacks, site_bytes=_site_bytes(assembly))


def read_templates(*templates: Mapping[str, Any], site_bytes: float = 0) -> Template:
    """Read templates as CloudFormation gets them."""
    resources: list[Mapping[str, Any]] = [
        each for template in templates for each in template["Resources"].values()
    ]

    def all_of(kind: str) -> Iterator[Properties]:
        for each in resources:
            if each["Type"] == kind:
                yield each.get("Properties", {})

    (table,) = all_of("AWS::DynamoDB::Table")
    firewalls = list(all_of("AWS::WAFv2::WebACL"))
    rates = [str(each["ScheduleExpression"]) for each in all_of("AWS::Scheduler::Schedule")]
    calls = [_calls_per_day(each) for each in rates]
    retention = [int(each.get("RetentionInDays", 3650)) for each in all_of("AWS::Logs::LogGroup")]
    types = {each["Type"] for each in resources}
    recovery = table.get("PointInTimeRecoverySpecification", {})
    quantities = Counter[str]()
    quantities["alarm"] = sum(map(_metrics_watched, all_of("AWS::CloudWatch::Alarm")))
    quantities["composite_alarm"] = len(list(all_of("AWS::CloudWatch::CompositeAlarm")))
    quantities["dashboard"] = len(list(all_of("AWS::CloudWatch::Dashboard")))
    quantities["kms_key"] = len(list(all_of("AWS::KMS::Key")))
    quantities["waf_acl"] = len(firewalls)
    quantities["waf_rule"] = sum(len(each.get("Rules", [])) for each in firewalls)
    return Template(
        functions=dict(_functions(all_of("AWS::Lambda::Function"))),
        routes=tuple(sorted(str(each["RouteKey"]) for each in all_of("AWS::ApiGatewayV2::Route"))),
        quantities={name: float(count) for name, count in quantities.items()},
        recovers_to_a_point=bool(recovery.get("PointInTimeRecoveryEnabled")),
        table_uses_kms=bool(table.get("SSESpecification", {}).get("SSEEnabled")),
        has_site="AWS::CloudFront::Distribution" in types,
        has_pool="AWS::Cognito::UserPool" in types,
        has_firewall=bool(firewalls),
        reminder_checks_per_day=sum(
            each for each, rate in zip(calls, rates, strict=True) if rate.startswith("rate(")
        ),
        reminders_per_day=sum(
            each for each, rate in zip(calls, rates, strict=True) if not rate.startswith("rate(")
        ),
        snapshots_per_day=sum(
            _calls_per_day(str(each["ScheduleExpression"]))
            for each in all_of("AWS::Events::Rule")
            if "ScheduleExpression" in each
        ),
        index_count=len(table.get("GlobalSecondaryIndexes", [])),
        log_retention_days=max(retention, default=0),
        unpriced=tuple(sorted(types - WITHOUT_STANDING_COST - PRICED)),
        site_bytes=site_bytes,
    )


def _functions(resources: Iterator[Properties]) -> Iterator[tuple[str, Lambda]]:
    for each in resources:
        yield (
            str(each.get("Handler", "inline")).split(".")[0],
            Lambda(
                memory_mb=int(each.get("MemorySize", 128)),
                traced=each.get("TracingConfig", {}).get("Mode") == "Active",
                arm="arm64" in each.get("Architectures", []),
            ),
        )


def _metrics_watched(alarm: Properties) -> int:
    """Return the metrics an alarm is billed for; an anomaly detection band counts two more."""
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


def _site_bytes(assembly: Path) -> float:
    assets: set[str] = set()
    for listing in assembly.glob("*.assets.json"):
        files = json.loads(listing.read_text(encoding="utf-8"))["files"]
        assets.update(each["source"]["path"] for each in files.values())
    # The folder may hold assets of earlier runs beside those that are listed.
    site_files = [each for path in assets for each in (assembly / path).glob("site/**/*")]
    contents = [each.read_bytes() for each in site_files if each.is_file()]
    return sum(min(len(gzip.compress(each)), len(each)) for each in contents)
