"""The template that goes to AWS, with its site: it is deployed, updated, and deployed again."""

import json
from pathlib import Path
from typing import Any

import boto3

from infra.council.load import COUNCILS
from local.emulator.assembly import assembly
from local.emulator.stack import LocalStack, start
from web.build import build


def status_of(stack: LocalStack) -> str:
    cloudformation = boto3.client("cloudformation", **stack.connection)
    (deployed,) = cloudformation.describe_stacks(StackName="bedboard-example")["Stacks"]
    return deployed["StackStatus"]


def site_of(stack: LocalStack) -> dict[str, Any]:
    """Read every object of the site's bucket."""
    cloudformation = boto3.client("cloudformation", **stack.connection)
    found = cloudformation.describe_stack_resource(
        StackName="bedboard-example", LogicalResourceId="SiteBucket978D4AEB"
    )
    bucket = found["StackResourceDetail"]["PhysicalResourceId"]
    s3 = boto3.client("s3", **stack.connection)
    return {
        each["Key"]: s3.get_object(Bucket=bucket, Key=each["Key"])
        for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket)
        for each in page["Contents"]
    }


def configured(stack: LocalStack) -> Any:
    return json.loads(site_of(stack)["config.json"]["Body"].read())


def test_the_template_is_deployed_unmodified(councils: dict[str, LocalStack]) -> None:
    stack = councils["example"]
    assert status_of(stack) in {"CREATE_COMPLETE", "UPDATE_COMPLETE"}
    cloudformation = boto3.client("cloudformation", **stack.connection)
    template = cloudformation.get_template(StackName="bedboard-example")["TemplateBody"]
    written = json.loads((assembly("example") / "App.template.json").read_text("utf-8"))
    assert (json.loads(template) if isinstance(template, str) else template) == written


def test_the_whole_site_is_published(councils: dict[str, LocalStack], tmp_path: Path) -> None:
    built = build(tmp_path / "web")
    files = {each.relative_to(built).as_posix() for each in built.rglob("*") if each.is_file()}
    published = site_of(councils["example"])
    pages = {each for each in files if not each.startswith("assets/")}
    assert pages | {"config.json"} == {e for e in published if not e.startswith("assets/")}
    assert {each.partition("/")[2].partition("/")[2] for each in files - pages} <= {
        each.partition("/")[2].partition("/")[2] for each in published
    }
    assert published["index.html"]["CacheControl"] == "no-cache"
    assert published["index.html"]["ContentType"] == "text/html; charset=utf-8"
    assert configured(councils["example"])["sign_in"]["client_id"] == councils["example"].client_id


def test_a_changed_setting_reaches_the_pages_and_a_second_deployment_changes_nothing(
    councils: dict[str, LocalStack], tmp_path: Path
) -> None:
    stack, changed = councils["example"], tmp_path / "example.toml"
    own = (COUNCILS / "example.toml").read_text("utf-8")
    changed.write_text(own.replace("01632 960000", "01632 960999"), "utf-8")
    assert "01632 960000" in configured(stack)["council"]["contact"]
    try:
        for _ in range(2):
            assert start(Path(stack.folder), str(changed)) == stack
            assert status_of(stack) == "UPDATE_COMPLETE"
            assert "01632 960999" in configured(stack)["council"]["contact"]
    finally:
        start(Path(stack.folder), "example")
    assert "01632 960000" in configured(stack)["council"]["contact"]


def test_deploying_again_replaces_nothing(councils: dict[str, LocalStack]) -> None:
    stack = councils["example"]
    cloudformation = boto3.client("cloudformation", **stack.connection)

    def physical() -> dict[str, str]:
        found = cloudformation.describe_stack_resources(StackName="bedboard-example")
        return {
            each["LogicalResourceId"]: each["PhysicalResourceId"]
            for each in found["StackResources"]
            # A layer's every version is another.
            if each["ResourceType"] != "AWS::Lambda::LayerVersion"
        }

    before = physical()
    assert before
    start(Path(stack.folder), "example")
    assert physical() == before
