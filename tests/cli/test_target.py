"""A command finds the stack of a council's file by what CloudFormation tells of it."""

from pathlib import Path

import boto3
import pytest
from typer.testing import CliRunner

from cli import target as target_module
from cli.errors import CommandError, UsageError
from cli.main import app
from cli.target import Target, named
from local.emulator.stack import LocalStack


@pytest.fixture(autouse=True)
def account(stack: LocalStack, monkeypatch: pytest.MonkeyPatch) -> None:
    """The emulator in place of AWS, as the environment of an operator would have it."""
    # It has the credentials of whichever test asked first.
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    monkeypatch.setenv("AWS_ENDPOINT_URL", stack.endpoint_url)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", stack.access_key_id)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", stack.secret_access_key)


def council(folder: Path, slug: str) -> str:
    """A settings file of one's own."""
    path = folder / f"{slug}.toml"
    path.write_text(f'slug = "{slug}"\nname = "Ours"\n', encoding="utf-8")
    return str(path)


def test_a_councils_stack_is_found_by_its_slug(tmp_path: Path, target: Target) -> None:
    found = named(council(tmp_path, "local"))
    assert (found.stack_name, found.is_local) == (target.stack_name, False)
    assert found.outputs["TableName"] == target.outputs["TableName"]
    assert found.output("TableName") in found.resources("AWS::DynamoDB::Table").values()
    with pytest.raises(CommandError, match="bedboard-local has no output Other"):
        found.output("Other")


def test_without_a_council_or_with_local_it_is_the_stack_on_this_machine(
    stack: LocalStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(target_module, "HERE", Path(stack.folder))
    asked = ["homes", "list", "--authority", "nowhere", "--json"]
    for words, named_by_environment in ((asked, ""), ([*asked, "--local"], "nowhere")):
        monkeypatch.setenv("BEDBOARD_COUNCIL", named_by_environment)
        done = CliRunner().invoke(app, words)
        assert (done.exit_code, done.stdout) == (0, "[]\n"), done.stderr
    assert CliRunner().invoke(app, asked).exit_code == 2


def test_a_stack_that_is_not_there_says_where_it_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no stack bedboard-ours in eu-west-2 of this AWS account"):
        named(council(tmp_path, "ours"))
