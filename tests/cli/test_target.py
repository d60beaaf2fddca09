"""A command finds the stack of a council by its settings file and CloudFormation."""

from datetime import timedelta
from pathlib import Path

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


def test_the_stack_of_a_council_is_found_by_its_slug(tmp_path: Path, target: Target) -> None:
    found = council_stack(council(tmp_path, "local"))
    assert (found.stack_name, found.is_local) == (target.stack_name, False)
    assert found.outputs["TableName"] == target.outputs["TableName"]
    assert found.output("TableName") in found.resources("AWS::DynamoDB::Table").values()
    assert found.table.change_retention == timedelta(days=1096)
    with pytest.raises(CommandError, match="bedboard-local has no output Other"):
        found.output("Other")


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
    with pytest.raises(UsageError, match="no stack bedboard-ours in eu-west-2 of this AWS account"):
        council_stack(council(tmp_path, "ours"))
