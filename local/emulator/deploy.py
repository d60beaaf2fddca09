"""Do what `cdk deploy` and `cdk destroy` do, with the stacks of a cloud assembly."""

import contextlib
import json
import os
import time
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypedDict
from zipfile import ZIP_DEFLATED, ZipFile

import boto3
from botocore.exceptions import ClientError

from local.emulator.process import ROOT

if TYPE_CHECKING:
    from types_boto3_cloudformation import CloudFormationClient
    from types_boto3_cloudformation.type_defs import StackTypeDef

ACCOUNT: Final = "000000000000"
ACCESS_KEY: Final = "test"
"""The key id and the secret of the account's administrator on the emulator."""

ZIPS: Final = ROOT / "build" / "zips"

# What `cdk bootstrap` leaves in an account.
_BOOTSTRAP: Final = ("/cdk-bootstrap/hnb659fds/version", "30")

STACKS: Final = ("Data", "App")
"""The stacks that are deployed, in this order. The firewall's is in another region, and it would
filter nothing here; the emulator knows no bills."""

_DEPLOYED_WITHIN_SECONDS: Final = 120


class Connection(TypedDict):
    """How boto3 reaches the emulator: `boto3.client("dynamodb", **connection)`."""

    endpoint_url: str
    region_name: str
    aws_access_key_id: str
    aws_secret_access_key: str


def connection_to(endpoint_url: str, region: str) -> Connection:
    """Return how boto3 reaches the emulator, as the account's administrator."""
    return {
        "endpoint_url": endpoint_url,
        "region_name": region,
        "aws_access_key_id": ACCESS_KEY,
        "aws_secret_access_key": ACCESS_KEY,
    }


class DeployError(Exception):
    """The deployment failed; the message names each failed resource and the reason."""


def deploy(assembly: Path, connection: Connection) -> dict[str, str]:
    """Create or update a council's stacks, and return the outputs of all of them.

    Raises DeployError.
    """
    outputs: dict[str, str] = {}
    for artifact in STACKS:
        outputs |= deploy_stack(assembly, artifact, connection)
    return outputs


def deploy_stack(assembly: Path, artifact: str, connection: Connection) -> dict[str, str]:
    """Create or update one of the assembly's stacks, and return its outputs.

    Raises DeployError.
    """
    artifacts = json.loads((assembly / "manifest.json").read_text(encoding="utf-8"))["artifacts"]
    stack = artifacts[artifact]["properties"]
    assets = artifacts[f"{artifact}.assets"]["properties"]
    ssm = boto3.client("ssm", **connection)
    name, version = _BOOTSTRAP
    ssm.put_parameter(Name=name, Value=version, Type="String", Overwrite=True)
    _publish(assembly, assembly / assets["file"], connection)
    bucket, key = _filled_in(stack["stackTemplateAssetObjectUrl"]).removeprefix("s3://").split("/")
    request = {
        "StackName": stack["stackName"],
        "TemplateURL": f"{connection['endpoint_url']}/{bucket}/{key}",
        "Capabilities": ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"],
        "Tags": [{"Key": key, "Value": tag} for key, tag in stack.get("tags", {}).items()],
    }
    cloudformation = boto3.client("cloudformation", **connection)
    protected = stack.get("terminationProtection", False)
    deployed = _create_or_update(cloudformation, request, protected=protected)
    return {each["OutputKey"]: each["OutputValue"] for each in deployed.get("Outputs", [])}


def destroy_stack(name: str, connection: Connection) -> None:
    """Delete a stack and wait until it is gone. Raises DeployError."""
    cloudformation = boto3.client("cloudformation", **connection)
    try:
        (stack,) = cloudformation.describe_stacks(StackName=name)["Stacks"]
        cloudformation.delete_stack(StackName=name)
    except ClientError as error:
        raise DeployError(f"{name}: {error}") from error
    # By its id: a stack that is gone is no longer found by its name.
    _wait(cloudformation, stack["StackId"], {"DELETE_COMPLETE"})


def _publish(assembly: Path, manifest: Path, connection: Connection) -> None:
    s3 = boto3.client("s3", **connection)
    buckets: set[str] = set()
    for file in json.loads(manifest.read_text(encoding="utf-8"))["files"].values():
        source = assembly / file["source"]["path"]
        for destination in file["destinations"].values():
            bucket, key = _filled_in(destination["bucketName"]), destination["objectKey"]
            if bucket not in buckets:
                region: Any = connection["region_name"]
                with contextlib.suppress(s3.exceptions.BucketAlreadyOwnedByYou):
                    s3.create_bucket(
                        Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": region}
                    )
                buckets.add(bucket)
            packed = _zipped(source, ZIPS / key) if file["source"]["packaging"] == "zip" else source
            s3.upload_file(str(packed), bucket, key)


def _zipped(folder: Path, archive: Path) -> Path:
    """Return the folder as a zip, which is kept under the hash of its content."""
    if not archive.is_file():
        ZIPS.mkdir(parents=True, exist_ok=True)
        unfinished = archive.with_suffix(f".{os.getpid()}")
        with ZipFile(unfinished, "w", ZIP_DEFLATED) as writer:
            for path in sorted(folder.rglob("*")):
                writer.write(path, path.relative_to(folder))
        unfinished.rename(archive)
    return archive


def _create_or_update(
    cloudformation: "CloudFormationClient", request: dict[str, Any], *, protected: bool
) -> "StackTypeDef":
    name = request["StackName"]
    try:
        _delete_failed_creation(cloudformation, name)
        try:
            cloudformation.create_stack(**request, EnableTerminationProtection=protected)
        except cloudformation.exceptions.AlreadyExistsException:
            cloudformation.update_termination_protection(
                StackName=name, EnableTerminationProtection=protected
            )
            cloudformation.update_stack(**request)
    except ClientError as error:
        if "No updates are to be performed" not in str(error):
            raise DeployError(f"{name}: {error}") from error
    return _wait(cloudformation, name, {"CREATE_COMPLETE", "UPDATE_COMPLETE"})


def _delete_failed_creation(cloudformation: "CloudFormationClient", name: str) -> None:
    """Delete a stack whose creation was rolled back: it can only be deleted."""
    try:
        (stack,) = cloudformation.describe_stacks(StackName=name)["Stacks"]
    except ClientError:
        return
    if stack["StackStatus"] in {"ROLLBACK_COMPLETE", "ROLLBACK_FAILED"}:
        cloudformation.delete_stack(StackName=name)
        _wait(cloudformation, stack["StackId"], {"DELETE_COMPLETE"})


def _wait(
    cloudformation: "CloudFormationClient", name: str, wanted: Collection[str]
) -> "StackTypeDef":
    """Wait until the stack is in one of the statuses. Raises DeployError in any other."""
    deadline = time.monotonic() + _DEPLOYED_WITHIN_SECONDS
    while True:
        (stack,) = cloudformation.describe_stacks(StackName=name)["Stacks"]
        status = stack["StackStatus"]
        if status in wanted:
            return stack
        if not status.endswith("IN_PROGRESS") or time.monotonic() > deadline:
            raise DeployError(f"{name} is {status}:\n{_failures(cloudformation, name)}")
        time.sleep(0.05)


def _failures(cloudformation: "CloudFormationClient", name: str) -> str:
    """Return the failed resources and the reasons, oldest first."""
    events = cloudformation.describe_stack_events(StackName=name)["StackEvents"]
    return "\n".join(
        f"  {each['LogicalResourceId']} ({each['ResourceType']}): {each['ResourceStatus']}"
        f" {each.get('ResourceStatusReason', '')}"
        for each in reversed(events)
        if each["ResourceStatus"].endswith("FAILED")
    )


def _filled_in(text: str) -> str:
    return text.replace("${AWS::AccountId}", ACCOUNT).replace("${AWS::Partition}", "aws")
