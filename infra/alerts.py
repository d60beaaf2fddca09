"""How a change reaches notify: the table's stream, its filters and the dead-letter queue."""

from dataclasses import dataclass
from typing import Final

from aws_cdk import ArnFormat, Duration, RemovalPolicy, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.function import Function
from infra.table import Table
from shared.store import keys


def _new_log_entry(attributes: dict[str, object]) -> dict[str, object]:
    """Return the filter for new change-log entries that have these attributes."""
    in_the_log = {keys.PARTITION: {"S": lambda_.FilterRule.begins_with(keys.CHANGE_PREFIX)}}
    return {
        "eventName": lambda_.FilterRule.is_equal("INSERT"),
        "dynamodb": {"Keys": in_the_log, "NewImage": attributes},
    }


CHANGE_OF_A_HOME: Final = _new_log_entry({keys.OF_HOME: {"S": lambda_.FilterRule.exists()}})
"""Only entries about a home have this attribute, and only the first entry of each change: an entry
that is published again, because its transaction was slow, does not."""

CHANGE_OF_AN_ALERT: Final = _new_log_entry({keys.KIND: {"S": lambda_.FilterRule.is_equal("alert")}})
"""These send no messages, but notify republishes an entry whose writer stopped half-way."""

DISPUTE: Final = _new_log_entry({keys.KIND: {"S": lambda_.FilterRule.is_equal("dispute")}})
"""What a team was told against a listing: notify asks the home."""

BEAT: Final = _new_log_entry({keys.KIND: {"S": lambda_.FilterRule.is_equal(keys.BEAT)}})
"""Heartbeats of snapshot_homes: an alarm goes off when notify counts none."""


@dataclass(frozen=True)
class TopicPrefixes:
    """The ARNs of the SNS topics, each without the team at its end.

    A slug never contains "_", so no council's prefix can begin with another's.
    """

    team: str

    @classmethod
    def for_council(cls, stack: Stack, slug: str) -> "TopicPrefixes":
        """Return the prefix of the council with this slug."""
        team = stack.format_arn(
            service="sns",
            resource=f"bedboard-{slug}_team_",
            arn_format=ArnFormat.NO_RESOURCE_NAME,
        )
        return cls(team=team)


class DeadLetters(Construct):
    """The queue of events that failed after every retry. It keeps them for two weeks."""

    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        self.queue = sqs.Queue(
            self,
            "Queue",
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            retention_period=Duration.days(14),
            removal_policy=RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
        )
        # EventBridge itself sends the events of a rule here. The names of the rules, which are in
        # another stack, begin with that stack's name.
        rules = Stack.of(self).format_arn(
            service="events", resource="rule", resource_name="bedboard-*"
        )
        self.queue.add_to_resource_policy(
            iam.PolicyStatement(
                principals=[iam.ServicePrincipal("events.amazonaws.com")],
                actions=["sqs:SendMessage"],
                resources=[self.queue.queue_arn],
                conditions={"ArnLike": {"aws:SourceArn": rules}},
            )
        )


class LogEntries(Construct):
    """Invoke a function with every new entry of the change log."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        table: Table,
        function: Function,
        dead_letters: sqs.IQueue,
    ) -> None:
        super().__init__(scope, construct_id)
        mapping = lambda_.EventSourceMapping(
            self,
            "Mapping",
            target=function.resource,
            event_source_arn=table.stream_arn,
            starting_position=lambda_.StartingPosition.TRIM_HORIZON,
            batch_size=100,
            max_batching_window=Duration.seconds(0),
            filters=[
                lambda_.FilterCriteria.filter(pattern)
                for pattern in (CHANGE_OF_A_HOME, CHANGE_OF_AN_ALERT, DISPUTE, BEAT)
            ],
            # An entry that fails must not hold up the others, nor be retried for ever.
            report_batch_item_failures=True,
            bisect_batch_on_error=True,
            retry_attempts=20,
            max_record_age=Duration.hours(6),
            on_failure=sources.SqsDlq(dead_letters),
            metrics_config=lambda_.MetricsConfig(metrics=[lambda_.MetricType.EVENT_COUNT]),
        )
        self.mapping_id = mapping.event_source_mapping_id
