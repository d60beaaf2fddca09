"""Every permission of every function matters: without it a call is refused."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.permissions import policies as module
from tests.support.permissions.account import TABLE
from tests.support.permissions.aws_calls import Question, table_arn
from tests.support.permissions.policies import Permission, Policy, policies
from tests.support.permissions.template_policies import policies_of
from tests.support.permissions.unexercised import REASONS, unexercised


def question_for(permission: Permission) -> Question:
    """Return a question that this permission answers with yes."""
    resource = "*" if permission.is_exception else permission.resource.replace("*", "x")
    question = Question(permission.action, resource)
    match permission.condition:
        case None:
            return question
        case (_, "dynamodb:LeadingKeys", pattern):
            return replace(question, leading_keys=(pattern.replace("*", "x"),))
        case (_, "s3:prefix", pattern):
            return replace(question, prefix=pattern.replace("*", "x"))
        case (_, "kms:EncryptionContext:owner", owner):
            return replace(question, sealed_for=owner)
        case condition:
            raise NotImplementedError(condition)


def all_permissions() -> Iterator[tuple[str, Policy, Permission]]:
    for function, policy in policies().items():
        for permission in policy.permissions:
            yield function, policy, permission


def test_every_function_has_a_policy() -> None:
    handlers = (module.ROOT / "functions").glob("*/handler.py")
    assert policies().keys() == {"publisher", *(each.parent.name for each in handlers)}


def test_no_permission_is_given_twice() -> None:
    for function, policy, permission in all_permissions():
        assert list(policy.needed_for(question_for(permission))) == [permission], function


def test_a_transaction_needs_a_permission_for_each_of_its_partitions() -> None:
    question = Question("dynamodb:PutItem", table_arn(TABLE), ("HOME", "CHANGE#2026-11-27"))
    needed = policies()["update_vacancy"].needed_for(question)
    partitions = [str(each).rpartition(" ")[2] for each in needed]
    assert partitions == ["HOME", "CHANGE#*"]


def test_without_any_one_permission_its_calls_are_refused() -> None:
    for function, policy, permission in all_permissions():
        question = question_for(permission)
        assert policy.allows(question), function
        rest = Policy([each.to_statement() for each in policy.permissions - {permission}])
        assert not rest.allows(question), function


@pytest.mark.parametrize(
    ("function", "question"),
    [
        ("search", Question("dynamodb:PutItem", "{table}", ("HOME",))),
        ("search", Question("dynamodb:Query", "{table}", ("ALERT",))),
        ("search", Question("dynamodb:Query", "{table}/index/changes_of_home", ("HOME",))),
        ("search", Question("dynamodb:Query", "{table}-of-another-stack", ("HOME",))),
        ("update_vacancy", Question("dynamodb:PutItem", "{table}", ("HOME", "ALERT"))),
        ("update_vacancy", Question("dynamodb:DeleteItem", "{table}", ("HOME",))),
        ("notify", Question("sns:Publish", "{sns}:bedboard-test_home_1-9000000001")),
        ("notify", Question("sns:Publish", "{sns}:bedboard-other_team_exeter")),
        ("notify", Question("sns:Publish", "*")),
        ("subscribe", Question("sns:Publish", "{sns}:bedboard-test_team_exeter")),
        ("deliver", Question("sns:Publish", "{sns}:bedboard-other_team_exeter")),
        ("deliver", Question("dynamodb:PutItem", "{table}", ("HOME",))),
        ("show_home", Question("dynamodb:Query", "{table}", ("ADDRESS#team#exeter",))),
        ("update_vacancy", Question("dynamodb:DeleteItem", "{table}", ("ADDRESS#team#exeter",))),
        ("import_homes", Question("s3:GetObject", "arn:aws:s3:::bedboard-imports/reports/a.json")),
        (
            "upload_directory",
            Question("s3:ListBucket", "arn:aws:s3:::bedboard-imports", prefix="directory/"),
        ),
        ("upload_directory", Question("s3:ListBucket", "arn:aws:s3:::bedboard-imports")),
    ],
)
def test_a_function_is_refused_what_is_not_its_own(function: str, question: Question) -> None:
    table = "arn:aws:dynamodb:eu-west-2:123456789012:table/bedboard-test"
    resource = question.resource.format(table=table, sns="arn:aws:sns:eu-west-2:123456789012")
    assert not policies()[function].allows(replace(question, resource=resource))


def test_a_denial_outweighs_a_permission() -> None:
    allow = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
    deny = {"Effect": "Deny", "NotAction": "s3:GetObject", "Resource": "*"}
    policy = Policy([allow, deny])
    assert policy.allows(Question("s3:GetObject", "arn:aws:s3:::b/k"))
    assert not policy.allows(Question("s3:PutObject", "arn:aws:s3:::b/k"))


def test_a_reference_to_another_stack_is_followed() -> None:
    data = {
        "Resources": {"Table": {"Type": "AWS::DynamoDB::Table"}},
        "Outputs": {"TableArn": {"Value": {"Fn::GetAtt": ["Table", "Arn"]}}},
    }
    statement = {
        "Effect": "Allow",
        "Action": "dynamodb:GetItem",
        "Resource": {"Fn::GetStackOutput": {"StackName": "data", "OutputName": "TableArn"}},
    }
    app = {
        "Resources": {
            "Policy": {
                "Type": "AWS::IAM::Policy",
                "Properties": {
                    "Roles": [{"Ref": "Role"}],
                    "PolicyDocument": {"Statement": [statement]},
                },
            },
            "Function": {
                "Type": "AWS::Lambda::Function",
                "Properties": {
                    "Handler": "search.handler.handler",
                    "Role": {"Fn::GetAtt": ["Role", "Arn"]},
                },
            },
        }
    }
    (found,) = policies_of([data, app])["search"]
    assert found["Resource"] == ["arn:aws:dynamodb:eu-west-2:123456789012:table/bedboard-test"]


def test_policies_are_made_again_when_a_source_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, kept = tmp_path / "grants.py", tmp_path / "policies.json"
    monkeypatch.setattr(module, "CACHE", kept)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    assert module._kept() is None
    source.write_text("before")
    digests = {"grants.py": module.digest(source)}
    kept.write_text(json.dumps({"sources": digests, "policies": {"search": []}}))
    assert module._kept() == {"search": []}
    source.write_text("after")
    assert module._kept() is None
    source.unlink()
    assert module._kept() is None


def test_a_permission_that_no_test_needs_is_found() -> None:
    needed = {(function, str(permission)) for function, _, permission in all_permissions()}
    explained = {
        (function, str(permission))
        for function, _, permission in all_permissions()
        if any(reason.covers(function, permission) for reason in REASONS)
    }
    assert unexercised(policies(), needed - explained) == []
    left_out = next(each for each in sorted(needed - explained) if each[0] == "search")
    assert unexercised(policies(), needed - explained - {left_out}) == [": ".join(left_out)]


def test_a_reason_that_explains_nothing_is_found() -> None:
    needed = {(function, str(permission)) for function, _, permission in all_permissions()}
    assert len(unexercised(policies(), needed)) == len(REASONS)
