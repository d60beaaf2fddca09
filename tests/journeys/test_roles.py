"""Each function's role, on the emulator with authorization on: it allows the task, and no more.

A probe function with the same role makes each request.
"""

import io
import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from zipfile import ZipFile

import boto3
import pytest

from local.emulator.stack import LocalStack
from shared.store import keys
from tests.infra.stack_template import FUNCTIONS

PROBE = """
import boto3
from botocore.exceptions import ClientError

def handler(event, context):
    client = boto3.client(event["service"])
    try:
        getattr(client, event["operation"])(**event["arguments"])
    except ClientError as error:
        return error.response["Error"]["Code"]
    return "done"
"""

REFUSED = {"AccessDeniedException", "AccessDenied", "AuthorizationError"}
HOME, ALERT = keys.HOMES, keys.ALERTS
# What the probes write must disturb no other test: a day of the log that no test reads.
ENTRY, KEPT, TOLD = (
    f"{keys.CHANGE_PREFIX}2000-01-01",
    keys.idempotency_record("probe", "1"),
    keys.sent("probe"),
)

SNAPSHOT = keys.snapshot("probe")
COUNTS, DEMAND = keys.demand_counts("2000-W01"), keys.DEMAND
REMINDED = keys.reminded(date(2000, 1, 1))
PERSON, LINK = keys.members("team#probe"), keys.link("probe")
POSTING, NEWEST = keys.posting_link("probe"), keys.newest_links("probe")
STOP, TRIES = keys.link_stop("probe"), f"{keys.CODE_TRIES_PREFIX}2000-01-01T00"

Call = tuple[str, str, dict[str, Any]]
Ask = Callable[[str, Call], str]


@pytest.fixture(scope="module")
def ask(stack: LocalStack) -> Iterator[Ask]:
    """Make a call with the role of a function, and return its outcome."""
    functions = boto3.client("lambda", **stack.connection)
    roles = {}
    for page in functions.get_paginator("list_functions").paginate():
        for each in page["Functions"]:
            if each["Handler"].endswith(".handler.handler"):
                roles[each["Handler"].split(".")[0]] = each["Role"]
    code = io.BytesIO()
    with ZipFile(code, "w") as archive:
        archive.writestr("probe.py", PROBE)
    probes: dict[str, str] = {}

    def call_as(role: str, call: Call) -> str:
        if role not in probes:
            probes[role] = functions.create_function(
                FunctionName=f"probe-{role}",
                Runtime="python3.14",
                Role=roles[role],
                Handler="probe.handler",
                Code={"ZipFile": code.getvalue()},
                Timeout=30,
            )["FunctionName"]
            functions.get_waiter("function_active_v2").wait(FunctionName=probes[role])
        service, operation, arguments = call
        event = {"service": service, "operation": operation, "arguments": arguments}
        answer = functions.invoke(FunctionName=probes[role], Payload=json.dumps(event))
        outcome: str = json.loads(answer["Payload"].read())
        return outcome

    yield call_as
    for name in probes.values():
        functions.delete_function(FunctionName=name)


def query(stack: LocalStack, partition: str) -> Call:
    arguments = {
        "TableName": stack.table_name,
        "KeyConditionExpression": "#pk = :pk",
        "ExpressionAttributeNames": {"#pk": keys.PARTITION},
        "ExpressionAttributeValues": {":pk": {"S": partition}},
    }
    return "dynamodb", "query", arguments


def get(stack: LocalStack, partition: str) -> Call:
    return "dynamodb", "get_item", {"TableName": stack.table_name, "Key": _key(partition)}


def put(stack: LocalStack, partition: str) -> Call:
    return "dynamodb", "put_item", {"TableName": stack.table_name, "Item": _key(partition)}


def put_both(stack: LocalStack, *partitions: str) -> Call:
    writes = [{"Put": {"TableName": stack.table_name, "Item": _key(each)}} for each in partitions]
    return "dynamodb", "transact_write_items", {"TransactItems": writes}


def delete(stack: LocalStack, partition: str) -> Call:
    return "dynamodb", "delete_item", get(stack, partition)[2]


def queue(stack: LocalStack) -> Call:
    # An event that `deliver` passes on to nobody.
    event = {"event": "check_vacancies", "location_id": "probe"}
    entry = {"Id": "1", "MessageBody": json.dumps(event)}
    return "sqs", "send_message_batch", {"QueueUrl": stack.delivery_queue_url, "Entries": [entry]}


def email(sender: str) -> Call:
    content = {"Simple": {"Subject": {"Data": "x"}, "Body": {"Text": {"Data": "x"}}}}
    arguments = {"FromEmailAddress": f"Bedboard <{sender}>", "Content": content}
    return "sesv2", "send_email", {**arguments, "Destination": {"ToAddresses": ["x@example.org"]}}


def text() -> Call:
    return "sns", "publish", {"PhoneNumber": "+447700900999", "Message": "x"}


def publish(stack: LocalStack, topic: str) -> Call:
    return "sns", "publish", {"TopicArn": topic, "Message": "x"}


def open_sealed(stack: LocalStack, owner: str) -> Call:
    kms = boto3.client("kms", **stack.connection)
    (key,) = (
        each["KeyId"]
        for each in kms.list_keys()["Keys"]
        if "Seals" in kms.describe_key(KeyId=each["KeyId"])["KeyMetadata"]["Description"]
    )
    context = {"owner": owner, "member": "probe"}
    arguments = {"KeyId": key, "CiphertextBlob": "x", "EncryptionContext": context}
    return "kms", "decrypt", arguments


def _key(partition: str) -> dict[str, Any]:
    return {keys.PARTITION: {"S": partition}, keys.SORT: {"S": "probe"}}


def directory(stack: LocalStack, operation: str, key: str) -> Call:
    return "s3", operation, {"Bucket": stack.import_bucket, "Key": key}


def of_a_person(stack: LocalStack, operation: str, **more: Any) -> Call:
    arguments = {"UserPoolId": stack.user_pool_id, "Username": "nobody@example.org", **more}
    return "cognito-idp", operation, arguments


def may(stack: LocalStack) -> dict[str, list[Call]]:
    """Return what each function does every day; the other journeys cover more of it."""
    return {
        "update_vacancy": [get(stack, HOME), get(stack, KEPT), put_both(stack, ENTRY, KEPT)],
        "post_by_link": [
            get(stack, POSTING),
            get(stack, STOP),
            get(stack, HOME),
            query(stack, TRIES),
            put_both(stack, ENTRY, KEPT),
            put(stack, STOP),
            open_sealed(stack, keys.STACK_SECRET),
        ],
        "record_outcome": [
            get(stack, HOME),
            get(stack, keys.OUTCOMES),
            put_both(stack, keys.OUTCOMES, keys.DISPUTES, ENTRY),
            put_both(stack, keys.OUTCOMES, keys.REQUEST_RECORDS, ENTRY),
            query(stack, keys.OUTCOMES),
            query(stack, keys.DISPUTES),
            query(stack, keys.REQUEST_RECORDS),
            query(stack, keys.AUDIT_DRAWS),
            get(stack, keys.AUDIT_DRAWS),
        ],
        "search": [
            query(stack, HOME),
            query(stack, ENTRY),
            query(stack, SNAPSHOT),
            query(stack, keys.WRONG_POSTS),
            put(stack, COUNTS),
        ],
        "show_home": [
            get(stack, HOME),
            get(stack, keys.WRONG_POSTS),
            put(stack, KEPT),
            query(stack, DEMAND),
            query(stack, keys.PUBLIC_TRUTH),
        ],
        "council_overview": [
            query(stack, HOME),
            query(stack, ENTRY),
            query(stack, SNAPSHOT),
            query(stack, DEMAND),
            query(stack, REMINDED),
            query(stack, keys.WRONG_POSTS),
        ],
        "snapshot_homes": [
            query(stack, HOME),
            get(stack, HOME),
            query(stack, COUNTS),
            query(stack, keys.OUTCOMES),
            put(stack, keys.PUBLIC_TRUTH),
            put(stack, SNAPSHOT),
            put(stack, ENTRY),
            get(stack, keys.AUDIT_DRAWS),
            put_both(stack, keys.AUDIT_DRAWS, keys.WRONG_POSTS, ENTRY),
        ],
        "subscribe": [
            query(stack, ALERT),
            get(stack, ALERT),
            get(stack, HOME),
            put(stack, KEPT),
            put_both(stack, PERSON, LINK),
            query(stack, REMINDED),
            put(stack, REMINDED),
            queue(stack),
            delete(stack, PERSON),
            email("bedboard@local.example.org"),
            text(),
        ],
        "notify": [
            query(stack, ALERT),
            query(stack, keys.WRONG_POSTS),
            query(stack, TOLD),
            put(stack, TOLD),
            queue(stack),
        ],
        "deliver": [
            query(stack, PERSON),
            get(stack, PERSON),
            put(stack, TOLD),
            put_both(stack, POSTING, NEWEST),
            email("bedboard@local.example.org"),
            text(),
        ],
        "remind_homes": [
            query(stack, HOME),
            query(stack, ALERT),
            query(stack, DEMAND),
            query(stack, REMINDED),
            get(stack, keys.WRONG_POSTS),
            put(stack, REMINDED),
            queue(stack),
        ],
        "import_homes": [query(stack, HOME), directory(stack, "get_object", "directory/none")],
        "upload_directory": [get(stack, HOME), directory(stack, "get_object", "reports/none")],
        "manage_people": [get(stack, HOME), of_a_person(stack, "admin_get_user")],
        "withhold_roles": [of_a_person(stack, "admin_get_user")],
    }


def may_not(stack: LocalStack) -> dict[str, list[Call]]:
    """Return what each function must not do, though it is close to its task."""
    team = f"{stack.team_topic_prefix}probe"
    elsewhere = stack.team_topic_prefix.replace("bedboard-", "bedboard-x") + "probe"
    bucket = {"Bucket": stack.import_bucket}
    scan: Call = ("dynamodb", "scan", {"TableName": stack.table_name})
    remove = delete(stack, HOME)
    return {
        "update_vacancy": [
            query(stack, HOME),
            get(stack, ALERT),
            put(stack, ALERT),
            put_both(stack, KEPT, ALERT),
            publish(stack, team),
            remove,
        ],
        "post_by_link": [
            get(stack, PERSON),
            get(stack, LINK),
            get(stack, ALERT),
            query(stack, HOME),
            put(stack, POSTING),
            put(stack, NEWEST),
            put(stack, ALERT),
            open_sealed(stack, PERSON),
            publish(stack, team),
            remove,
        ],
        "record_outcome": [
            put(stack, HOME),
            put(stack, ALERT),
            query(stack, HOME),
            query(stack, ALERT),
            get(stack, PERSON),
            put(stack, keys.AUDIT_DRAWS),
            remove,
        ],
        "search": [
            put(stack, HOME),
            put(stack, ENTRY),
            put(stack, SNAPSHOT),
            put(stack, DEMAND),
            put(stack, keys.WRONG_POSTS),
            query(stack, COUNTS),
            query(stack, ALERT),
            scan,
        ],
        "snapshot_homes": [
            put(stack, ALERT),
            put(stack, COUNTS),
            put(stack, keys.OUTCOMES),
            query(stack, ALERT),
            remove,
        ],
        "show_home": [
            put(stack, ALERT),
            put(stack, TOLD),
            query(stack, ENTRY),
            query(stack, COUNTS),
            query(stack, keys.OUTCOMES),
            remove,
        ],
        "council_overview": [
            put(stack, HOME),
            put(stack, REMINDED),
            query(stack, ALERT),
            query(stack, COUNTS),
            scan,
        ],
        "subscribe": [
            put(stack, HOME),
            query(stack, HOME),
            query(stack, TOLD),
            remove,
            publish(stack, team),
            email("bedboard@elsewhere.example.org"),
        ],
        "deliver": [
            put(stack, HOME),
            get(stack, HOME),
            query(stack, LINK),
            remove,
            delete(stack, PERSON),
            email("bedboard@elsewhere.example.org"),
            publish(stack, elsewhere),
        ],
        "notify": [
            put(stack, HOME),
            put(stack, ALERT),
            query(stack, KEPT),
            publish(stack, elsewhere),
            get(stack, PERSON),
        ],
        "remind_homes": [
            put(stack, HOME),
            put(stack, ALERT),
            put(stack, DEMAND),
            query(stack, COUNTS),
            query(stack, PERSON),
            publish(stack, team),
            text(),
        ],
        "import_homes": [
            query(stack, ALERT),
            put(stack, ALERT),
            directory(stack, "put_object", "directory/x"),
            directory(stack, "delete_object", "directory/x"),
        ],
        "upload_directory": [
            query(stack, HOME),
            put(stack, KEPT),
            remove,
            directory(stack, "get_object", "directory/x"),
            directory(stack, "put_object", "reports/x"),
            ("s3", "list_objects_v2", {**bucket, "Prefix": "directory/"}),
        ],
        "manage_people": [
            put(stack, HOME),
            of_a_person(stack, "admin_delete_user"),
            of_a_person(stack, "admin_set_user_password", Password="Bedboard-1-bedboard"),
        ],
        "withhold_roles": [
            get(stack, HOME),
            of_a_person(stack, "admin_user_global_sign_out"),
            of_a_person(stack, "admin_add_user_to_group", GroupName="council"),
        ],
    }


def test_every_function_is_covered(stack: LocalStack) -> None:
    assert set(may(stack)) == set(may_not(stack)) == FUNCTIONS


@pytest.mark.parametrize("function", sorted(FUNCTIONS))
def test_a_role_allows_what_its_function_needs(stack: LocalStack, ask: Ask, function: str) -> None:
    for call in may(stack)[function]:
        assert ask(function, call) not in REFUSED, call


@pytest.mark.parametrize("function", sorted(FUNCTIONS))
def test_a_role_allows_nothing_else(stack: LocalStack, ask: Ask, function: str) -> None:
    for call in may_not(stack)[function]:
        assert ask(function, call) in REFUSED, call
