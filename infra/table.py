"""The one table: every home, every change, every alert."""

from typing import Final

from aws_cdk import RemovalPolicy
from aws_cdk import aws_dynamodb as dynamodb
from constructs import Construct

from infra.function import Resources
from shared.store import keys

HOMES: Final = keys.HOMES
ALERTS: Final = keys.ALERTS
PLACING_STOPS: Final = keys.PLACING_STOPS
LOG: Final = f"{keys.CHANGE_PREFIX}*"
IDEMPOTENCY: Final = keys.idempotency_record("*", "*")
DELIVERIES: Final = keys.sent("*")
SNAPSHOTS: Final = keys.snapshot("*")
ADDRESSES: Final = keys.members("*")
LINKS: Final = keys.link("*")
INVITATIONS: Final = f"{keys.INVITATIONS_PREFIX}*"
INVITATIONS_TO: Final = keys.invitations_to("*")
OUTCOMES: Final = keys.OUTCOMES
DISPUTES: Final = keys.DISPUTES
REQUEST_RECORDS: Final = keys.REQUEST_RECORDS
STACK_SECRET: Final = keys.STACK_SECRET
POSTING_LINKS: Final = keys.posting_link("*")
NEWEST_LINKS: Final = keys.newest_links("*")
LINK_STOPS: Final = keys.link_stop("*")
CODE_TRIES: Final = f"{keys.CODE_TRIES_PREFIX}*"
AUDIT_DRAWS: Final = keys.AUDIT_DRAWS
PUBLIC_TRUTH: Final = keys.PUBLIC_TRUTH
WRONG_POSTS: Final = keys.WRONG_POSTS
DEMAND: Final = keys.DEMAND
DEMAND_COUNTS: Final = keys.demand_counts("*")
REMINDED: Final = f"{keys.REMINDED_PREFIX}*"


class Table(Construct):
    """A table billed on demand, with 35 days of point-in-time recovery."""

    def __init__(self, scope: Construct, construct_id: str, *, protected: bool) -> None:
        super().__init__(scope, construct_id)
        table = dynamodb.Table(
            self,
            "Table",
            partition_key=_text(keys.PARTITION),
            sort_key=_text(keys.SORT),
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            # Of the account, because its use is then in the account's CloudTrail; 15 cents a month.
            encryption=dynamodb.TableEncryption.AWS_MANAGED,
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            # A log entry holds the previous state itself, so the old image is not needed.
            stream=dynamodb.StreamViewType.NEW_IMAGE,
            time_to_live_attribute=keys.EXPIRES,
            deletion_protection=protected,
            removal_policy=RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
        )
        table.add_global_secondary_index(
            index_name=keys.CHANGES_OF_HOME_INDEX,
            partition_key=_text(keys.OF_HOME),
            sort_key=_text(keys.SORT),
            projection_type=dynamodb.ProjectionType.ALL,
        )
        self.name = table.table_name
        self.arn = table.table_arn
        self.changes_of_home_arn = f"{table.table_arn}/index/{keys.CHANGES_OF_HOME_INDEX}"
        assert table.table_stream_arn  # noqa: S101 - `stream` is set above
        self.stream_arn = table.table_stream_arn

    def items(self, *partitions: str) -> Resources:
        """Return the items of these partitions, as a grant takes them."""
        condition = {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": list(partitions)}}
        return Resources([self.arn], condition)


def _text(name: str) -> dynamodb.Attribute:
    return dynamodb.Attribute(name=name, type=dynamodb.AttributeType.STRING)
