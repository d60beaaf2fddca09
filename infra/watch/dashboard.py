"""One page that shows how Bedboard serves people: vacancies, searches and updates, alerts."""

from typing import Final

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

from infra.watch.rules import RUNBOOK
from infra.watch.sources import Sources

MEASUREMENT_INTERVAL: Final = Duration.hours(6)
"""The time between two measurements of the homes: `infra.schedules.MEASURE_EVERY`."""


class Dashboard(Construct):
    """A dashboard named after its stack.

    An account's first three dashboards are free, with up to fifty metrics on each.
    """

    def __init__(self, scope: Construct, construct_id: str, *, sources: Sources) -> None:
        super().__init__(scope, construct_id)
        cloudwatch.Dashboard(
            self,
            "Dashboard",
            dashboard_name=sources.stack_name,
            default_interval=Duration.days(2),
            widgets=[
                [
                    cloudwatch.TextWidget(
                        markdown=f"**{sources.stack_name}**: {RUNBOOK} says what to do about each"
                        " alarm.",
                        width=24,
                        height=1,
                    )
                ],
                _home_widgets(sources),
                _request_widgets(sources),
                _alert_widgets(sources),
                _infrastructure_widgets(sources),
            ],
        )


def _graph(
    title: str,
    left: list[cloudwatch.IMetric],
    right: list[cloudwatch.IMetric] | None = None,
    *,
    stacked: bool = False,
) -> cloudwatch.GraphWidget:
    return cloudwatch.GraphWidget(title=title, left=left, right=right, width=8, stacked=stacked)


def _search(expression: str) -> cloudwatch.IMetric:
    """Return the sum of every metric that matches the search, one line for each."""
    return cloudwatch.MathExpression(
        expression=f"SEARCH('{expression}', 'Sum', 300)", label="", using_metrics={}
    )


def _home_widgets(sources: Sources) -> list[cloudwatch.IWidget]:
    def measured(metric: str, label: str) -> cloudwatch.Metric:
        return sources.bedboard("remind_homes", metric, "Maximum").with_(
            period=MEASUREMENT_INTERVAL, label=label
        )

    return [
        _graph(
            "Listed beds by how likely one is still there",
            [
                measured("ListingsVeryLikely", "very likely"),
                measured("ListingsLikely", "likely"),
                measured("ListingsUnsure", "uncertain, or phone first"),
            ],
            stacked=True,
        ),
        _graph(
            "Homes not heard from in 31 days, or never",
            [measured("HomesNotHeardFrom", "homes")],
        ),
        _graph(
            "Imports",
            [
                sources.bedboard("import_homes", "DirectoriesImported"),
                sources.bedboard("import_homes", "DirectoriesRefused"),
                sources.bedboard("import_homes", "RowsUnreadable"),
            ],
        ),
    ]


def _request_widgets(sources: Sources) -> list[cloudwatch.IWidget]:
    functions = (("search", "search"), ("update_vacancy", "update"))
    return [
        _graph(
            "Searches and updates",
            [sources.function(name, "Invocations").with_(label=label) for name, label in functions],
        ),
        _graph(
            "Duration of searches and updates (ms)",
            [
                sources.function(name, "Duration", statistic).with_(label=f"{label} {statistic}")
                for name, label in functions
                for statistic in ("p50", "p99")
            ],
        ),
        _graph(
            "Error responses",
            [
                sources.api("5xx").with_(label="server errors (5xx)"),
                sources.bedboard("api", "Fault").with_(label="faults among them"),
            ],
            [sources.api("4xx").with_(label="client errors (4xx)")],
        ),
    ]


def _alert_widgets(sources: Sources) -> list[cloudwatch.IWidget]:
    return [
        _graph(
            "Alerts and reminders",
            [
                sources.bedboard("notify", "AlertPublished").with_(label="alerts published"),
                sources.bedboard("notify", "AlertFailed").with_(label="alerts not published"),
                sources.stream_mapping("FailedInvokeEventCount").with_(label="changes to retry"),
                sources.stream_mapping("DroppedEventCount").with_(label="changes given up"),
                sources.bedboard("deliver", "AlertsTold").with_(label="people told of alerts"),
                sources.bedboard("deliver", "RemindersTold").with_(label="people reminded"),
                sources.bedboard("deliver", "DeliveryFailed").with_(label="tries that failed"),
                sources.bedboard("deliver", "EmailsBounced").with_(label="mailboxes that refuse"),
            ],
            [sources.bedboard("notify", "Beat").with_(label="heartbeats")],
        ),
        _graph(
            "Time from save to alert (ms)",
            [
                sources.bedboard("notify", "AlertDelay", "p50"),
                sources.bedboard("notify", "AlertDelay", "Maximum"),
                sources.bedboard("deliver", "TellDelay", "p50"),
                sources.bedboard("deliver", "TellDelay", "Maximum"),
            ],
            [sources.function("notify", "IteratorAge", "Maximum")],
        ),
        _graph(
            "Dead letters, waiting messages, and what SNS could not deliver to systems",
            [
                sources.dead_letters("ApproximateNumberOfMessagesVisible"),
                sources.deliveries("ApproximateNumberOfMessagesVisible"),
                # A search by words, because every team has its own topic.
                _search(
                    '{AWS/SNS,TopicName} MetricName="NumberOfNotificationsFailed"'
                    f" bedboard {sources.slug.replace('-', ' ')} team"
                ),
            ],
        ),
    ]


def _infrastructure_widgets(sources: Sources) -> list[cloudwatch.IWidget]:
    return [
        _graph(
            "Table: throttled requests and system errors",
            [
                sources.table("ReadThrottleEvents"),
                sources.table("WriteThrottleEvents"),
                _search(
                    f'{{AWS/DynamoDB,Operation,TableName}} MetricName="SystemErrors"'
                    f' TableName="{sources.table_name}"'
                ),
            ],
        ),
        _graph(
            "Table: capacity used",
            [
                sources.table("ConsumedReadCapacityUnits"),
                sources.table("ConsumedWriteCapacityUnits"),
            ],
        ),
        _graph(
            "Functions: errors and throttles",
            [
                sources.function(name, metric).with_(label=f"{name} {metric.lower()}")
                for name in (
                    "update_vacancy",
                    "search",
                    "notify",
                    "deliver",
                    "remind_homes",
                    "import_homes",
                )
                for metric in ("Errors", "Throttles")
            ],
        ),
    ]
