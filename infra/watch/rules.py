"""When each alarm goes off, and its words. One night at a council of fifty homes is a handful of
updates and a search an hour, so nothing here waits for a rate: it counts."""

from dataclasses import dataclass
from typing import Final

from aws_cdk import aws_cloudwatch as cloudwatch

from infra.watch.sources import Sources

RUNBOOK: Final = "docs/running.md"

AT_LEAST: Final = cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD
MORE_THAN: Final = cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD

# Counts of what went wrong: nothing is sent where nothing did, or where nobody asked.
FINE: Final = cloudwatch.TreatMissingData.NOT_BREACHING
# A gauge that stopped must not be taken for a good one, nor for a bad one.
UNKNOWN: Final = cloudwatch.TreatMissingData.MISSING


@dataclass(frozen=True)
class Rule:
    """An alarm: after `of_which` of the last `periods`, each of so many minutes."""

    name: str
    means: str
    first: str
    metric: cloudwatch.Metric
    threshold: float = 1
    when: cloudwatch.ComparisonOperator = AT_LEAST
    minutes: int = 5
    periods: int = 1
    of_which: int = 1
    no_data_is: cloudwatch.TreatMissingData = FINE


def rules(of: Sources) -> list[Rule]:
    """Those that people feel at once, then those of alerts, of what is underneath, of the data."""
    return [*_of_requests(of), *_of_alerts(of), *_of_the_ground(of), *_of_the_numbers(of)]


def _of_requests(of: Sources) -> list[Rule]:
    crashed = "read the newest errors in its log; if a deployment came just before, roll it back."
    return [
        Rule(
            "api-errors",
            "People are told 'something went wrong' or 'busy' again and again.",
            "run `bedboard doctor`, then look at the dashboard for which function it is.",
            of.of_api("5xx"),
            threshold=3,  # one "busy" is sent again by the page itself
        ),
        Rule(
            "faults",
            "Somebody's request met a fault of ours; nothing was half written.",
            "search the functions' logs for `fault`: the line has the trace and the request's id.",
            of.sent_by("api", "Fault"),
        ),
        Rule(
            "update-crashes",
            "Homes cannot save their vacancies; phones keep them and send them later.",
            crashed,
            of.of_function("update_vacancy", "Errors"),
        ),
        Rule(
            "search-crashes",
            "Discharge teams cannot search.",
            crashed,
            of.of_function("search", "Errors"),
        ),
        _slow("update-slow", "Homes wait for their vacancies to be saved.", of, "update_vacancy"),
        _slow("search-slow", "Discharge teams wait for their searches.", of, "search"),
        _throttled("update-throttled", "Homes are refused with 'busy'.", of, "update_vacancy"),
        _throttled("search-throttled", "Searches are refused with 'busy'.", of, "search"),
    ]


def _slow(name: str, means: str, of: Sources, function: str) -> Rule:
    """Few requests make the p99 the slowest of them, so a cold start (about a second) must stay
    below, and one slow quarter of an hour is not enough."""
    return Rule(
        name,
        means,
        "see on the dashboard whether the table is slow or throttled too; if not, what was"
        " deployed last?",
        of.of_function(function, "Duration", "p99"),
        threshold=5_000,
        when=MORE_THAN,
        minutes=15,
        periods=3,
        of_which=2,
    )


def _throttled(name: str, means: str, of: Sources, function: str) -> Rule:
    return Rule(
        name,
        f"{means} The account runs as many functions at once as it may.",
        "see whether something else in the account takes them all; else ask AWS for a higher"
        " quota of concurrent executions.",
        of.of_function(function, "Throttles"),
    )


def _of_alerts(of: Sources) -> list[Rule]:
    return [
        Rule(
            "notify-crashes",
            "Teams are not told of openings; the stream keeps them and tries again.",
            "read the newest errors in notify's log.",
            of.of_function("notify", "Errors"),
        ),
        Rule(
            "alerts-failed",
            "A team could not be told of an opening, or a log entry could not be handled.",
            "search notify's log for `not told` and `record failed`: they name team and entry.",
            of.sent_by("notify", "AlertFailed"),
        ),
        Rule(
            "alerts-late",
            "Teams hear of openings more than five minutes late.",
            "read notify's log: what fails is tried again and holds up the rest.",
            of.of_function("notify", "IteratorAge", "Maximum"),
            threshold=5 * 60 * 1_000,
            when=MORE_THAN,
        ),
        Rule(
            "dead-letters",
            "Something was given up on: an alert, an import or a round of reminders.",
            "run `bedboard dead-letters list`; when the cause is gone, `redrive` it.",
            of.of_dead_letters("ApproximateNumberOfMessagesVisible"),
        ),
    ]


def _of_the_ground(of: Sources) -> list[Rule]:
    first = (
        "see on the dashboard which load came with it (an import, a test); if none, ask AWS's"
        " support: a table on demand should not."
    )
    return [
        Rule(
            "table-reads-throttled",
            "The table refuses reads: searches and pages are slow or fail.",
            first,
            of.of_table("ReadThrottleEvents"),
            threshold=10,  # a few are asked again without anybody noticing
        ),
        Rule(
            "table-writes-throttled",
            "The table refuses writes: updates are slow or fail.",
            first,
            of.of_table("WriteThrottleEvents"),
            threshold=10,
        ),
    ]


def _of_the_numbers(of: Sources) -> list[Rule]:
    return [
        Rule(
            "homes-stale",
            "More than a third of the homes have not confirmed their numbers for a week: teams will"
            " stop trusting the list.",
            "run `bedboard homes list --stale` and phone those homes.",
            of.sent_by("remind_homes", "HomesStalePercent", "Minimum"),
            threshold=33,
            when=MORE_THAN,
            minutes=24 * 60,  # every look of a day must say so
            no_data_is=UNKNOWN,
        ),
        Rule(
            "remind-crashes",
            "Homes may not have been reminded, and nobody looked how old their numbers are.",
            "search remind_homes' log for `not reminded`; it runs twice more by itself.",
            of.of_function("remind_homes", "Errors"),
        ),
        Rule(
            "snapshot-crashes",
            "Cold starts read every home by itself and so take longer; nothing is missing.",
            "read snapshot_homes's log; one more tries every quarter of an hour.",
            of.of_function("snapshot_homes", "Errors"),
            threshold=3,  # of the four in an hour: then the last good one is too old
            minutes=60,
        ),
        Rule(
            "import-crashes",
            "A care directory that was uploaded may not be in.",
            "read import_homes' log; then upload the same file again, which does the rest.",
            of.of_function("import_homes", "Errors"),
        ),
        Rule(
            "import-refused",
            "A care directory was refused whole and nothing was changed.",
            "read why in its report under `reports/` in the import bucket.",
            of.sent_by("import_homes", "DirectoriesRefused"),
        ),
    ]
