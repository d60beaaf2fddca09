"""One page on how it goes for the people: the homes' numbers, searches and updates, alerts."""

from typing import Final

from aws_cdk import Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

from infra.watch.rules import RUNBOOK
from infra.watch.sources import Sources

LOOKS: Final = Duration.hours(6)
"""How far apart the looks at the homes' numbers are."""


class Dashboard(Construct):
    """Named after its stack. An account's first three are free, up to fifty metrics on each."""

    def __init__(self, scope: Construct, construct_id: str, *, sources: Sources) -> None:
        super().__init__(scope, construct_id)
        of = sources
        cloudwatch.Dashboard(
            self,
            "Dashboard",
            dashboard_name=of.name,
            default_interval=Duration.days(2),
            widgets=[
                [
                    cloudwatch.TextWidget(
                        markdown=f"**{of.name}**: what to do about each alarm is in {RUNBOOK}.",
                        width=24,
                        height=1,
                    )
                ],
                _of_the_numbers(of),
                _of_requests(of),
                _of_alerts(of),
                _of_the_ground(of),
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
    """The sum of every metric that is so described, whichever there are."""
    return cloudwatch.MathExpression(
        expression=f"SEARCH('{expression}', 'Sum', 300)", label="", using_metrics={}
    )


def _of_the_numbers(of: Sources) -> list[cloudwatch.IWidget]:
    def looked(metric: str, label: str) -> cloudwatch.Metric:
        found = of.sent_by("remind_homes", metric, "Maximum")
        return found.with_(period=LOOKS, label=label)

    how_old = [
        looked("HomesFresh", "up to a day old"),
        looked("HomesAgeing", "up to a week"),
        looked("HomesStale", "older, or never confirmed"),
    ]
    return [
        _graph("Homes by the age of their numbers", [*how_old], stacked=True),
        _graph("Oldest confirmation (seconds)", [looked("OldestConfirmation", "oldest")]),
        _graph(
            "Imports and reminders",
            [
                of.sent_by("import_homes", "DirectoriesImported"),
                of.sent_by("import_homes", "DirectoriesRefused"),
                of.sent_by("import_homes", "RowsUnreadable"),
                of.sent_by("remind_homes", "HomesReminded"),
            ],
        ),
    ]


def _of_requests(of: Sources) -> list[cloudwatch.IWidget]:
    both = (("search", "search"), ("update_vacancy", "update"))
    return [
        _graph(
            "Searches and updates",
            [of.of_function(name, "Invocations").with_(label=label) for name, label in both],
        ),
        _graph(
            "How long they take (ms)",
            [
                of.of_function(name, "Duration", statistic).with_(label=f"{label} {statistic}")
                for name, label in both
                for statistic in ("p50", "p99")
            ],
        ),
        _graph(
            "Answered with an error",
            [
                of.of_api("5xx").with_(label="ours (5xx)"),
                of.sent_by("api", "Fault").with_(label="of which faults"),
            ],
            [of.of_api("4xx").with_(label="theirs (4xx)")],
        ),
    ]


def _of_alerts(of: Sources) -> list[cloudwatch.IWidget]:
    return [
        _graph(
            "Alerts",
            [
                of.sent_by("notify", "AlertPublished").with_(label="published"),
                of.sent_by("notify", "AlertFailed").with_(label="failed"),
            ],
        ),
        _graph(
            "From saved to published (ms)",
            [
                of.sent_by("notify", "AlertDelay", "p50"),
                of.sent_by("notify", "AlertDelay", "Maximum"),
            ],
            [of.of_function("notify", "IteratorAge", "Maximum")],
        ),
        _graph(
            "Dead letters; members whom SNS could not reach",
            [
                of.of_dead_letters("ApproximateNumberOfMessagesVisible"),
                # Words, not a name: there is a topic for each team.
                _search(
                    '{AWS/SNS,TopicName} MetricName="NumberOfNotificationsFailed"'
                    f" bedboard {of.slug.replace('-', ' ')} team"
                ),
            ],
        ),
    ]


def _of_the_ground(of: Sources) -> list[cloudwatch.IWidget]:
    return [
        _graph(
            "Table: throttled, and errors of its own",
            [
                of.of_table("ReadThrottleEvents"),
                of.of_table("WriteThrottleEvents"),
                _search(
                    f'{{AWS/DynamoDB,Operation,TableName}} MetricName="SystemErrors"'
                    f' TableName="{of.table_name}"'
                ),
            ],
        ),
        _graph(
            "Table: capacity used",
            [of.of_table("ConsumedReadCapacityUnits"), of.of_table("ConsumedWriteCapacityUnits")],
        ),
        _graph(
            "Functions: errors and throttles",
            [
                of.of_function(name, metric).with_(label=f"{name} {metric.lower()}")
                for name in ("update_vacancy", "search", "notify", "remind_homes", "import_homes")
                for metric in ("Errors", "Throttles")
            ],
        ),
    ]
