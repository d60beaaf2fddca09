"""The bootstrap policy covers every resource type of every council, and little else."""

import json
from fnmatch import fnmatchcase
from typing import Any

import pytest

from infra import bootstrap_policy
from infra.bootstrap_policy import UnknownTypeError, permissions, policies
from tests.infra.stack_template import Resource, SynthStacks
from tests.infra.test_app import COUNCILS

BOUNDARY = "arn:aws:iam::123456789012:policy/boundary"
ACCOUNT = "eu-west-2:123456789012"


@pytest.fixture(scope="module", params=COUNCILS)
def templates(request: pytest.FixtureRequest, synth_stacks: SynthStacks) -> list[dict[str, Any]]:
    """Return the templates of each kind of council."""
    return [each.document for each in synth_stacks(**COUNCILS[request.param]).values()]


@pytest.fixture(scope="module")
def everything(synth_stacks: SynthStacks) -> list[Resource]:
    """Return the policies of a council that has everything."""
    return policies([each.document for each in synth_stacks(**COUNCILS["everything"]).values()])


def statements(documents: list[Resource]) -> list[Resource]:
    return [statement for each in documents for statement in each["Statement"]]


def allows(documents: list[Resource], action: str, arn: str) -> bool:
    """Return whether a statement allows the action on the resource, whatever its condition."""
    return any(
        action in each["Action"] and any(fnmatchcase(arn, pattern) for pattern in each["Resource"])
        for each in statements(documents)
    )


def test_the_policies_fit_iams_limits(templates: list[dict[str, Any]]) -> None:
    documents = policies(templates)
    lengths = [len(json.dumps(each, separators=(",", ":"))) for each in documents]
    assert max(lengths) <= bootstrap_policy.LONGEST
    assert len(documents) <= bootstrap_policy.MOST


def test_every_resource_type_can_be_created_and_deleted(templates: list[dict[str, Any]]) -> None:
    """A type is managed by actions of its own service: one of each kind must be among them."""
    actions = {action for each in statements(policies(templates)) for action in each["Action"]}
    types = {each["Type"] for one in templates for each in one["Resources"].values()}
    for each in types - {"Custom::PublishedSite"}:
        own = {action for action in permissions(each) if action in actions}
        assert own, f"nothing is allowed for {each}"


@pytest.mark.parametrize(
    ("action", "arn"),
    [
        ("dynamodb:CreateTable", f"arn:aws:dynamodb:{ACCOUNT}:table/bedboard-ours-data-Table-1A"),
        ("dynamodb:UpdateTimeToLive", f"arn:aws:dynamodb:{ACCOUNT}:table/bedboard-ours-data-T-1"),
        ("s3:CreateBucket", "arn:aws:s3:::bedboard-ours-data-importsbucket-1a"),
        ("s3:PutBucketPolicy", "arn:aws:s3:::bedboard-ours-sitebucket-1a"),
        ("s3:GetObject", "arn:aws:s3:::cdk-hnb659fds-assets-123456789012-eu-west-2/layer.zip"),
        ("lambda:CreateFunction", f"arn:aws:lambda:{ACCOUNT}:function:bedboard-ours-Search-1A"),
        ("lambda:InvokeFunction", f"arn:aws:lambda:{ACCOUNT}:function:bedboard-ours-Site-1A"),
        ("lambda:PublishLayerVersion", f"arn:aws:lambda:{ACCOUNT}:layer:LayerAB12"),
        ("lambda:GetLayerVersion", f"arn:aws:lambda:{ACCOUNT}:layer:LayerAB12:7"),
        ("lambda:UpdateEventSourceMapping", f"arn:aws:lambda:{ACCOUNT}:event-source-mapping:1a"),
        ("sns:Subscribe", f"arn:aws:sns:{ACCOUNT}:bedboard-ours-WatchOperatorsTopic-1A"),
        ("events:PutTargets", f"arn:aws:events:{ACCOUNT}:rule/bedboard-ours-Uploads-1A"),
        ("scheduler:CreateSchedule", f"arn:aws:scheduler:{ACCOUNT}:schedule/default/bedboard-o-1"),
        ("lambda:CreateEventSourceMapping", f"arn:aws:lambda:{ACCOUNT}:function:bedboard-ours-N"),
        ("lambda:TagResource", f"arn:aws:lambda:{ACCOUNT}:event-source-mapping:1a"),
        ("logs:CreateLogGroup", f"arn:aws:logs:{ACCOUNT}:log-group:bedboard-ours-SearchLogs-1A"),
        ("logs:CreateLogDelivery", "*"),
        ("cloudfront:TagResource", "arn:aws:cloudfront::123456789012:distribution/E1"),
        ("cloudfront:UpdateDistribution", "arn:aws:cloudfront::123456789012:distribution/E1"),
        ("cognito-idp:CreateUserPool", "*"),
        ("iam:CreateRole", "arn:aws:iam::123456789012:role/bedboard-ours-SearchRole-1A"),
        ("iam:PassRole", "arn:aws:iam::123456789012:role/bedboard-ours-SearchRole-1A"),
        ("cloudformation:DescribeStacks", f"arn:aws:cloudformation:{ACCOUNT}:stack/bedboard-o/1"),
        ("ssm:GetParameters", f"arn:aws:ssm:{ACCOUNT}:parameter/cdk-bootstrap/hnb659fds/version"),
        ("wafv2:CreateWebACL", "*"),
        ("budgets:ModifyBudget", "arn:aws:budgets::123456789012:budget/bedboard-ours"),
    ],
)
def test_what_a_deployment_does_is_allowed(
    everything: list[Resource], action: str, arn: str
) -> None:
    assert allows(everything, action, arn)


@pytest.mark.parametrize(
    ("action", "arn"),
    [
        ("dynamodb:Scan", f"arn:aws:dynamodb:{ACCOUNT}:table/bedboard-ours-data-Table-1A"),
        ("dynamodb:DeleteTable", f"arn:aws:dynamodb:{ACCOUNT}:table/payroll"),
        ("s3:GetObject", "arn:aws:s3:::bedboard-ours-data-importsbucket-1a/directory/one.csv"),
        ("s3:PutBucketPolicy", "arn:aws:s3:::payroll"),
        ("iam:CreateRole", "arn:aws:iam::123456789012:role/Administrator"),
        ("iam:PutUserPolicy", "arn:aws:iam::123456789012:user/someone"),
        ("iam:PassRole", "arn:aws:iam::123456789012:role/Administrator"),
        ("kms:Decrypt", f"arn:aws:kms:{ACCOUNT}:key/1"),
        ("lambda:UpdateFunctionCode", f"arn:aws:lambda:{ACCOUNT}:function:payroll"),
        ("ec2:DescribeVpcs", "*"),
    ],
)
def test_what_no_deployment_does_is_not_allowed(
    everything: list[Resource], action: str, arn: str
) -> None:
    assert not allows(everything, action, arn)


def test_no_action_is_a_wildcard(everything: list[Resource]) -> None:
    assert not any("*" in action for each in statements(everything) for action in each["Action"])


def test_roles_are_passed_only_to_services_that_the_stacks_use(everything: list[Resource]) -> None:
    (passing,) = (each for each in statements(everything) if each["Action"] == ["iam:PassRole"])
    assert passing["Condition"] == {
        "StringEquals": {"iam:PassedToService": ["lambda.amazonaws.com", "scheduler.amazonaws.com"]}
    }


def test_with_a_boundary_no_role_is_made_without_it(synth_stacks: SynthStacks) -> None:
    documents = policies([each.document for each in synth_stacks().values()], BOUNDARY)
    for each in statements(documents):
        if {"iam:CreateRole", "iam:PutRolePolicy"} & set(each["Action"]):
            assert each["Condition"] == {"StringEquals": {"iam:PermissionsBoundary": BOUNDARY}}


def test_a_type_without_a_schema_is_an_error() -> None:
    for name in "AWS::Nowhere::Thing", "AWS::StepFunctions::StateMachine":
        with pytest.raises(UnknownTypeError, match=name):
            policies([{"Resources": {"Thing": {"Type": name}}}])


def test_a_new_type_extends_the_policies() -> None:
    queue = {"Resources": {"Queue": {"Type": "AWS::SQS::Queue"}}}
    secret = {"Resources": {"Secret": {"Type": "AWS::SecretsManager::Secret"}}}
    arn = f"arn:aws:secretsmanager:{ACCOUNT}:secret:bedboard"
    assert not allows(policies([queue]), "secretsmanager:CreateSecret", arn)
    assert allows(policies([queue, secret]), "secretsmanager:CreateSecret", arn)
