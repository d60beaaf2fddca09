"""What IAM asks when code calls AWS: the action, the resource, and the condition keys.

A call that is not listed here is an error, so that no call goes unweighed. Sources: each service's
page of the Service Authorization Reference; "Using IAM with transactions" of the DynamoDB guide.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from shared.store import keys
from tests.support.permissions.account import ACCOUNT, REGION

_PARTITION_OF_QUERY: Final = re.compile(r"\s*([#\w]+)\s*=\s*(:\w+)")


class UnknownCallError(Exception):
    """The IAM rule of a call is not known here."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question that IAM must answer with yes before AWS does what a call says."""

    action: str
    resource: str
    leading_keys: tuple[str, ...] = ()
    """The partitions of the items, which DynamoDB gives as a condition key with many values."""
    prefix: str | None = None
    """The beginning of the keys that S3 is asked to list."""
    sealed_for: str | None = None
    """The owner in the encryption context of what KMS seals or opens."""

    def __str__(self) -> str:
        partitions = "".join(f" {key}" for key in self.leading_keys)
        prefix = "" if self.prefix is None else f" {self.prefix}*"
        owner = "" if self.sealed_for is None else f" for {self.sealed_for}"
        return f"{self.action} on {self.resource}{partitions}{prefix}{owner}"

    @property
    def conditions(self) -> dict[str, str | list[str]]:
        """The condition keys of the request with their values."""
        conditions: dict[str, str | list[str]] = {}
        if self.leading_keys:
            conditions["dynamodb:LeadingKeys"] = list(self.leading_keys)
        if self.prefix is not None:
            conditions["s3:prefix"] = self.prefix
        if self.sealed_for is not None:
            conditions["kms:EncryptionContext:owner"] = self.sealed_for
        return conditions


Parameters = Mapping[str, Any]


def questions(service: str, operation: str, parameters: Parameters) -> list[Question]:
    """Return what IAM asks for a call as botocore gets it. Raises UnknownCallError."""
    rule = _RULES.get((service, operation))
    if rule is None:
        raise UnknownCallError(
            f"{service}:{operation} has no rule. Add it to tests/support/permissions/aws_calls.py."
        )
    return list(rule(parameters))


def table_arn(table: str) -> str:
    """Return the ARN of a table of the tests' account."""
    return f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{table}"


def _item(action: str, parameters: Parameters) -> Iterator[Question]:
    item = parameters.get("Key") or parameters["Item"]
    yield _of_table(action, parameters, item[keys.PARTITION]["S"])


def _query(parameters: Parameters) -> Iterator[Question]:
    partition = _PARTITION_OF_QUERY.match(parameters["KeyConditionExpression"])
    if partition is None:
        raise UnknownCallError("A query begins with the partition: #pk = :pk")
    yield _of_table("Query", parameters, parameters["ExpressionAttributeValues"][partition[2]]["S"])


def _of_table(action: str, parameters: Parameters, *partitions: str) -> Question:
    resource = table_arn(parameters["TableName"])
    if "IndexName" in parameters:
        resource += f"/index/{parameters['IndexName']}"
    return Question(f"dynamodb:{action}", resource, partitions)


_ACTIONS_OF_PARTS: Final = {
    "Get": "GetItem",
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "ConditionCheck": "ConditionCheckItem",
}


def _transaction(parameters: Parameters) -> Iterator[Question]:
    """Ask for each part as for the single call.

    AWS does not say whether the leading keys of a part are its own or those of the whole
    transaction, so both are asked.
    """
    parts = [
        (part, question)
        for each in parameters["TransactItems"]
        for name, part in each.items()
        for question in _item(_ACTIONS_OF_PARTS[name], part)
    ]
    everything = dict.fromkeys(key for _, question in parts for key in question.leading_keys)
    for part, question in parts:
        yield question
        yield _of_table(question.action.partition(":")[2], part, *everything)


def _object(action: str, parameters: Parameters) -> Iterator[Question]:
    version = "Version" if action == "GetObject" and "VersionId" in parameters else ""
    yield Question(
        f"s3:{action}{version}", f"arn:aws:s3:::{parameters['Bucket']}/{parameters['Key']}"
    )


def _list_bucket(parameters: Parameters) -> Iterator[Question]:
    bucket = f"arn:aws:s3:::{parameters['Bucket']}"
    yield Question("s3:ListBucket", bucket, prefix=parameters.get("Prefix"))


def _topic(action: str, parameters: Parameters) -> Iterator[Question]:
    # A phone number has no ARN.
    resource = "*" if "PhoneNumber" in parameters else parameters["TopicArn"]
    yield Question(f"sns:{action}", resource)


def _create_topic(parameters: Parameters) -> Iterator[Question]:
    topic = f"arn:aws:sns:{REGION}:{ACCOUNT}:{parameters['Name']}"
    yield Question("sns:CreateTopic", topic)
    if parameters.get("Tags"):
        yield Question("sns:TagResource", topic)


def _any_resource(action: str, _: Parameters) -> Iterator[Question]:
    yield Question(action, "*")


def _pool(action: str, parameters: Parameters) -> Iterator[Question]:
    pool = parameters["UserPoolId"]
    yield Question(
        f"cognito-idp:{action}", f"arn:aws:cognito-idp:{REGION}:{ACCOUNT}:userpool/{pool}"
    )


def _queue(action: str, parameters: Parameters) -> Iterator[Question]:
    name = parameters["QueueUrl"].rpartition("/")[2]
    yield Question(f"sqs:{action}", f"arn:aws:sqs:{REGION}:{ACCOUNT}:{name}")


def _key(action: str, parameters: Parameters) -> Iterator[Question]:
    owner = parameters["EncryptionContext"]["owner"]
    yield Question(f"kms:{action}", parameters["KeyId"], sealed_for=owner)


def _email(parameters: Parameters) -> Iterator[Question]:
    domain = parameters["FromEmailAddress"].rpartition("@")[2].rstrip(">")
    ses = f"arn:aws:ses:{REGION}:{ACCOUNT}"
    yield Question("ses:SendEmail", f"{ses}:identity/{domain}")
    yield Question("ses:SendEmail", f"{ses}:configuration-set/{parameters['ConfigurationSetName']}")


def _distribution(action: str, parameters: Parameters) -> Iterator[Question]:
    distribution = parameters["DistributionId"]
    yield Question(
        f"cloudfront:{action}", f"arn:aws:cloudfront::{ACCOUNT}:distribution/{distribution}"
    )


_Rule = Callable[[Parameters], Iterator[Question]]

_RULES: Final[Mapping[tuple[str, str], _Rule]] = {
    ("dynamodb", "Query"): _query,
    ("dynamodb", "TransactGetItems"): _transaction,
    ("dynamodb", "TransactWriteItems"): _transaction,
    ("s3", "HeadObject"): partial(_object, "GetObject"),
    ("s3", "ListObjectsV2"): _list_bucket,
    ("sns", "CreateTopic"): _create_topic,
    ("sns", "Unsubscribe"): partial(_any_resource, "sns:Unsubscribe"),
    ("sns", "CheckIfPhoneNumberIsOptedOut"): partial(
        _any_resource, "sns:CheckIfPhoneNumberIsOptedOut"
    ),
    ("sqs", "SendMessageBatch"): partial(_queue, "SendMessage"),
    ("sqs", "ChangeMessageVisibility"): partial(_queue, "ChangeMessageVisibility"),
    ("kms", "Encrypt"): partial(_key, "Encrypt"),
    ("kms", "Decrypt"): partial(_key, "Decrypt"),
    ("sesv2", "SendEmail"): _email,
    ("cloudfront", "CreateInvalidation"): partial(_distribution, "CreateInvalidation"),
    **{
        ("dynamodb", each): partial(_item, each)
        for each in ("GetItem", "PutItem", "UpdateItem", "DeleteItem")
    },
    **{("s3", each): partial(_object, each) for each in ("GetObject", "PutObject", "DeleteObject")},
    **{
        ("sns", each): partial(_topic, each)
        for each in ("Publish", "SetTopicAttributes", "Subscribe", "ListSubscriptionsByTopic")
    },
    **{
        ("cognito-idp", each): partial(_pool, each)
        for each in (
            "AdminAddUserToGroup",
            "AdminCreateUser",
            "AdminDisableUser",
            "AdminEnableUser",
            "AdminGetUser",
            "AdminListGroupsForUser",
            "AdminRemoveUserFromGroup",
            "AdminSetUserMFAPreference",
            "AdminUserGlobalSignOut",
            "CreateGroup",
            "ListUsers",
            "ListUsersInGroup",
        )
    },
}
