"""The policies of every kind of stack allow no more than is explained."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from infra.checks.wildcard_reasons import (
    WILDCARDS,
    as_list,
    resource_text,
    unexplained,
    wildcard_resources,
)
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
)
from tests.infra.stack_template import FUNCTIONS, Resource, StackTemplate, Synth

RETURN = "http://localhost:8000/"
BOUNDARY = "arn:aws:iam::123456789012:policy/Boundary"
VARIANTS: dict[str, dict[str, Any]] = {
    "defaults": {},
    "public": {"search_access": "public"},
    "without a site": {"site": False, "callback_urls": [RETURN], "logout_urls": [RETURN]},
    "reminding": {"reminder_times": ["09:30"], "alarm_email": "us@example.org"},
    "with a firewall": {"waf": True},
    "with its own issuer": {
        "oidc_issuer": "https://login.example.org/v2.0",
        "oidc_client_id": "bedboard",
        "oidc_groups_claim": "groups",
    },
    "telling people": {"email_from": "beds@beds.example.org", "sms_sender_id": "Bedboard"},
    "with a boundary": {"permissions_boundary": BOUNDARY},
}

GET, QUERY, PUT = "dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem"
DELETE, CHECK = "dynamodb:DeleteItem", "dynamodb:ConditionCheckItem"

PARTITIONS: dict[str, dict[str, set[str]]] = {
    "update_vacancy": {GET: {HOMES, IDEMPOTENCY}, PUT: {HOMES, LOG, IDEMPOTENCY}},
    "record_outcome": {
        GET: {
            *(HOMES, OUTCOMES, DISPUTES, REQUEST_RECORDS, IDEMPOTENCY),
            *(AUDIT_DRAWS, WRONG_POSTS),
        },
        QUERY: {OUTCOMES, DISPUTES, REQUEST_RECORDS, AUDIT_DRAWS},
        PUT: {OUTCOMES, DISPUTES, REQUEST_RECORDS, LOG, IDEMPOTENCY},
    },
    "search": {
        QUERY: {HOMES, LOG, SNAPSHOTS, DISPUTES, REQUEST_RECORDS, WRONG_POSTS},
        PUT: {DEMAND_COUNTS},
    },
    "show_home": {
        GET: {HOMES, PLACING_STOPS, IDEMPOTENCY, DISPUTES, WRONG_POSTS},
        QUERY: {ALERTS, DEMAND, PLACING_STOPS, PUBLIC_TRUTH},
        PUT: {HOMES, PLACING_STOPS, LOG, IDEMPOTENCY},
        CHECK: {HOMES, PLACING_STOPS, LOG, IDEMPOTENCY},
    },
    "council_overview": {QUERY: {HOMES, LOG, SNAPSHOTS, DEMAND, REMINDED, WRONG_POSTS}},
    "subscribe": {
        GET: {HOMES, ALERTS, IDEMPOTENCY, ADDRESSES, LINKS, INVITATIONS, STACK_SECRET},
        QUERY: {ALERTS, ADDRESSES, REMINDED},
        PUT: {ALERTS, LOG, IDEMPOTENCY, ADDRESSES, LINKS, INVITATIONS, STACK_SECRET, REMINDED},
        DELETE: {ADDRESSES, LINKS, INVITATIONS_TO, NEWEST_LINKS},
    },
    "deliver": {
        GET: {ADDRESSES, DELIVERIES, LINK_STOPS, STACK_SECRET},
        QUERY: {ADDRESSES},
        PUT: {ADDRESSES, LINKS, INVITATIONS_TO, DELIVERIES, POSTING_LINKS, NEWEST_LINKS},
    },
    "post_by_link": {
        GET: {HOMES, IDEMPOTENCY, POSTING_LINKS, NEWEST_LINKS, LINK_STOPS, STACK_SECRET},
        QUERY: {CODE_TRIES},
        PUT: {HOMES, LOG, IDEMPOTENCY, LINK_STOPS, CODE_TRIES},
    },
    "notify": {
        QUERY: {ALERTS, LOG, DELIVERIES, WRONG_POSTS},
        GET: {PLACING_STOPS},
        PUT: {LOG, DELIVERIES},
    },
    "snapshot_homes": {
        QUERY: {
            *(HOMES, PLACING_STOPS, DEMAND, DEMAND_COUNTS),
            *(OUTCOMES, AUDIT_DRAWS, PUBLIC_TRUTH),
        },
        GET: {HOMES, PLACING_STOPS, AUDIT_DRAWS, WRONG_POSTS},
        PUT: {
            *(HOMES, PLACING_STOPS, LOG, SNAPSHOTS, DEMAND),
            *(AUDIT_DRAWS, PUBLIC_TRUTH, WRONG_POSTS),
        },
        CHECK: {HOMES, PLACING_STOPS, LOG},
    },
    "remind_homes": {
        QUERY: {HOMES, ALERTS, DEMAND, REMINDED},
        GET: {WRONG_POSTS},
        PUT: {REMINDED},
    },
    "import_homes": {GET: {HOMES}, QUERY: {HOMES}, PUT: {HOMES, LOG}},
    "upload_directory": {GET: {HOMES}, PUT: {HOMES, LOG}},
    "manage_people": {GET: {HOMES}},
    "withhold_roles": {},
}
"""The partitions of the table that each function may take each action on."""


@pytest.fixture(params=VARIANTS, scope="module")
def variant(request: pytest.FixtureRequest, synth: Synth) -> StackTemplate:
    """Return the template of each kind of council."""
    return synth(**VARIANTS[request.param])


def policy_statements(template: StackTemplate) -> Iterator[Resource]:
    """Yield every statement of every policy."""
    for kind in "IAM::Policy", "IAM::ManagedPolicy":
        for policy in template.resources(kind).values():
            yield from as_list(policy["Properties"]["PolicyDocument"]["Statement"])
    for role in template.resources("IAM::Role").values():
        for policy in role["Properties"].get("Policies", []):
            yield from as_list(policy["PolicyDocument"]["Statement"])


def test_every_policy_statement_allows_actions_on_resources(variant: StackTemplate) -> None:
    statements = list(policy_statements(variant))
    assert len(statements) > 2 * len(FUNCTIONS)
    for each in statements:
        assert each["Effect"] == "Allow"
        assert set(each) <= {"Effect", "Action", "Resource", "NotResource", "Condition", "Sid"}


def test_no_action_is_a_wildcard(variant: StackTemplate) -> None:
    actions = {action for each in policy_statements(variant) for action in as_list(each["Action"])}
    spelt_out = re.compile(r"[a-z0-9-]+:[A-Za-z0-9]+")
    assert {action for action in actions if not spelt_out.fullmatch(action)} == set()


def test_every_wildcard_in_a_resource_is_explained(variant: StackTemplate) -> None:
    assert [
        wildcard for each in policy_statements(variant) for wildcard in unexplained(each, "ours")
    ] == []


def test_every_wildcard_reason_is_still_needed(synth: Synth) -> None:
    used = {
        (action, entry)
        for statement in policy_statements(synth(**VARIANTS["telling people"]))
        for resource in wildcard_resources(statement)
        for action in as_list(statement["Action"])
        for entry in WILDCARDS
        if entry.covers(action, resource, "ours")
    }
    explained = {(action, entry) for entry in WILDCARDS for action in entry.actions}
    assert {action for action, _ in explained - used} == set()


def test_another_councils_topics_need_an_explanation() -> None:
    theirs = {
        "Action": "sns:Publish",
        "Resource": "arn:<AWS::Partition>:sns:eu-west-2:<AWS::AccountId>:bedboard-theirs_team_*",
    }
    assert unexplained(theirs, "theirs") == []
    assert unexplained(theirs, "ours") == [("sns:Publish", theirs["Resource"])]


def test_roles_belong_to_services_and_use_no_managed_policies(
    variant: StackTemplate,
) -> None:
    for role in variant.resources("IAM::Role").values():
        assert "ManagedPolicyArns" not in role["Properties"]
        for trusted in role["Properties"]["AssumeRolePolicyDocument"]["Statement"]:
            assert set(trusted["Principal"]) == {"Service"}
            assert re.fullmatch(r"[a-z-]+\.amazonaws\.com", trusted["Principal"]["Service"])


def test_every_role_has_the_permissions_boundary(synth: Synth) -> None:
    for settings, boundary in ({}, None), ({"permissions_boundary": BOUNDARY}, BOUNDARY):
        roles = synth(**settings).resources("IAM::Role").values()
        assert {each["Properties"].get("PermissionsBoundary") for each in roles} == {boundary}


def test_nothing_is_open_to_everyone(variant: StackTemplate) -> None:
    for kind in "S3::BucketPolicy", "SQS::QueuePolicy", "SNS::TopicPolicy":
        for policy in variant.resources(kind).values():
            for each in as_list(policy["Properties"]["PolicyDocument"]["Statement"]):
                if each["Effect"] == "Allow":
                    assert each["Principal"] not in ("*", {"AWS": "*"})
    for permission in variant.resources("Lambda::Permission").values():
        assert permission["Properties"]["SourceArn"]


def test_the_account_itself_may_administer_every_key(variant: StackTemplate) -> None:
    account = "arn:<AWS::Partition>:iam::<AWS::AccountId>:root"
    for key in variant.resources("KMS::Key").values():
        everyone_of_the_account = key["Properties"]["KeyPolicy"]["Statement"][0]
        assert everyone_of_the_account["Action"] == "kms:*"
        assert resource_text(everyone_of_the_account["Principal"]["AWS"]) == account


def test_every_grant_on_items_is_limited_to_partitions(variant: StackTemplate) -> None:
    table = f"<{variant.logical_id('DynamoDB::Table')}.Arn>"
    for each in policy_statements(variant):
        if any(resource_text(resource) == table for resource in as_list(each.get("Resource", []))):
            assert each["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"]


def test_a_search_that_is_public_cannot_read_what_teams_were_told(synth: Synth) -> None:
    public = synth(**VARIANTS["public"])
    for told in (DISPUTES, REQUEST_RECORDS):
        assert told not in str(public.statements("search"))
        assert told in str(synth().statements("search"))
    assert DISPUTES not in str(public.statements("show_home"))


@pytest.mark.parametrize("function", sorted(FUNCTIONS))
def test_each_function_reaches_only_its_own_partitions(
    template: StackTemplate, function: str
) -> None:
    table = f"<{template.logical_id('DynamoDB::Table')}.Arn>"
    partitions: dict[str, set[str]] = {}
    for each in template.statements(function):
        if table in map(resource_text, as_list(each.get("Resource", []))):
            for action in as_list(each["Action"]):
                keys = each["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"]
                partitions.setdefault(action, set()).update(as_list(keys))
    assert partitions == PARTITIONS[function]
