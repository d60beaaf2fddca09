"""The doctor reports the level of each check, and what to do where something is wrong."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import boto3
import pytest

from cli.doctor import service_checks, stack_checks
from cli.doctor.command import run_check
from cli.doctor.finding import Finding, Level, ok
from cli.target import Target
from infra.council.model import Council
from local.emulator.stack import LocalStack
from tests.cli.conftest import Bedboard
from tests.support.builders import NOON, home, save
from tests.support.second_step import PASSWORD


def levels(bedboard: Bedboard, subject: str) -> set[str]:
    """Return the levels of the lines about a subject."""
    findings = bedboard("doctor", "--json").json
    return {each["level"] for each in findings if each["state"].startswith(subject)}


def test_a_healthy_stack_has_a_line_for_each_check(bedboard: Bedboard) -> None:
    bedboard("restore", "settings")  # the emulator's CloudFormation leaves some settings out
    result = bedboard("doctor")
    assert result.status == 0, result.out
    assert "ok       stack bedboard-local: " in result.out
    for line in (
        "table: point-in-time recovery is on",
        "table: deletion protection is on",
        "table: stream is on",
        "alerts: the table's stream invokes notify",
        "messages: the delivery queue invokes deliver",
        "messages: every team's topic leads to the delivery queue",
        "import bucket: private",
        "API: answers",
        "clock: this machine's clock is right",
    ):
        assert f"ok       {line}\n" in result.out
    assert "broken" not in result.out


def test_a_team_whose_people_cannot_be_told_is_named(stack: LocalStack, bedboard: Bedboard) -> None:
    sns = boto3.client("sns", **stack.connection)
    name = f"{stack.team_topic_prefix.rpartition(':')[2]}deaf-team"
    arn = sns.create_topic(Name=name)["TopicArn"]
    try:
        result = bedboard("doctor")
        assert result.status == 1
        assert "broken   messages: the people of deaf-team are not told" in result.out
    finally:
        sns.delete_topic(TopicArn=arn)


def test_a_disabled_stream_mapping_is_broken(
    stack: LocalStack, target: Target, bedboard: Bedboard
) -> None:
    lambdas = boto3.client("lambda", **stack.connection)
    mappings: Any = lambdas.list_event_source_mappings(FunctionName=stack.notify_function)
    (uuid,) = [each["UUID"] for each in mappings["EventSourceMappings"]]
    lambdas.update_event_source_mapping(UUID=uuid, Enabled=False)
    try:
        result = bedboard("doctor")
        assert result.status == 1
        assert "broken   alerts: no alert is sent" in result.out
        assert "enable it in the Lambda console" in result.out
    finally:
        lambdas.update_event_source_mapping(UUID=uuid, Enabled=True)
    assert levels(bedboard, "alerts:") == {"ok"}


def test_warnings_fail_the_command_only_when_strict(
    stack: LocalStack, target: Target, bedboard: Bedboard
) -> None:
    sqs = boto3.client("sqs", **stack.connection)
    sqs.send_message(QueueUrl=stack.dead_letter_queue_url, MessageBody="hello")
    save(target.table, home("1-9700000501"))
    try:
        assert levels(bedboard, "dead letters") == {"warning"}
        assert levels(bedboard, "homes:") == {"warning"}
        assert bedboard("doctor", "--strict").status == 1
    finally:
        bedboard("dead-letters", "delete", "--all", "--yes")
    assert levels(bedboard, "dead letters") == {"ok"}


def test_a_public_import_bucket_is_broken(stack: LocalStack, target: Target) -> None:
    s3 = boto3.client("s3", **stack.connection)
    block = s3.get_public_access_block(Bucket=stack.import_bucket)
    s3.delete_public_access_block(Bucket=stack.import_bucket)
    try:
        (finding,) = run_check(stack_checks.import_bucket, target, NOON)
        assert finding.level is Level.BROKEN
    finally:
        s3.put_public_access_block(
            Bucket=stack.import_bucket,
            PublicAccessBlockConfiguration=block["PublicAccessBlockConfiguration"],
        )
    (finding,) = run_check(stack_checks.import_bucket, target, NOON)
    assert finding.level is Level.OK


def test_a_stack_without_people_says_how_to_add_them(target: Target, bedboard: Bedboard) -> None:
    pool = boto3.client("cognito-idp", **target.connection).create_user_pool(PoolName="empty")
    outputs = {**target.outputs, "UserPoolId": pool["UserPool"]["Id"]}
    empty = replace(target, outputs=outputs)
    assert [each.action for each in run_check(service_checks.people, empty, NOON)] == [
        "bedboard people add EMAIL council",
        "bedboard people add EMAIL home:...",
        "bedboard people add EMAIL team:...",
    ]
    officer = ("people", "add", "officer@example.org", "council", "team:north")
    assert bedboard(*officer, "--no-invitation", on=empty).status == 0
    assert [each.state for each in run_check(service_checks.people, empty, NOON)] == [
        "people: 1 in council",
        "people: no home has a group",
        "people: 1 discharge team with a group",
    ]


def officer(bedboard: Bedboard, of: Target, address: str, *, has_signed_in: bool = True) -> str:
    """Add a council officer, and return their id."""
    added = bedboard("people", "add", address, "council", "--no-invitation", on=of)
    assert added.status == 0, added.err
    pool = of.user_pool
    assert pool is not None
    person = pool.find(address)
    assert person is not None
    if has_signed_in:
        pool.client.admin_set_user_password(
            UserPoolId=pool.pool_id,
            Username=person.person_id,
            Password=PASSWORD,
            Permanent=True,
        )
    return person.person_id


@pytest.fixture
def council_alone(target: Target, bedboard: Bedboard) -> Target:
    """Return a stack with a pool of its own, whose only officer was invited and is not in yet."""
    cognito = boto3.client("cognito-idp", **target.connection)
    pool = cognito.create_user_pool(PoolName="officers", UsernameAttributes=["email"])
    alone = replace(target, outputs={**target.outputs, "UserPoolId": pool["UserPool"]["Id"]})
    officer(bedboard, alone, "invited@example.org", has_signed_in=False)
    return alone


def test_officers_without_a_second_step_are_named_by_id(
    council_alone: Target, bedboard: Bedboard
) -> None:
    assert run_check(service_checks.second_steps, council_alone, NOON) == []
    first = officer(bedboard, council_alone, "first@example.org")
    second = officer(bedboard, council_alone, "second@example.org")
    away = officer(bedboard, council_alone, "away@example.org")
    bedboard("people", "disable", "away@example.org", "--yes", on=council_alone)
    (finding,) = run_check(service_checks.second_steps, council_alone, NOON)
    assert finding.level is Level.WARNING
    assert finding.state.startswith("second step: 2 council officers without one")
    assert first in finding.state
    assert second in finding.state
    assert away not in finding.state
    assert "example.org" not in str(finding)
    assert "follow the page Second step" in finding.action
    council_alone.client("cognito-idp").admin_set_user_mfa_preference(
        UserPoolId=council_alone.outputs["UserPoolId"],
        Username=first,
        SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True},
    )
    (finding,) = run_check(service_checks.second_steps, council_alone, NOON)
    assert finding.state.startswith("second step: 1 council officer without one")
    assert first not in finding.state
    bedboard("people", "remove", "second@example.org", "council", on=council_alone)
    assert run_check(service_checks.second_steps, council_alone, NOON) == [
        ok("second step: every council officer has one (1)")
    ]


def test_a_council_that_requires_no_second_step_is_told_what_that_means(
    council_alone: Target, bedboard: Bedboard
) -> None:
    officer(bedboard, council_alone, "first@example.org")
    council = Council.model_validate(
        {"slug": "nowhere", "name": "Nowhere Council", "second_step_for": "nobody"}
    )
    relaxed = replace(council_alone, council=council)
    (finding,) = run_check(service_checks.second_steps, relaxed, NOON)
    assert finding.level is Level.WARNING
    assert "a password alone lets someone in" in finding.state
    assert 'second_step_for = "council"' in finding.action


def test_who_an_id_belongs_to_can_be_looked_up(council_alone: Target, bedboard: Bedboard) -> None:
    first = officer(bedboard, council_alone, "first@example.org")
    listing = ("people", "list", "--group", "council")
    assert first not in bedboard(*listing, on=council_alone).out
    whole = bedboard(*listing, "--addresses", on=council_alone).out
    assert f"first@example.org\tactive\tcouncil\t{first}\n" in whole


def failing_check(error: Exception) -> Any:
    """Return a check that fails after its first finding."""

    def check(_: Target, __: datetime) -> Iterator[Finding]:
        yield ok("the first thing is well")
        raise error

    return check


def test_a_check_that_cannot_run_is_a_finding_and_the_others_still_run(target: Target) -> None:
    findings = run_check(failing_check(OSError("no way")), target, NOON)
    assert [each.level for each in findings] == [Level.OK, Level.BROKEN]
    assert findings[1].state == "check: the check could not run"


def test_a_bug_in_a_check_is_not_hidden(target: Target) -> None:
    with pytest.raises(KeyError):
        run_check(failing_check(KeyError("x")), target, NOON)


def test_what_was_changed_by_hand_is_named_when_asked_for(
    stack: LocalStack, bedboard: Bedboard
) -> None:
    sqs: Any = boto3.client("sqs", **stack.connection)
    queue, retention = stack.dead_letter_queue_url, "MessageRetentionPeriod"
    before = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=[retention])["Attributes"]
    assert "drift" not in bedboard("doctor").out
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={retention: "60"})
    try:
        changed = bedboard("doctor", "--drift").out
        assert f"warning  drift: DeadLettersQueue631681B1 (/{retention})" in changed
        assert "of bedboard-local-data was changed by hand" in changed
    finally:
        sqs.set_queue_attributes(QueueUrl=queue, Attributes=before)
    assert f"(/{retention})" not in bedboard("doctor", "--drift").out


def test_data_that_nothing_protects_are_a_warning(
    stack: LocalStack, target: Target, bedboard: Bedboard
) -> None:
    cloudformation = boto3.client("cloudformation", **stack.connection)

    def protect(*, on: bool) -> None:
        cloudformation.update_termination_protection(
            StackName=target.data_stack_name, EnableTerminationProtection=on
        )

    protect(on=False)
    try:
        assert "warning" in levels(bedboard, "stack bedboard-local-data: nothing protects")
    finally:
        protect(on=True)
    assert levels(bedboard, "stack ") == {"ok"}


def test_a_council_without_anything_but_its_data_is_told_to_deploy(target: Target) -> None:
    alone = replace(target, stack_name="bedboard-nowhere")
    data, app = run_check(stack_checks.stack_status, alone, NOON)
    assert data.level is Level.OK
    assert app == Finding(
        Level.BROKEN, "stack bedboard-nowhere: does not exist", "make deploy COUNCIL=..."
    )
