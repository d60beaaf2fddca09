"""When each alarm goes off, and what it says.

At a council with fifty homes a night brings a few updates and about one search an hour, so these
alarms count failures rather than watch failure rates.
"""

from dataclasses import dataclass
from typing import Final

from aws_cdk import aws_cloudwatch as cloudwatch

from infra.watch.sources import Sources

RUNBOOK: Final = "docs/running.md"

AT_LEAST: Final = cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD
LESS_THAN: Final = cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD
MORE_THAN: Final = cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD

# A count of failures: no data means that nothing failed, or that no one used it.
NO_DATA_IS_GOOD: Final = cloudwatch.TreatMissingData.NOT_BREACHING
# Something that must go on: silence is the failure.
NO_DATA_IS_BAD: Final = cloudwatch.TreatMissingData.BREACHING
# A gauge that stopped says nothing: it must count neither as good nor as bad.
NO_DATA_IS_UNKNOWN: Final = cloudwatch.TreatMissingData.MISSING


@dataclass(frozen=True)
class Rule:
    """An alarm that goes off when `breaching_periods` of the last `periods` breach the threshold.

    `means` says what people notice and `first` what the operator does first.
    """

    name: str
    means: str
    first: str
    metric: cloudwatch.Metric
    threshold: float = 1
    comparison: cloudwatch.ComparisonOperator = AT_LEAST
    period_minutes: int = 5
    periods: int = 1
    breaching_periods: int = 1
    missing_data: cloudwatch.TreatMissingData = NO_DATA_IS_GOOD


def rules(sources: Sources) -> list[Rule]:
    """Return the rules: what people notice at once, then alerts, the table, the vacancies."""
    return [
        *_sign_in_rules(sources),
        *_request_rules(sources),
        *_alert_rules(sources),
        *_delivery_rules(sources),
        *_table_rules(sources),
        *_home_rules(sources),
    ]


def _sign_in_rules(sources: Sources) -> list[Rule]:
    if sources.functions.withhold_roles is None:
        return []
    return [
        Rule(
            "sign-in-crashes",
            "People cannot sign in, nor stay signed in for more than half an hour.",
            "read the newest errors in the log of withhold_roles. If you have just deployed, roll"
            " back.",
            sources.function("withhold_roles", "Errors"),
        )
    ]


def _request_rules(sources: Sources) -> list[Rule]:
    read_log = "read the newest errors in its log. If you have just deployed, roll back."
    return [
        Rule(
            "api-errors",
            "People see 'something went wrong' or 'busy' again and again.",
            "run `bedboard doctor`, then find the failing function on the dashboard.",
            sources.api("5xx"),
            threshold=3,  # the page itself retries a single "busy"
        ),
        Rule(
            "faults",
            "Someone's request failed because of a fault in Bedboard. No change was half saved.",
            "search the functions' logs for `fault`: the line has the trace id and request id.",
            sources.bedboard("api", "Fault"),
        ),
        Rule(
            "unreadable-items",
            "A home is missing from searches or the overview, or an alert does not fire.",
            "search the functions' logs for `cannot read an item`: the line has the item's id.",
            sources.bedboard("items", "Unreadable"),
        ),
        Rule(
            "update-crashes",
            "Homes cannot save their vacancies. Their phones keep the updates and send them later.",
            read_log,
            sources.function("update_vacancy", "Errors"),
        ),
        Rule(
            "link-crashes",
            "Homes cannot post by the link in a reminder. They can still sign in.",
            read_log,
            sources.function("post_by_link", "Errors"),
        ),
        Rule(
            "link-codes-rest",
            "Someone tried a thousand wrong codes of links in an hour, so codes rest. Links work.",
            "look at the throttled requests of the API on the dashboard. If it goes on for hours,"
            " block the sender with the firewall (`waf`).",
            sources.bedboard("post_by_link", "CodesRest"),
        ),
        Rule(
            "search-crashes",
            "Discharge teams cannot search.",
            read_log,
            sources.function("search", "Errors"),
        ),
        _slow_rule("update-slow", "Homes wait to save their vacancies.", sources, "update_vacancy"),
        _slow_rule("search-slow", "Discharge teams wait for their results.", sources, "search"),
        _throttle_rule("update-throttled", "Homes get 'busy'.", sources, "update_vacancy"),
        _throttle_rule("search-throttled", "Discharge teams get 'busy'.", sources, "search"),
    ]


def _slow_rule(name: str, means: str, sources: Sources, function: str) -> Rule:
    """Return a rule for slow responses, which ignores cold starts and short slow spells.

    With few requests the p99 is the slowest of them, so the threshold is above a cold start (about
    a second), and two slow quarters of an hour are needed.
    """
    return Rule(
        name,
        means,
        "check on the dashboard whether the table is slow or throttled too. If not, check what was"
        " deployed last.",
        sources.function(function, "Duration", "p99"),
        threshold=5_000,
        comparison=MORE_THAN,
        period_minutes=15,
        periods=3,
        breaching_periods=2,
    )


def _throttle_rule(name: str, means: str, sources: Sources, function: str) -> Rule:
    return Rule(
        name,
        f"{means} The account has reached its limit of functions that run at once.",
        "check whether something else in the account uses them. If not, ask AWS for a higher quota"
        " of concurrent executions.",
        sources.function(function, "Throttles"),
    )


def _alert_rules(sources: Sources) -> list[Rule]:
    return [
        Rule(
            "notify-crashes",
            "Teams get no alerts. The stream keeps the changes and retries them.",
            "read the newest errors in the log of notify.",
            sources.function("notify", "Errors"),
        ),
        Rule(
            "alerts-failed",
            "A team's systems may get an alert late, or a change-log entry could not be handled.",
            "search the log of notify for `alert not published` and `record failed`: they name the"
            " team and the entry.",
            sources.bedboard("notify", "AlertFailed"),
        ),
        Rule(
            "alerts-late",
            "Teams get their alerts more than five minutes late.",
            "read the log of notify: it waits for the table or for the delivery queue.",
            sources.function("notify", "IteratorAge", "Maximum"),
            threshold=5 * 60 * 1_000,
            comparison=MORE_THAN,
        ),
        Rule(
            "alerts-silent",
            "Changes do not reach notify any more: teams get no alerts, and nothing else fails.",
            "run `bedboard doctor`: it says whether the stream is connected.",
            # Every quarter of an hour a heartbeat takes the way of every change.
            sources.bedboard("notify", "Beat"),
            comparison=LESS_THAN,
            period_minutes=60,
            missing_data=NO_DATA_IS_BAD,
        ),
        Rule(
            "dead-letters",
            "A message, an alert, an import or a round of reminders failed after every retry.",
            "run `bedboard dead-letters list`. When the cause is fixed, `redrive` them.",
            sources.dead_letters("ApproximateNumberOfMessagesVisible"),
        ),
    ]


def _delivery_rules(sources: Sources) -> list[Rule]:
    return [
        Rule(
            "deliver-crashes",
            "People get no emails and texts. The queue keeps them and tries again.",
            "read the newest errors in the log of deliver.",
            sources.function("deliver", "Errors"),
        ),
        Rule(
            "deliveries-failed",
            "Emails or texts to people are refused. Each is tried again for three quarters of an"
            " hour.",
            "search the log of deliver for `not delivered`: it names the provider's error code.",
            sources.bedboard("deliver", "DeliveryFailed"),
            threshold=3,  # one that succeeds at the second try concerns nobody
            period_minutes=15,
        ),
        Rule(
            "deliveries-late",
            "People get their emails and texts more than ten minutes late.",
            "run `bedboard doctor`. If it finds nothing, read the log of deliver.",
            sources.deliveries("ApproximateAgeOfOldestMessage"),
            threshold=10 * 60,
            comparison=MORE_THAN,
        ),
        Rule(
            "emails-bounced",
            "Ten mailboxes or more refused our emails in a day. SES stops senders with many.",
            "search the log of deliver for `email reported`: it names the teams and homes.",
            sources.bedboard("deliver", "EmailsBounced"),
            threshold=10,
            period_minutes=24 * 60,
        ),
        Rule(
            "emails-complained",
            "Three people or more marked our emails as spam in a day. SES stops senders with few.",
            "search the log of deliver for `complained`: it names the teams and homes.",
            sources.bedboard("deliver", "EmailsComplained"),
            threshold=3,
            period_minutes=24 * 60,
        ),
    ]


def _table_rules(sources: Sources) -> list[Rule]:
    first = (
        "check on the dashboard what load came with it (an import, a load test). If there was none,"
        " ask AWS support: a table on demand should not throttle."
    )
    return [
        Rule(
            "table-reads-throttled",
            "The table refuses reads. Searches and pages are slow or fail.",
            first,
            sources.table("ReadThrottleEvents"),
            threshold=10,  # a few are retried without anyone noticing
        ),
        Rule(
            "table-writes-throttled",
            "The table refuses writes. Updates are slow or fail.",
            first,
            sources.table("WriteThrottleEvents"),
            threshold=10,
        ),
    ]


def _home_rules(sources: Sources) -> list[Rule]:
    return [
        _gauge_rule(
            "homes-not-heard-from",
            "More than a third of the homes have confirmed nothing for 31 days. Teams will stop"
            " trusting the list.",
            "run `bedboard homes list --not-heard-from 31` and phone those homes.",
            sources,
            "HomesNotHeardFromPercent",
        ),
        _gauge_rule(
            "listings-unsure",
            "More than a third of the listed beds are uncertain or to be phoned first.",
            "run `bedboard homes list --unsure`, and see on the overview page who is reminded.",
            sources,
            "ListingsUnsurePercent",
        ),
        Rule(
            "chances-apart",
            "The council's calls find beds less often, or more often, than searches say.",
            "look at the page 'How often the list was right', and read docs/truth.md.",
            # Sent once on each working day, when all is calculated again.
            sources.bedboard("snapshot_homes", "ChancesApart", "Maximum"),
            period_minutes=24 * 60,
            missing_data=NO_DATA_IS_UNKNOWN,
        ),
        Rule(
            "remind-crashes",
            "Homes may not have been reminded, and how certain their beds are was not measured.",
            "read the log of remind_homes. It is retried twice.",
            sources.function("remind_homes", "Errors"),
        ),
        Rule(
            "snapshot-crashes",
            "Cold starts take longer, and alerts leave out homes whose placing stop is over.",
            "read the log of snapshot_homes. It runs again every quarter of an hour.",
            sources.function("snapshot_homes", "Errors"),
            threshold=3,  # of four in an hour: after that the last snapshot is too old to use
            period_minutes=60,
        ),
        Rule(
            "import-crashes",
            "A care directory that was uploaded may not be imported.",
            "read the log of import_homes, then upload the same file again to finish the import.",
            sources.function("import_homes", "Errors"),
        ),
        Rule(
            "import-refused",
            "A care directory was refused, and nothing was changed.",
            "read the reason in its report, under `reports/` in the import bucket.",
            sources.bedboard("import_homes", "DirectoriesRefused"),
        ),
    ]


def _gauge_rule(name: str, means: str, first: str, sources: Sources, metric: str) -> Rule:
    return Rule(
        name,
        means,
        first,
        sources.bedboard("remind_homes", metric, "Minimum"),
        threshold=33,
        comparison=MORE_THAN,
        period_minutes=24 * 60,  # every measurement of a day must exceed it
        missing_data=NO_DATA_IS_UNKNOWN,
    )
