"""A failed deployment names the resource; a successful one returns its outputs."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest

from local.emulator import process
from local.emulator.deploy import Connection, DeployError, connection_to, deploy

pytestmark = pytest.mark.emulator

QUEUE = {"Type": "AWS::SQS::Queue"}
BUCKET = "cdk-hnb659fds-assets-${AWS::AccountId}-eu-west-2"


def write_assembly(folder: Path, name: str, resources: dict[str, Any]) -> Path:
    """Write a cloud assembly of one stack, in the CDK's format."""
    template = {"Resources": resources, "Outputs": {"Queue": {"Value": {"Ref": "Queue"}}}}
    (folder / "template.json").write_text(json.dumps(template), "utf-8")
    file = {
        "source": {"path": "template.json", "packaging": "file"},
        "destinations": {"here": {"bucketName": BUCKET, "objectKey": f"{name}.json"}},
    }
    (folder / "assets.json").write_text(json.dumps({"files": {name: file}}), "utf-8")
    stack = {"stackName": name, "stackTemplateAssetObjectUrl": f"s3://{BUCKET}/{name}.json"}
    manifest = {
        "artifacts": {
            "Bedboard.assets": {
                "type": "cdk:asset-manifest",
                "properties": {"file": "assets.json"},
            },
            "Bedboard": {"type": "aws:cloudformation:stack", "properties": stack},
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
        deploy(assembly, connection)
    first, second = str(failed.value).splitlines()[:2]
    assert first == "failing is ROLLBACK_COMPLETE:"
    assert second.startswith("  Queue (AWS::SQS::Queue): CREATE_FAILED")


def test_an_invalid_template_is_reported(connection: Connection, tmp_path: Path) -> None:
    assembly = write_assembly(tmp_path, "nonsense", {"Queue": {"Type": "AWS::Nowhere::Thing"}})
    with pytest.raises(DeployError, match=r"nonsense: .*AWS::Nowhere::Thing"):
        deploy(assembly, connection)


def test_a_changed_template_updates_the_stack(connection: Connection, tmp_path: Path) -> None:
    before = deploy(write_assembly(tmp_path, "changing", {"Queue": QUEUE}), connection)
    kept = {**QUEUE, "Properties": {"MessageRetentionPeriod": 600}}
    after = deploy(write_assembly(tmp_path, "changing", {"Queue": kept}), connection)
    assert before == after
    attributes = boto3.client("sqs", **connection).get_queue_attributes(
        QueueUrl=after["Queue"], AttributeNames=["MessageRetentionPeriod"]
    )
    assert attributes["Attributes"] == {"MessageRetentionPeriod": "600"}
