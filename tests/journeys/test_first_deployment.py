"""A first deployment that fails is run again: nothing is in its way, and nothing stays behind."""

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
from local.emulator.deploy import Connection, DeployError, connection_to, deploy_stack
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
    folder = tmp_path / "emulator"
    emulator = process.start(folder, region=council.region, outlive=False)
    connection = connection_to(emulator.endpoint_url, council.region)
    failing = ""

    def cdk(command: list[str], **_: Any) -> None:
        """Do with the emulator what the CDK's command line does with AWS."""
        verb, *options = command[4:]
        if verb == "synth":
            synthesise(tmp_path / "out", on="protection=on" in options)
            if failing:
                break_template(tmp_path / "out", failing)
            return
        try:
            deploy_stack(tmp_path / "out", options[0], connection)
        except DeployError as error:
            raise subprocess.CalledProcessError(1, command) from error

    def run(stack: str) -> None:
        nonlocal failing
        failing = stack
        with monkeypatch.context() as patched:
            patched.setenv("AWS_ENDPOINT_URL", emulator.endpoint_url)
            patched.setattr("infra.deploy._cdk", lambda *words: cdk(["", "", "", "", *words]))
            # The template's alarms cannot undo anything here: the emulator watches none.
            deploy.deploy(COUNCIL, council, [], session(connection))

    yield Account(connection, run)
    process.stop(folder)


def session(connection: Connection) -> boto3.Session:
    """Return a session with the emulator in place of AWS."""
    return boto3.Session(
        region_name=connection["region_name"],
        aws_access_key_id=connection["aws_access_key_id"],
        aws_secret_access_key=connection["aws_secret_access_key"],
    )


def synthesise(folder: Path, *, on: bool) -> None:
    """Write the templates of the council, with or without protection."""
    context = json.loads((ROOT / "cdk.json").read_text("utf-8"))["context"]
    context |= {"council": COUNCIL, "layer": "here", "checks": "off"}
    context["protection"] = "on" if on else "off"
    environment = {"CDK_OUTDIR": str(folder), "CDK_CONTEXT_JSON": json.dumps(context)}
    command = [sys.executable, "-m", "infra.app"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=True)  # noqa: S603


def break_template(folder: Path, stack: str) -> None:
    """Add to the template what AWS will refuse when everything else is made."""
    file = folder / f"{stack}.template.json"
    template = json.loads(file.read_text("utf-8"))
    everything = sorted(template["Resources"])
    template["Resources"]["Impossible"] = {**IMPOSSIBLE, "DependsOn": everything}
    file.write_text(json.dumps(template), "utf-8")


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
