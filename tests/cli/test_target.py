"""A command finds the stacks of a council by its settings file and CloudFormation."""

import json
from datetime import timedelta
from pathlib import Path

import boto3
import pytest
from typer.testing import CliRunner

from cli import target as target_module
from cli.errors import CommandError, UsageError
from cli.main import app
from cli.target import Target, council_stack
from local.emulator.stack import LocalStack

pytestmark = pytest.mark.usefixtures("aws_account")


def council(folder: Path, slug: str) -> str:
    """Write a council's settings file and return its path."""
    path = folder / f"{slug}.toml"
    path.write_text(f'slug = "{slug}"\nname = "Example Council"\n', encoding="utf-8")
    return str(path)


def test_the_stacks_of_a_council_are_found_by_its_slug(tmp_path: Path, target: Target) -> None:
    found = council_stack(council(tmp_path, "local"))
    assert (found.stack_name, found.is_local) == (target.stack_name, False)
    assert found.data_stack_name == target.data_stack_name
    assert found.outputs["TableName"] == target.outputs["TableName"]
    assert found.outputs["ClientId"] == target.outputs["ClientId"]
    assert found.output("TableName") in found.resources("AWS::DynamoDB::Table").values()
    assert found.table.change_retention == timedelta(days=1096)
    with pytest.raises(CommandError, match="bedboard-local-data has an output Other"):
        found.output("Other")


def test_the_data_are_reached_while_there_is_nothing_else(
    tmp_path: Path, stack: LocalStack
) -> None:
    template = {
        "Resources": {"Queue": {"Type": "AWS::SQS::Queue"}},
        "Outputs": {"TableName": {"Value": "theirs"}},
    }
    cloudformation = boto3.client("cloudformation", **stack.connection)
    cloudformation.create_stack(StackName="bedboard-alone-data", TemplateBody=json.dumps(template))
    cloudformation.get_waiter("stack_create_complete").wait(
        StackName="bedboard-alone-data", WaiterConfig={"Delay": 1}
    )
    found = council_stack(council(tmp_path, "alone"))
    assert found.table.name == "theirs"
    with pytest.raises(CommandError, match="has an output ApiUrl"):
        found.output("ApiUrl")
    cloudformation.delete_stack(StackName="bedboard-alone-data")


def test_the_stack_on_this_machine_is_the_default_and_is_called_local(
    stack: LocalStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(target_module, "HERE", Path(stack.folder))
    command = ["homes", "list", "--authority", "nowhere", "--json"]
    for words, council_in_environment in ((command, ""), ([*command, "--local"], "nowhere")):
        monkeypatch.setenv("BEDBOARD_COUNCIL", council_in_environment)
        result = CliRunner().invoke(app, words)
        assert (result.exit_code, result.stdout) == (0, "[]\n"), result.stderr
    assert CliRunner().invoke(app, command).exit_code == 2


def test_a_missing_stack_is_reported_with_its_region(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no stack bedboard-ours-data in eu-west-2 of this AWS"):
        council_stack(council(tmp_path, "ours"))
