"""A first deployment that fails is run again: nothing is in its way, and nothing stays behind.

The CDK's own command line does the work, as `make deploy` has it, on the emulator.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import boto3
import pytest

from infra import deploy
from infra.council.load import ROOT, load_council
from local.emulator import process
from local.emulator.deploy import ACCOUNT, Connection, connection_to
from local.emulator.stack import COUNCIL

pytestmark = pytest.mark.emulator

APP, DATA = f"bedboard-{COUNCIL}", f"bedboard-{COUNCIL}-data"
IMPOSSIBLE = {"Type": "AWS::SQS::Queue", "Properties": {"MessageRetentionPeriod": 5}}

Run = Callable[[str], None]


class Account(NamedTuple):
    """An account in which nothing is deployed, and `make deploy` for it."""

    connection: Connection
    run: Run
    """Runs a deployment in which the stack that is named cannot be created."""

    def stacks(self) -> dict[str, tuple[str, bool]]:
        """Return the status of each stack, and whether it is protected."""
        cloudformation = boto3.client("cloudformation", **self.connection)
        return {
            each["StackName"]: (each["StackStatus"], each.get("EnableTerminationProtection", False))
            for each in cloudformation.describe_stacks()["Stacks"]
        }

    def resources(self) -> list[Any]:
        """Return the names of what a failed stack could leave behind."""
        pool: Any = boto3.client("cognito-idp", **self.connection)
        tables = boto3.client("dynamodb", **self.connection).list_tables()["TableNames"]
        queues = boto3.client("sqs", **self.connection).list_queues().get("QueueUrls", [])
        functions = boto3.client("lambda", **self.connection).list_functions()["Functions"]
        buckets = boto3.client("s3", **self.connection).list_buckets()["Buckets"]
        return [
            *tables,
            *queues,
            *(each["FunctionName"] for each in functions),
            *(each["Name"] for each in pool.list_user_pools(MaxResults=60)["UserPools"]),
            *(each["Name"] for each in buckets if not each["Name"].startswith("cdk-")),
        ]


@pytest.fixture
def account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Account]:
    council = load_council(COUNCIL)
    folder, out = tmp_path / "emulator", tmp_path / "out"
    emulator = process.start(folder, region=council.region, outlive=False)
    connection = connection_to(emulator.endpoint_url, council.region)
    bootstrap(connection)
    for name, value in (
        ("AWS_ENDPOINT_URL", emulator.endpoint_url),
        ("AWS_REGION", connection["region_name"]),
        ("AWS_ACCESS_KEY_ID", connection["aws_access_key_id"]),
        ("AWS_SECRET_ACCESS_KEY", connection["aws_secret_access_key"]),
        ("CI", "1"),
    ):
        monkeypatch.setenv(name, value)
    failing, npx = "", deploy._cdk

    def cdk(verb: str, *options: str) -> None:
        """Run the CDK's own command line, but write the templates without its checks."""
        if verb != "synth":
            npx(verb, *options, "--require-approval", "never", "--progress", "events")
            return
        synthesise(out, on="protection=on" in options)
        if failing:
            break_template(out, failing)

    monkeypatch.setattr("infra.deploy.ASSEMBLY", str(out))
    monkeypatch.setattr("infra.deploy._cdk", cdk)

    def run(stack: str) -> None:
        nonlocal failing
        failing = stack
        deploy.deploy(COUNCIL, council, [], boto3.Session(region_name=council.region))

    yield Account(connection, run)
    process.stop(folder)


def bootstrap(connection: Connection) -> None:
    """Leave in the account what the CDK's command line looks for after `cdk bootstrap`."""
    boto3.client("ssm", **connection).put_parameter(
        Name="/cdk-bootstrap/hnb659fds/version", Value="30", Type="String"
    )
    region: Any = connection["region_name"]
    boto3.client("s3", **connection).create_bucket(
        Bucket=f"cdk-hnb659fds-assets-{ACCOUNT}-{region}",
        CreateBucketConfiguration={"LocationConstraint": region},
    )


def synthesise(folder: Path, *, on: bool) -> None:
    """Write the templates of the council, with or without protection."""
    context = json.loads((ROOT / "cdk.json").read_text("utf-8"))["context"]
    context |= {"council": COUNCIL, "layer": "here", "checks": "off"}
    context["protection"] = "on" if on else "off"
    environment = {"CDK_OUTDIR": str(folder), "CDK_CONTEXT_JSON": json.dumps(context)}
    command = [sys.executable, "-m", "infra.app"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=True)


def break_template(folder: Path, stack: str) -> None:
    """Add to the template what AWS will refuse when everything else is made."""
    file = folder / f"{stack}.template.json"
    template = json.loads(file.read_text("utf-8"))
    everything = sorted(template["Resources"])
    template["Resources"]["Impossible"] = {**IMPOSSIBLE, "DependsOn": everything}
    file.write_text(json.dumps(template), "utf-8")
    # A template is uploaded under the hash of its content, and only where that is not there yet.
    assets = folder / f"{stack}.assets.json"
    for key, asset in json.loads(assets.read_text("utf-8"))["files"].items():
        if asset["source"]["path"] == file.name:
            for each in (assets, folder / "manifest.json"):
                each.write_text(each.read_text("utf-8").replace(key, key[::-1]), "utf-8")


def test_a_first_deployment_that_fails_twice_succeeds_the_third_time(account: Account) -> None:
    with pytest.raises(deploy.DeployError, match="run the same command again"):
        account.run("Data")
    assert account.stacks() == {DATA: ("ROLLBACK_COMPLETE", False)}
    assert account.resources() == []

    with pytest.raises(deploy.DeployError, match="run the same command again"):
        account.run("App")
    assert account.stacks() == {
        DATA: ("CREATE_COMPLETE", False),
        APP: ("ROLLBACK_COMPLETE", False),
    }
    of_data = account.resources()
    assert all(DATA in each.lower() or "Users" in each for each in of_data)

    account.run("")
    statuses = account.stacks()
    assert statuses[DATA] == ("UPDATE_COMPLETE", True)
    assert statuses[APP] == ("CREATE_COMPLETE", False)
    assert set(of_data) <= set(account.resources()), "it made the data a second time"


def test_a_later_failure_goes_back_and_leaves_the_data_protected(account: Account) -> None:
    account.run("")
    before = account.resources()
    with pytest.raises(deploy.DeployError, match="the data are as they were"):
        account.run("App")
    assert account.stacks() == {
        DATA: ("UPDATE_COMPLETE", True),
        APP: ("UPDATE_ROLLBACK_COMPLETE", False),
    }
    assert sorted(account.resources()) == sorted(before)
