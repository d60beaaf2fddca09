"""Every grant: what each function may do, on which resource and which partitions of the table."""

from typing import Final

from infra.address_key import AddressKey
from infra.alerts import TopicPrefixes
from infra.council.model import Council
from infra.delivery import Delivery
from infra.function import Function, Resources
from infra.functions import Functions
from infra.identity import Identity
from infra.imports import ImportBucket
from infra.site.site import Site
from infra.table import (
    ADDRESSES,
    ALERTS,
    AUDIT_DRAWS,
    CODE_TRIES,
    DELIVERIES,
    DEMAND,
    DEMAND_COUNTS,
    DISPUTES,
    HOMES,
    IDEMPOTENCY,
    INVITATIONS,
    INVITATIONS_TO,
    LINK_STOPS,
    LINKS,
    LOG,
    NEWEST_LINKS,
    OUTCOMES,
    PLACING_STOPS,
    POSTING_LINKS,
    PUBLIC_TRUTH,
    REMINDED,
    REQUEST_RECORDS,
    SNAPSHOTS,
    STACK_SECRET,
    WRONG_POSTS,
    Table,
)

USER_POOL_ACTIONS: Final = (
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
    "cognito-idp:AdminSetUserMFAPreference",
    "cognito-idp:AdminUserGlobalSignOut",
)
"""The actions to add people to the user pool, set their roles and reset their second step.

None sets a password.
"""


def grant(
    council: Council,
    functions: Functions,
    table: Table,
    imports: ImportBucket,
    identity: Identity,
    topics: TopicPrefixes,
    address_key: AddressKey,
    delivery: Delivery,
) -> None:
    """Grant each function what it needs. Writers put whole items, and none may update.

    Only the addresses of people may be deleted, by the one function that adds them; and with an
    address what says which link of the person is the newest, so that none works any more.
    """
    # What teams were told is not for the public.
    disputes, records = ((), ()) if council.search_is_public else ((DISPUTES,), (REQUEST_RECORDS,))
    functions.search.allow(
        "dynamodb:Query", on=table.items(HOMES, LOG, SNAPSHOTS, WRONG_POSTS, *disputes, *records)
    )
    # Of demand it writes counts, and reads neither them nor what is published of them.
    functions.search.allow("dynamodb:PutItem", on=table.items(DEMAND_COUNTS))
    functions.update_vacancy.allow("dynamodb:GetItem", on=table.items(HOMES, IDEMPOTENCY))
    functions.update_vacancy.allow("dynamodb:PutItem", on=table.items(HOMES, LOG, IDEMPOTENCY))
    # Of a home it reads what it lists, and writes nothing.
    functions.record_outcome.allow(
        "dynamodb:GetItem",
        on=table.items(
            HOMES, OUTCOMES, DISPUTES, REQUEST_RECORDS, IDEMPOTENCY, AUDIT_DRAWS, WRONG_POSTS
        ),
    )
    functions.record_outcome.allow(
        "dynamodb:PutItem",
        on=table.items(OUTCOMES, DISPUTES, REQUEST_RECORDS, LOG, IDEMPOTENCY),
    )
    functions.record_outcome.allow(
        "dynamodb:Query", on=table.items(OUTCOMES, DISPUTES, REQUEST_RECORDS, AUDIT_DRAWS)
    )
    # What the council says of placing at homes, neither `search` nor `update_vacancy` can read.
    functions.show_home.allow(
        "dynamodb:GetItem",
        on=table.items(HOMES, PLACING_STOPS, IDEMPOTENCY, WRONG_POSTS, *disputes),
    )
    functions.show_home.allow(
        "dynamodb:PutItem", on=table.items(HOMES, PLACING_STOPS, LOG, IDEMPOTENCY)
    )
    # A mark that ends is committed only with the home as it was read.
    functions.show_home.allow(
        "dynamodb:ConditionCheckItem", on=table.items(HOMES, PLACING_STOPS, LOG, IDEMPOTENCY)
    )
    functions.show_home.allow(
        "dynamodb:Query", on=table.items(ALERTS, DEMAND, PLACING_STOPS, PUBLIC_TRUTH)
    )
    functions.show_home.allow("dynamodb:Query", on=table.changes_of_home_arn)
    functions.council_overview.allow(
        "dynamodb:Query", on=table.items(HOMES, LOG, SNAPSHOTS, DEMAND, REMINDED, WRONG_POSTS)
    )
    # Which homes were reminded today it reads and writes.
    functions.subscribe.allow("dynamodb:Query", on=table.items(ALERTS, ADDRESSES, REMINDED))
    # Of a home it reads the name, an old home's successor, and what it says to an alert's needs.
    functions.subscribe.allow(
        "dynamodb:GetItem",
        on=table.items(HOMES, ALERTS, IDEMPOTENCY, ADDRESSES, LINKS, INVITATIONS, STACK_SECRET),
    )
    functions.subscribe.allow(
        "dynamodb:PutItem",
        on=table.items(
            ALERTS, LOG, IDEMPOTENCY, ADDRESSES, LINKS, INVITATIONS, STACK_SECRET, REMINDED
        ),
    )
    functions.subscribe.allow(
        "dynamodb:DeleteItem", on=table.items(ADDRESSES, LINKS, INVITATIONS_TO, NEWEST_LINKS)
    )
    # The reminders that the council sends.
    functions.subscribe.allow("sqs:SendMessage", on=delivery.queue.queue_arn)
    functions.subscribe.allow("kms:Encrypt", "kms:Decrypt", on=address_key.arn)
    functions.subscribe.allow(
        "sns:CreateTopic",
        "sns:TagResource",
        "sns:SetTopicAttributes",
        "sns:Subscribe",
        "sns:ListSubscriptionsByTopic",
        on=f"{topics.team}*",
    )
    # SNS accepts no narrower resource; the function first finds the member in the caller's team.
    functions.subscribe.allow("sns:Unsubscribe", on="*")
    functions.notify.allow("dynamodb:Query", on=table.items(ALERTS, LOG, DELIVERIES, WRONG_POSTS))
    functions.notify.allow("dynamodb:GetItem", on=table.items(PLACING_STOPS))
    functions.notify.allow("dynamodb:PutItem", on=table.items(LOG, DELIVERIES))
    functions.notify.allow("sns:Publish", on=f"{topics.team}*")
    functions.notify.allow("sqs:SendMessage", on=delivery.queue.queue_arn)
    functions.notify.allow(
        "dynamodb:DescribeStream",
        "dynamodb:GetRecords",
        "dynamodb:GetShardIterator",
        on=table.stream_arn,
    )
    functions.notify.allow("dynamodb:ListStreams", on="*")  # accepts no narrower resource
    functions.deliver.allow("dynamodb:Query", on=table.items(ADDRESSES))
    functions.deliver.allow(
        "dynamodb:GetItem", on=table.items(ADDRESSES, DELIVERIES, LINK_STOPS, STACK_SECRET)
    )
    # It remembers who marked an email as spam, and reads of nobody what they were sent.
    functions.deliver.allow(
        "dynamodb:PutItem",
        on=table.items(ADDRESSES, LINKS, INVITATIONS_TO, DELIVERIES, POSTING_LINKS, NEWEST_LINKS),
    )
    functions.deliver.allow("kms:Decrypt", on=address_key.arn)
    functions.deliver.allow("sns:Publish", on=f"{topics.team}*")
    functions.deliver.allow(
        "sqs:ReceiveMessage",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        "sqs:ChangeMessageVisibility",
        "sqs:SendMessage",
        on=delivery.queue.queue_arn,
    )
    # Anyone can call it, so it reads no address of a person, and opens nothing but the secret.
    functions.post_by_link.allow(
        "dynamodb:GetItem",
        on=table.items(HOMES, IDEMPOTENCY, POSTING_LINKS, NEWEST_LINKS, LINK_STOPS, STACK_SECRET),
    )
    functions.post_by_link.allow("dynamodb:Query", on=table.items(CODE_TRIES))
    functions.post_by_link.allow(
        "dynamodb:PutItem", on=table.items(HOMES, LOG, IDEMPOTENCY, LINK_STOPS, CODE_TRIES)
    )
    functions.post_by_link.allow("kms:Decrypt", on=address_key.only_sealed_for(STACK_SECRET))
    for teller in (functions.subscribe, functions.deliver):
        if council.email_from:
            teller.allow("ses:SendEmail", on=delivery.email_resources)
        if council.sms_sender_id:
            # A phone number has no ARN: what is allowed is whatever is no topic.
            teller.allow("sns:Publish", on=Resources([], no_arns=["arn:*:sns:*:*:*"]))
            teller.allow("sns:CheckIfPhoneNumberIsOptedOut", on="*")  # accepts no narrower resource
    functions.import_homes.allow("dynamodb:Query", "dynamodb:GetItem", on=table.items(HOMES))
    functions.import_homes.allow("dynamodb:PutItem", on=table.items(HOMES, LOG))
    functions.import_homes.allow("s3:GetObject", on=imports.directories_arn)
    functions.import_homes.allow("s3:PutObject", on=imports.reports_arn)
    functions.import_homes.allow("s3:PutObject", "s3:GetObject", on=imports.removals_arn)
    # The only one that reads counts of demand, to publish what may be shown; and of what came of
    # calls it publishes one rate.
    functions.snapshot_homes.allow(
        "dynamodb:Query",
        on=table.items(
            HOMES, PLACING_STOPS, DEMAND, DEMAND_COUNTS, OUTCOMES, AUDIT_DRAWS, PUBLIC_TRUTH
        ),
    )
    # A placing stop that ends is committed with the home as it was read; AWS does not say whether
    # the partitions of a part of a transaction are those of the whole. The log is for the
    # heartbeat too.
    functions.snapshot_homes.allow(
        "dynamodb:GetItem", on=table.items(HOMES, PLACING_STOPS, AUDIT_DRAWS, WRONG_POSTS)
    )
    functions.snapshot_homes.allow(
        "dynamodb:ConditionCheckItem", on=table.items(HOMES, PLACING_STOPS, LOG)
    )
    functions.snapshot_homes.allow(
        "dynamodb:PutItem",
        on=table.items(
            HOMES, PLACING_STOPS, LOG, SNAPSHOTS, DEMAND, AUDIT_DRAWS, PUBLIC_TRUTH, WRONG_POSTS
        ),
    )
    functions.remind_homes.allow("dynamodb:Query", on=table.items(HOMES, ALERTS, DEMAND, REMINDED))
    functions.remind_homes.allow("dynamodb:GetItem", on=table.items(WRONG_POSTS))
    functions.remind_homes.allow("dynamodb:PutItem", on=table.items(REMINDED))
    functions.remind_homes.allow("sqs:SendMessage", on=delivery.queue.queue_arn)
    functions.upload_directory.allow("s3:PutObject", on=imports.directories_arn)
    functions.upload_directory.allow("s3:GetObject", on=imports.reports_arn)
    functions.upload_directory.allow("s3:ListBucket", on=imports.list_of_reports)
    functions.upload_directory.allow("dynamodb:GetItem", on=table.items(HOMES))
    functions.upload_directory.allow("dynamodb:PutItem", on=table.items(HOMES, LOG))
    functions.manage_people.allow("dynamodb:GetItem", on=table.items(HOMES))
    if identity.pool_arn:
        functions.manage_people.allow(*USER_POOL_ACTIONS, on=identity.pool_arn)


def grant_publishing(publisher: Function, site: Site) -> None:
    """Let the publisher replace the files of the site and clear CloudFront's cache."""
    publisher.allow("s3:ListBucket", on=site.bucket_arn)
    publisher.allow("s3:PutObject", "s3:DeleteObject", on=site.objects_arn)
    publisher.allow("cloudfront:CreateInvalidation", on=site.distribution_arn)
