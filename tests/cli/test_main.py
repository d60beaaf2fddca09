"""The command line documents itself, finds --council anywhere, and ends in one message."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from cli import target
from cli.errors import EXIT_PROBLEM, EXIT_USAGE
from cli.main import app, move_stack_options_first
from infra.council.load import ROOT

COMMAND_LINE_DOC = ROOT / "docs" / "command-line.md"


def commands(group: Any, *path: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every command by its words, with its help."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, *path, name)
        else:
            yield (*path, name), command.help


ROOT_COMMAND: Any = typer.main.get_command(app)
ALL = dict(commands(ROOT_COMMAND))


def test_the_document_lists_exactly_the_commands_that_exist() -> None:
    text = COMMAND_LINE_DOC.read_text(encoding="utf-8")
    section = text.partition("## Commands\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `([a-z][a-z-]*(?: [a-z][a-z-]*)*)", section, re.MULTILINE)
    assert sorted(rows) == sorted(" ".join(words) for words in ALL)


def test_help_lists_every_command_of_the_document() -> None:
    for words in ALL:
        for depth in range(len(words)):
            shown = CliRunner().invoke(app, [*words[:depth], "--help"])
            assert shown.exit_code == 0
            assert words[depth] in shown.stdout


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_every_command_explains_itself_in_sentences_with_an_example(words: tuple[str, ...]) -> None:
    assert re.match(r"[A-Z][^.]+\.", ALL[words])
    assert f"- `bedboard {' '.join(words)}" in ALL[words]
    assert CliRunner().invoke(app, [*words, "--help"]).exit_code == 0


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_every_option_is_explained_in_a_sentence(words: tuple[str, ...]) -> None:
    command = ROOT_COMMAND
    for word in words:
        command = command.commands[word]
    for parameter in command.params:
        assert parameter.help, parameter.name
        assert re.fullmatch(r"[A-Z].*[.]", parameter.help), parameter.help


@pytest.mark.parametrize(
    "line",
    [
        "--council devon homes list --unsure",
        "homes --council devon list --unsure",
        "homes list --unsure --council devon",
    ],
)
def test_the_council_can_be_named_anywhere(line: str) -> None:
    expected = ["--council", "devon", "homes", "list", "--unsure"]
    assert move_stack_options_first(line.split()) == expected


def test_arguments_after_two_hyphens_stay_where_they_are() -> None:
    words = ["a", "--council=b", "--local", "--", "--local"]
    assert move_stack_options_first(words) == ["--council=b", "--local", "a", "--", "--local"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("doctor", "No stack is selected"),
        ("doctor --council nowhere", "there is no file nowhere.toml"),
        ("doctor --council example --local", "two different stacks"),
        ("homes import nothing.csv", "There is no file nothing.csv"),
        ("restore data --to-time yesterday", "is not a time with its time zone"),
        ("restore data --to-time 2999-01-01T00:00Z", "is in the future"),
        ("export .", "exists already"),
    ],
)
def test_a_wrong_command_line_ends_with_status_2_and_says_what_to_change(
    line: str, message: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(target, "HERE", tmp_path)
    monkeypatch.delenv("BEDBOARD_COUNCIL", raising=False)
    result = CliRunner().invoke(app, line.split())
    assert (result.exit_code, result.stdout) == (EXIT_USAGE, "")
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_a_bug_ends_with_one_message() -> None:
    def find_stack() -> None:
        raise KeyError("so")

    result = CliRunner().invoke(app, ["homes", "list"], obj=find_stack)
    assert (result.exit_code, result.stdout) == (EXIT_PROBLEM, "")
    assert result.stderr.startswith("bedboard: This is a fault in bedboard itself (KeyError('so'))")
    assert "BEDBOARD_DEBUG=1" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_the_installed_command_runs_from_any_folder(tmp_path: Path) -> None:
    link = tmp_path / "bedboard"
    link.symlink_to(ROOT / "cli" / "bedboard")
    environment = {"PATH": os.environ["PATH"]}
    done = subprocess.run(
        [link, "--help"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "bedboard doctor --council devon" in done.stdout
