"""Preflight sees who deploys, with which tools, and what an earlier try left in the account."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cli.preflight import deployment_checks as checks
from cli.preflight.account import Account
from cli.preflight.finding import Finding, Level
from layer.build import LAMBDA_PYTHON
from tests.cli.preflight.conftest import ACCOUNT

Build = Callable[..., Account]
NO_STACK = "ValidationError: Stack with id bedboard-devon does not exist"
CERTIFICATE = "arn:aws:acm:us-east-1:{}:certificate/0a1b"


def levels(findings: list[Finding]) -> list[Level]:
    return [each.level for each in findings]


def stack(status: str, **more: Any) -> dict[str, Any]:
    described = {
        "StackName": "bedboard-devon",
        "CreationTime": datetime.now(UTC),
        "StackStatus": status,
        **more,
    }
    return {"Stacks": [described]}


def test_the_caller_is_named_and_the_root_user_is_advised_against(account: Build) -> None:
    (finding,) = checks.caller(account({}))
    assert finding.state == f"{ACCOUNT}, in eu-west-2, as assumed-role/Deployer/jo"
    as_root = list(checks.caller(account({}, caller=f"arn:aws:iam::{ACCOUNT}:root")))
    assert levels(as_root) == [Level.OK, Level.ADVICE]


@pytest.mark.parametrize("owner", [ACCOUNT, "210987654321"])
def test_settings_of_another_account_stop_the_deployment(account: Build, owner: str) -> None:
    settings = {
        "domain": "beds.example.gov.uk",
        "certificate_arn": CERTIFICATE.format(owner),
        "permissions_boundary": "arn:aws:iam::aws:policy/PowerUserAccess",
    }
    found = list(checks.caller(account(settings)))
    assert (Level.FIX in levels(found)) == (owner != ACCOUNT)


def test_the_versions_are_those_that_lambda_and_the_cdk_need() -> None:
    assert checks.LAMBDA_PYTHON == LAMBDA_PYTHON


@pytest.mark.parametrize(
    ("python", "node", "expected"),
    [
        ((3, 14, 0), "v24.1.0", [Level.OK, Level.OK]),
        ((3, 12, 4), "v22.0.0", [Level.ADVICE, Level.OK]),
        ((3, 14, 0), "v20.20.2", [Level.OK, Level.ADVICE]),
        ((3, 14, 0), "v18.2.0", [Level.OK, Level.FIX]),
        ((3, 14, 0), None, [Level.OK, Level.FIX]),
    ],
)
def test_old_tools_are_reported(
    account: Build,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    python: tuple[int, int, int],
    node: str | None,
    expected: list[Level],
) -> None:
    if node:
        program = tmp_path / "node"
        program.write_text(f"#!/bin/sh\necho {node}\n")
        program.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "version_info", python)
    assert levels(list(checks.tools(account({})))) == expected


def parameter(value: str) -> dict[str, Any]:
    return {"Parameter": {"Value": value}}


def test_each_region_must_be_bootstrapped(account: Build) -> None:
    name = "get_parameter"
    both = {"waf": True}
    found = list(
        checks.bootstrap(
            account(both, ("ssm", name, parameter("30")), ("ssm/us-east-1", name, parameter("6")))
        )
    )
    assert levels(found) == [Level.OK, Level.FIX]
    assert found[1].action == f"npx --no -- cdk bootstrap aws://{ACCOUNT}/us-east-1"
    (missing,) = checks.bootstrap(account({}, ("ssm", name, "ParameterNotFound")))
    assert missing.level is Level.FIX
    assert missing.action.endswith("/eu-west-2")


@pytest.mark.parametrize(
    ("answer", "expected"),
    [("NoSuchEntity", Level.FIX), ({"Policy": {"PolicyName": "boundary"}}, Level.OK)],
)
def test_the_boundary_must_exist(account: Build, answer: Any, expected: Level) -> None:
    settings = {"permissions_boundary": f"arn:aws:iam::{ACCOUNT}:policy/boundary"}
    (finding,) = checks.boundary(account(settings, ("iam", "get_policy", answer)))
    assert finding.level is expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (NO_STACK, Level.OK),
        (stack("UPDATE_COMPLETE"), Level.OK),
        (stack("UPDATE_IN_PROGRESS"), Level.FIX),
        (stack("ROLLBACK_COMPLETE"), Level.OK),
        (stack("ROLLBACK_COMPLETE", EnableTerminationProtection=True), Level.FIX),
        (stack("REVIEW_IN_PROGRESS"), Level.OK),
        (stack("UPDATE_ROLLBACK_FAILED"), Level.FIX),
        (stack("ROLLBACK_FAILED"), Level.FIX),
        (stack("DELETE_FAILED"), Level.FIX),
    ],
)
def test_a_former_stack_is_judged_by_its_state(
    account: Build, answer: Any, expected: Level
) -> None:
    others = [("cloudformation", "describe_stacks", NO_STACK)] * (len(account({}).stack_names) - 1)
    target = account({}, ("cloudformation", "describe_stacks", answer), *others)
    (finding,) = checks.former_stacks(target)
    assert finding.level is expected


def test_the_same_slug_in_another_region_is_found(account: Build) -> None:
    regions = {
        "Regions": [{"RegionName": each} for each in ("eu-west-2", "eu-west-1", "us-east-1")]
    }
    found = list(
        checks.other_regions(
            account(
                {},
                ("ec2", "describe_regions", regions),
                ("cloudformation/eu-west-1", "describe_stacks", stack("CREATE_COMPLETE")),
                ("cloudformation/us-east-1", "describe_stacks", "AccessDenied: not here"),
            )
        )
    )
    assert levels(found) == [Level.FIX, Level.UNSEEN]
    assert "eu-west-1 has a stack bedboard-devon already" in found[0].state
    assert "us-east-1" in found[1].state


def test_tables_and_buckets_of_a_former_stack_are_named_and_no_others(account: Build) -> None:
    own_table, own_bucket = "bedboard-devon-Table1-NEW", "bedboard-devon-importsbucket1-new"
    resources = {
        "StackResourceSummaries": [
            {
                "LogicalResourceId": "X",
                "PhysicalResourceId": name,
                "ResourceType": "X",
                "ResourceStatus": "CREATE_COMPLETE",
                "LastUpdatedTimestamp": datetime.now(UTC),
            }
            for name in (own_table, own_bucket)
        ]
    }
    tables = [own_table, "bedboard-devon-Table1-OLD", "bedboard-devon-north-Table1-X", "other"]
    buckets = [own_bucket, "bedboard-devon-importsbucket1-old", "bedboard-cornwall-sitebucket-x"]
    target = account(
        {},
        ("dynamodb", "list_tables", {"TableNames": tables}),
        ("s3", "list_buckets", {"Buckets": [{"Name": each} for each in buckets]}),
        ("cloudformation", "describe_stacks", stack("CREATE_COMPLETE")),
        *[("cloudformation", "describe_stacks", NO_STACK)] * (len(account({}).stack_names) - 1),
        ("cloudformation", "list_stack_resources", resources),
    )
    found = list(checks.left_behind(target))
    assert [each.state.split()[0] for each in found] == [
        "bedboard-devon-Table1-OLD",
        "bedboard-devon-importsbucket1-old",
    ]
    assert set(levels(found)) == {Level.ADVICE}
