"""Every policy of every kind of stack: nothing wider than what is explained, and each as meant."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from infra.checks.wildcard_reasons import WILDCARDS, listed, plain, unexplained, wild
from infra.table import ALERTS, ANSWERS, HOMES, LOG, SNAPSHOTS, TOLD
from tests.infra.written import FUNCTIONS, Resource, Write, Written

RETURN = "http://localhost:8000/"
BOUNDARY = "arn:aws:iam::123456789012:policy/Boundary"
VARIANTS: dict[str, dict[str, Any]] = {
    "as it comes": {},
    "public": {"search_access": "public"},
    "without a site": {"site": False, "callback_urls": [RETURN], "logout_urls": [RETURN]},
    "reminding": {"reminder_times": ["09:30"], "alarm_email": "us@example.org"},
    "with a firewall": {"waf": True},
    "with an issuer of its own": {
        "oidc_issuer": "https://login.example.org/v2.0",
        "oidc_client_id": "bedboard",
        "oidc_groups_claim": "groups",
    },
    "bounded": {"permissions_boundary": BOUNDARY},
}

READ, ASKED, WRITTEN = "dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem"

PARTITIONS: dict[str, dict[str, set[str]]] = {
    "update_vacancy": {READ: {HOMES, ANSWERS}, WRITTEN: {HOMES, LOG, ANSWERS}},
    "search": {ASKED: {HOMES, LOG, SNAPSHOTS}},
    "show_home": {
        READ: {HOMES, ANSWERS},
        ASKED: {ALERTS},
        WRITTEN: {HOMES, LOG, ANSWERS},
    },
    "council_overview": {ASKED: {HOMES, LOG, SNAPSHOTS}},
    "subscribe": {
        READ: {ALERTS, ANSWERS},
        ASKED: {ALERTS},
        WRITTEN: {ALERTS, LOG, ANSWERS},
    },
    "notify": {ASKED: {ALERTS, LOG, TOLD}, WRITTEN: {LOG, TOLD}},
    "snapshot_homes": {ASKED: {HOMES}, WRITTEN: {SNAPSHOTS}},
    "remind_homes": {ASKED: {HOMES, TOLD}, WRITTEN: {TOLD}},
    "import_homes": {READ: {HOMES}, ASKED: {HOMES}, WRITTEN: {HOMES, LOG}},
    "upload_directory": {},
    "manage_people": {READ: {HOMES}},
}
"""Which items of the table each function may do what with."""


@pytest.fixture(params=VARIANTS, scope="module")
def variant(request: pytest.FixtureRequest, write: Write) -> Written:
    """The template of a council of each kind."""
    return write(**VARIANTS[request.param])


def allowed(written: Written) -> Iterator[Resource]:
    """Every statement of every role's policies."""
    for kind in "IAM::Policy", "IAM::ManagedPolicy":
        for policy in written.all(kind).values():
            yield from listed(policy["Properties"]["PolicyDocument"]["Statement"])
    for role in written.all("IAM::Role").values():
        for policy in role["Properties"].get("Policies", []):
            yield from listed(policy["PolicyDocument"]["Statement"])


def test_every_statement_says_what_is_allowed_on_what(variant: Written) -> None:
    statements = list(allowed(variant))
    assert len(statements) > 2 * len(FUNCTIONS)
    for each in statements:
        assert each["Effect"] == "Allow"
        assert set(each) <= {"Effect", "Action", "Resource", "Condition", "Sid"}


def test_no_action_is_a_wildcard(variant: Written) -> None:
    actions = {action for each in allowed(variant) for action in listed(each["Action"])}
    spelt_out = re.compile(r"[a-z0-9-]+:[A-Za-z0-9]+")
    assert {action for action in actions if not spelt_out.fullmatch(action)} == set()


def test_every_wildcard_in_a_resource_is_explained(variant: Written) -> None:
    assert [found for each in allowed(variant) for found in unexplained(each, "ours")] == []


def test_no_explanation_outlives_its_wildcard(written: Written) -> None:
    used = {
        (action, entry)
        for statement in allowed(written)
        for resource in wild(statement)
        for action in listed(statement["Action"])
        for entry in WILDCARDS
        if entry.covers(action, resource, "ours")
    }
    explained = {(action, entry) for entry in WILDCARDS for action in entry.actions}
    assert {action for action, _ in explained - used} == set()


def test_another_councils_topics_are_not_explained() -> None:
    theirs = {
        "Action": "sns:Publish",
        "Resource": "arn:<AWS::Partition>:sns:eu-west-2:<AWS::AccountId>:bedboard-theirs_team_*",
    }
    assert unexplained(theirs, "theirs") == []
    assert unexplained(theirs, "ours") == [("sns:Publish", theirs["Resource"])]


def test_a_role_is_a_services_and_has_only_policies_that_are_written_here(
    variant: Written,
) -> None:
    for role in variant.all("IAM::Role").values():
        assert "ManagedPolicyArns" not in role["Properties"]
        for trusted in role["Properties"]["AssumeRolePolicyDocument"]["Statement"]:
            assert set(trusted["Principal"]) == {"Service"}
            assert re.fullmatch(r"[a-z-]+\.amazonaws\.com", trusted["Principal"]["Service"])


def test_no_role_exceeds_the_boundary_that_the_account_demands(write: Write) -> None:
    for settings, boundary in ({}, None), ({"permissions_boundary": BOUNDARY}, BOUNDARY):
        roles = write(**settings).all("IAM::Role").values()
        assert {each["Properties"].get("PermissionsBoundary") for each in roles} == {boundary}


def test_nothing_is_open_to_everybody(variant: Written) -> None:
    for kind in "S3::BucketPolicy", "SQS::QueuePolicy", "SNS::TopicPolicy":
        for policy in variant.all(kind).values():
            for each in listed(policy["Properties"]["PolicyDocument"]["Statement"]):
                if each["Effect"] == "Allow":
                    assert each["Principal"] not in ("*", {"AWS": "*"})
    for permission in variant.all("Lambda::Permission").values():
        assert permission["Properties"]["SourceArn"]


def test_every_request_for_items_is_held_to_partitions(variant: Written) -> None:
    table = f"<{variant.id_of('DynamoDB::Table')}.Arn>"
    for each in allowed(variant):
        if any(plain(resource) == table for resource in listed(each["Resource"])):
            assert each["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"]


@pytest.mark.parametrize("function", sorted(FUNCTIONS))
def test_each_function_sees_and_writes_its_own_kinds_of_items(
    written: Written, function: str
) -> None:
    table = f"<{written.id_of('DynamoDB::Table')}.Arn>"
    may: dict[str, set[str]] = {}
    for each in written.statements(function):
        if table in map(plain, listed(each["Resource"])):
            for action in listed(each["Action"]):
                keys = each["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"]
                may.setdefault(action, set()).update(listed(keys))
    assert may == PARTITIONS[function]
