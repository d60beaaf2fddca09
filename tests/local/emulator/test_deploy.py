"""A failed deployment names the resource; a successful one returns its outputs."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest

from local.emulator import process
from local.emulator.deploy import (
    Connection,
    DeployError,
    connection_to,
    deploy_stack,
    destroy_stack,
)

pytestmark = pytest.mark.emulator

QUEUE = {"Type": "AWS::SQS::Queue"}
BUCKET = "cdk-hnb659fds-assets-${AWS::AccountId}-eu-west-2"


def write_assembly(
    folder: Path, name: str, resources: dict[str, Any], *, protected: bool = False
) -> Path:
    """Write a cloud assembly of one stack, in the CDK's format."""
    template = {"Resources": resources, "Outputs": {"Queue": {"Value": {"Ref": "Queue"}}}}
    (folder / "template.json").write_text(json.dumps(template), "utf-8")
    file = {
        "source": {"path": "template.json", "packaging": "file"},
        "destinations": {"here": {"bucketName": BUCKET, "objectKey": f"{name}.json"}},
    }
    (folder / "assets.json").write_text(json.dumps({"files": {name: file}}), "utf-8")
    stack = {
        "stackName": name,
        "stackTemplateAssetObjectUrl": f"s3://{BUCKET}/{name}.json",
        "terminationProtection": protected,
    }
    manifest = {
        "artifacts": {
            "App.assets": {
                "type": "cdk:asset-manifest",
                "properties": {"file": "assets.json"},
            },
            "App": {"type": "aws:cloudformation:stack", "properties": stack},
        }
    }
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return folder


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    """Start an emulator with nothing deployed."""
    folder = tmp_path / "emulator"
    emulator = process.start(folder, region="eu-west-2", outlive=False)
    yield connection_to(emulator.endpoint_url, "eu-west-2")
    process.stop(folder)


def test_a_failed_deployment_names_the_resource(connection: Connection, tmp_path: Path) -> None:
    faulty = {**QUEUE, "Properties": {"MessageRetentionPeriod": 5}}
    assembly = write_assembly(tmp_path, "failing", {"Queue": faulty})
    with pytest.raises(DeployError) as failed:
        deploy_stack(assembly, "App", connection)
    first, second = str(failed.value).splitlines()[:2]
    assert first == "failing is ROLLBACK_COMPLETE:"
    assert second.startswith("  Queue (AWS::SQS::Queue): CREATE_FAILED")


def test_an_invalid_template_is_reported(connection: Connection, tmp_path: Path) -> None:
    assembly = write_assembly(tmp_path, "nonsense", {"Queue": {"Type": "AWS::Nowhere::Thing"}})
    with pytest.raises(DeployError, match=r"nonsense: .*AWS::Nowhere::Thing"):
        deploy_stack(assembly, "App", connection)


def test_a_changed_template_updates_the_stack(connection: Connection, tmp_path: Path) -> None:
    before = deploy_stack(write_assembly(tmp_path, "changing", {"Queue": QUEUE}), "App", connection)
    kept = {**QUEUE, "Properties": {"MessageRetentionPeriod": 600}}
    after = deploy_stack(write_assembly(tmp_path, "changing", {"Queue": kept}), "App", connection)
    assert before == after
    attributes = boto3.client("sqs", **connection).get_queue_attributes(
        QueueUrl=after["Queue"], AttributeNames=["MessageRetentionPeriod"]
    )
    assert attributes["Attributes"] == {"MessageRetentionPeriod": "600"}


def test_a_stack_whose_creation_failed_is_made_again(
    connection: Connection, tmp_path: Path
) -> None:
    faulty = {**QUEUE, "Properties": {"MessageRetentionPeriod": 5}}
    with pytest.raises(DeployError, match="ROLLBACK_COMPLETE"):
        deploy_stack(write_assembly(tmp_path, "again", {"Queue": faulty}), "App", connection)
    deploy_stack(write_assembly(tmp_path, "again", {"Queue": QUEUE}), "App", connection)


def test_a_protected_stack_whose_creation_failed_is_in_the_way(
    connection: Connection, tmp_path: Path
) -> None:
    """So nothing is protected before it has worked once."""
    faulty = {**QUEUE, "Properties": {"MessageRetentionPeriod": 5}}
    assembly = write_assembly(tmp_path, "stuck", {"Queue": faulty}, protected=True)
    with pytest.raises(DeployError, match="ROLLBACK_COMPLETE"):
        deploy_stack(assembly, "App", connection)
    with pytest.raises(DeployError, match="cannot be deleted while TerminationProtection"):
        deploy_stack(assembly, "App", connection)


def test_only_a_stack_without_protection_is_destroyed(
    connection: Connection, tmp_path: Path
) -> None:
    def deploy(*, protected: bool) -> None:
        assembly = write_assembly(tmp_path, "old", {"Queue": QUEUE}, protected=protected)
        deploy_stack(assembly, "App", connection)

    deploy(protected=True)
    with pytest.raises(DeployError, match="TerminationProtection"):
        destroy_stack("old", connection)
    deploy(protected=False)
    destroy_stack("old", connection)
    assert boto3.client("sqs", **connection).list_queues().get("QueueUrls", []) == []
