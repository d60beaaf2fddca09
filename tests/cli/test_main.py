"""The command line is found out by --help, takes its stack anywhere, and fails in one message."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from botocore.exceptions import ClientError, NoCredentialsError
from typer.testing import CliRunner

from cli import target
from cli.errors import PROBLEM, USAGE, CommandError, told
from cli.main import app, which_stack_first
from infra.council.load import ROOT, SettingsError
from shared.domain.errors import NotFoundError


def commands(group: Any, *path: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every command by its words, with its help."""
    for name, each in group.commands.items():
        if hasattr(each, "commands"):
            yield from commands(each, *path, name)
        else:
            yield (*path, name), each.help


ALL = dict(commands(typer.main.get_command(app)))


def test_all_that_an_operator_does_is_there() -> None:
    assert {" ".join(words) for words in ALL} == {
        "homes import",
        "homes list",
        "people list",
        "people add",
        "people grant",
        "people remove",
        "people disable",
        "people enable",
        "alerts dead-letters list",
        "alerts dead-letters send",
        "alerts dead-letters drop",
        "export",
        "restore data",
        "restore settings",
        "restore table",
        "doctor",
    }


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_every_command_shows_an_example_of_itself(words: tuple[str, ...]) -> None:
    assert f"- `bedboard {' '.join(words)}" in ALL[words]
    assert CliRunner().invoke(app, [*words, "--help"]).exit_code == 0


@pytest.mark.parametrize(
    "typed",
    [
        "--council devon homes list --stale",
        "homes --council devon list --stale",
        "homes list --stale --council devon",
    ],
)
def test_the_council_may_be_named_anywhere(typed: str) -> None:
    assert which_stack_first(typed.split()) == ["--council", "devon", "homes", "list", "--stale"]
    assert which_stack_first(["a", "--council=b", "--local", "--", "--local"]) == [
        "--council=b",
        "--local",
        "a",
        "--",
        "--local",
    ]


def test_what_was_asked_wrongly_ends_with_two_and_says_how_to_ask(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(target, "HERE", tmp_path)
    monkeypatch.delenv("BEDBOARD_COUNCIL", raising=False)
    for words, said in {
        ("doctor",): "which stack? Name a council",
        ("doctor", "--council", "nowhere"): "there is no file nowhere.toml",
        ("doctor", "--council", "example", "--local"): "two different stacks",
        ("homes", "import", "nothing.csv"): "there is no file nothing.csv",
        ("restore", "data", "--to-time", "yesterday"): "expected a moment with its zone",
        ("restore", "data", "--to-time", "2999-01-01T00:00Z"): "has not come yet",
        ("export", str(tmp_path)): "is there already",
    }.items():
        done = CliRunner().invoke(app, words)
        assert (done.exit_code, done.stdout) == (USAGE, ""), words
        assert said in done.stderr
        assert "Traceback" not in done.stderr


def refused(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "no"}}, "DescribeTable")


@pytest.mark.parametrize(
    ("error", "said", "status"),
    [
        (CommandError("so it is"), "so it is", PROBLEM),
        (SettingsError("key: wrong"), "key: wrong", USAGE),
        (NotFoundError("there is no care home"), "there is no care home", PROBLEM),
        (NoCredentialsError(), "aws sso login", USAGE),
        (refused("AccessDeniedException"), "ask for DescribeTable", PROBLEM),
        (refused("ExpiredToken"), "Sign in again", PROBLEM),
        (refused("Other"), "AWS refused DescribeTable: Other: no", PROBLEM),
        (PermissionError(13, "Permission denied", "x"), "Permission denied", PROBLEM),
    ],
)
def test_every_expected_failure_is_one_message(error: Exception, said: str, status: int) -> None:
    message, ended = told(error)
    assert said in message
    assert ended == status


def test_a_fault_of_its_own_is_one_message_too() -> None:
    def broken() -> None:
        raise KeyError("so")

    done = CliRunner().invoke(app, ["homes", "list"], obj=broken)
    assert (done.exit_code, done.stdout) == (PROBLEM, "")
    assert done.stderr.startswith("bedboard: a fault of its own (KeyError('so'))")
    assert len(done.stderr.splitlines()) == 1


def test_the_installed_command_runs_from_anywhere(tmp_path: Path) -> None:
    link = tmp_path / "bedboard"
    link.symlink_to(ROOT / "cli" / "bedboard")
    environment = {"PATH": os.environ["PATH"]}
    done = subprocess.run(  # noqa: S603
        [link, "--help"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "bedboard doctor --council devon" in done.stdout
