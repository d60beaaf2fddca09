"""The one table: every home, every change, every alert."""

from collections.abc import Mapping
from typing import Final

from aws_cdk import RemovalPolicy
from aws_cdk import aws_dynamodb as dynamodb
from constructs import Construct

from shared.store import keys

HOMES: Final = keys.HOMES
ALERTS: Final = keys.ALERTS
LOG: Final = f"{keys.CHANGE_PREFIX}*"
ANSWERS: Final = keys.idempotency_record("*", "*")
TOLD: Final = keys.sent("*")
SNAPSHOTS: Final = keys.snapshot("*")


def in_(*partitions: str) -> Mapping[str, object]:
    """The condition that a request is about items of these partitions only."""
    return {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": list(partitions)}}


class Table(Construct):
    """On demand, recoverable to any second of the last 35 days, and not deleted by accident."""

    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        table = dynamodb.Table(
            self,
            "Table",
            partition_key=_text(keys.PARTITION),
            sort_key=_text(keys.SORT),
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            encryption=dynamodb.TableEncryption.AWS_MANAGED,
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            # A log entry says itself what it was, so the image before a write is of no use.
            stream=dynamodb.StreamViewType.NEW_IMAGE,
            time_to_live_attribute=keys.EXPIRES,
            deletion_protection=True,
            removal_policy=RemovalPolicy.RETAIN,
        )
        table.add_global_secondary_index(
            index_name=keys.CHANGES_OF_HOME_INDEX,
            partition_key=_text(keys.OF_HOME),
            sort_key=_text(keys.SORT),
            projection_type=dynamodb.ProjectionType.ALL,
        )
        self.table = table
        self.name = table.table_name
        self.arn = table.table_arn
        self.changes_of_home_arn = f"{table.table_arn}/index/{keys.CHANGES_OF_HOME_INDEX}"
        assert table.table_stream_arn  # noqa: S101 - it was asked for above
        self.stream_arn = table.table_stream_arn


def _text(name: str) -> dynamodb.Attribute:
    return dynamodb.Attribute(name=name, type=dynamodb.AttributeType.STRING)
