"""The doctor says of each thing whether it is well, and what to do where it is not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import boto3
import pytest

from cli.doctor import service_checks, stack_checks
from cli.doctor.command import outcome
from cli.doctor.finding import Finding, Level, ok
from cli.target import Target
from local.emulator.stack import LocalStack
from tests.cli.conftest import Bedboard
from tests.support.builders import NOON, home, save


def levels(bedboard: Bedboard, about: str) -> set[str]:
    """How the lines about something are."""
    found = bedboard("doctor", "--json").json
    return {each["level"] for each in found if each["what"].startswith(about)}


def test_a_stack_that_is_well_is_told_so_in_lines(bedboard: Bedboard) -> None:
    bedboard("restore", "settings")  # the emulator's CloudFormation leaves some out
    ran = bedboard("doctor")
    assert ran.status == 0, ran.out
    assert "ok     stack bedboard-local: " in ran.out
    for line in (
        "table: point-in-time recovery is on",
        "table: deletion protection is on",
        "table: stream is on",
        "alerts: the table's stream calls notify",
        "import bucket: private",
        "API: answers",
        "this machine's clock is right",
    ):
        assert f"ok     {line}\n" in ran.out
    assert "broken" not in ran.out


def test_alerts_that_nobody_would_get_are_broken(
    stack: LocalStack, target: Target, bedboard: Bedboard
) -> None:
    lambdas = boto3.client("lambda", **stack.connection)
    mappings: Any = lambdas.list_event_source_mappings(FunctionName=stack.notify_function)
    (uuid,) = [each["UUID"] for each in mappings["EventSourceMappings"]]
    lambdas.update_event_source_mapping(UUID=uuid, Enabled=False)
    try:
        ran = bedboard("doctor")
        assert ran.status == 1
        assert "broken alerts: the way from the table's stream to notify is Disab" in ran.out
        assert "enable it in the Lambda console" in ran.out
    finally:
        lambdas.update_event_source_mapping(UUID=uuid, Enabled=True)
    assert levels(bedboard, "alerts:") == {"ok"}


def test_what_wants_a_look_counts_only_when_strict(
    stack: LocalStack, target: Target, bedboard: Bedboard
) -> None:
    sqs = boto3.client("sqs", **stack.connection)
    sqs.send_message(QueueUrl=stack.dead_letter_queue_url, MessageBody="hello")
    save(target.table, home("1-9700000501"))
    try:
        assert levels(bedboard, "dead letters") == {"look"}
        assert levels(bedboard, "homes:") == {"look"}
        assert bedboard("doctor", "--strict").status == 1
    finally:
        bedboard("alerts", "dead-letters", "drop", "--all", "--yes")
    assert levels(bedboard, "dead letters") == {"ok"}


def test_an_open_bucket_is_broken(stack: LocalStack, target: Target, bedboard: Bedboard) -> None:
    s3 = boto3.client("s3", **stack.connection)
    block = s3.get_public_access_block(Bucket=stack.import_bucket)
    s3.delete_public_access_block(Bucket=stack.import_bucket)
    try:
        (found,) = outcome(stack_checks.import_bucket, target, NOON)
        assert found.level is Level.BROKEN
    finally:
        s3.put_public_access_block(
            Bucket=stack.import_bucket,
            PublicAccessBlockConfiguration=block["PublicAccessBlockConfiguration"],
        )
    (found,) = outcome(stack_checks.import_bucket, target, NOON)
    assert found.level is Level.OK


def test_a_council_without_an_officer_is_told_how_to_add_one(
    target: Target, bedboard: Bedboard
) -> None:
    pool = boto3.client("cognito-idp", **target.connection).create_user_pool(PoolName="empty")
    outputs = {**target.outputs, "UserPoolId": pool["UserPool"]["Id"]}
    fresh = replace(target, outputs=outputs)
    todo = "bedboard people add EMAIL"
    assert [each.todo for each in outcome(service_checks.people, fresh, NOON)] == [
        f"{todo} council",
        f"{todo} home:...",
        f"{todo} team:...",
    ]
    officer = ("people", "add", "officer@example.org", "council", "team:north")
    assert bedboard(*officer, "--no-invitation", on=fresh).status == 0
    assert [each.what for each in outcome(service_checks.people, fresh, NOON)] == [
        "people: 1 in council",
        "people: there is no home yet",
        "people: 1 discharge team with a group",
    ]


@pytest.mark.parametrize("error", [OSError("no way"), KeyError("x")])
def test_a_check_that_cannot_look_does_not_stop_the_others(
    target: Target, error: Exception
) -> None:
    def failing(_: Target, __: datetime) -> Iterator[Finding]:
        yield ok("so far")
        raise error

    if isinstance(error, KeyError):
        with pytest.raises(KeyError):
            outcome(failing, target, NOON)
        return
    assert [each.level for each in outcome(failing, target, NOON)] == [Level.OK, Level.BROKEN]
