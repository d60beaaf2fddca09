"""Every grant: what each function may do, on what, and on which of the table's partitions."""

from typing import Final

from infra.function import Function
from infra.functions import Functions
from infra.imports import ImportBucket
from infra.site.site import Site
from infra.table import ALERTS, ANSWERS, HOMES, LOG, SNAPSHOTS, TOLD, Table, in_
from shared.aws.import_keys import REPORTS

OF_PEOPLE: Final = (
    "cognito-idp:ListUsers",
    "cognito-idp:ListUsersInGroup",
    "cognito-idp:AdminGetUser",
    "cognito-idp:AdminListGroupsForUser",
    "cognito-idp:AdminCreateUser",
    "cognito-idp:AdminEnableUser",
    "cognito-idp:AdminDisableUser",
    "cognito-idp:AdminAddUserToGroup",
    "cognito-idp:AdminRemoveUserFromGroup",
    "cognito-idp:CreateGroup",
)
"""What it takes to add people to the pool and to say what they may do; nobody sets a password."""


def grant(
    of: Functions,
    *,
    table: Table,
    imports: ImportBucket,
    team_topics: str,
    home_topics: str,
    pool_arn: str | None,
) -> None:
    """Whoever writes puts whole items, in a transaction or not: nobody updates or deletes."""
    of.search.may("dynamodb:Query", on=table.arn, where=in_(HOMES, LOG, SNAPSHOTS))
    of.update_vacancy.may("dynamodb:GetItem", on=table.arn, where=in_(HOMES, ANSWERS))
    of.update_vacancy.may("dynamodb:PutItem", on=table.arn, where=in_(HOMES, LOG, ANSWERS))
    of.show_home.may("dynamodb:GetItem", on=table.arn, where=in_(HOMES, ANSWERS))
    of.show_home.may("dynamodb:PutItem", on=table.arn, where=in_(HOMES, LOG, ANSWERS))
    of.show_home.may("dynamodb:Query", on=table.arn, where=in_(ALERTS))
    of.show_home.may("dynamodb:Query", on=table.changes_of_home_arn)
    of.council_overview.may("dynamodb:Query", on=table.arn, where=in_(HOMES, LOG, SNAPSHOTS))
    of.subscribe.may("dynamodb:Query", on=table.arn, where=in_(ALERTS))
    of.subscribe.may("dynamodb:GetItem", on=table.arn, where=in_(ALERTS, ANSWERS))
    of.subscribe.may("dynamodb:PutItem", on=table.arn, where=in_(ALERTS, LOG, ANSWERS))
    of.subscribe.may(
        "sns:CreateTopic",
        "sns:Subscribe",
        "sns:ListSubscriptionsByTopic",
        on=[f"{team_topics}*", f"{home_topics}*"],
    )
    # SNS knows no narrower resource; the function looks the member up in its team first.
    of.subscribe.may("sns:Unsubscribe", on="*")
    of.notify.may("dynamodb:Query", on=table.arn, where=in_(ALERTS, LOG, TOLD))
    of.notify.may("dynamodb:PutItem", on=table.arn, where=in_(LOG, TOLD))
    of.notify.may("sns:Publish", on=f"{team_topics}*")
    of.notify.may(
        "dynamodb:DescribeStream",
        "dynamodb:GetRecords",
        "dynamodb:GetShardIterator",
        on=table.stream_arn,
    )
    of.notify.may("dynamodb:ListStreams", on="*")  # takes no narrower resource
    of.import_homes.may("dynamodb:Query", "dynamodb:GetItem", on=table.arn, where=in_(HOMES))
    of.import_homes.may("dynamodb:PutItem", on=table.arn, where=in_(HOMES, LOG))
    of.import_homes.may("s3:GetObject", on=imports.directories_arn)
    of.import_homes.may("s3:PutObject", on=imports.reports_arn)
    of.snapshot_homes.may("dynamodb:Query", on=table.arn, where=in_(HOMES))
    of.snapshot_homes.may("dynamodb:PutItem", on=table.arn, where=in_(SNAPSHOTS))
    of.remind_homes.may("dynamodb:Query", on=table.arn, where=in_(HOMES, TOLD))
    of.remind_homes.may("dynamodb:PutItem", on=table.arn, where=in_(TOLD))
    of.remind_homes.may("sns:Publish", on=f"{home_topics}*")
    of.upload_directory.may("s3:PutObject", on=imports.directories_arn)
    of.upload_directory.may("s3:GetObject", on=imports.reports_arn)
    of.upload_directory.may(
        "s3:ListBucket",
        on=imports.arn,
        where={"StringLike": {"s3:prefix": f"{REPORTS}*"}},
    )
    of.manage_people.may("dynamodb:GetItem", on=table.arn, where=in_(HOMES))
    if pool_arn:
        of.manage_people.may(*OF_PEOPLE, on=pool_arn)


def grant_publishing(publisher: Function, site: Site) -> None:
    """To put the pages in their bucket, and have CloudFront forget the old ones."""
    publisher.may("s3:ListBucket", on=site.bucket_arn)
    publisher.may("s3:PutObject", "s3:DeleteObject", on=site.objects_arn)
    publisher.may("cloudfront:CreateInvalidation", on=site.distribution_arn)
