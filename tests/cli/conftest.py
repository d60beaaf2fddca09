"""The command line, run as a person types it, on the deployed stack of the tests."""

import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from typer.testing import CliRunner

from cli.main import app
from cli.restore import backups
from cli.target import Target, of_local
from local.emulator.stack import LocalStack, running
from shared.aws.clock import SYSTEM


class Ran(NamedTuple):
    """How a command ended, and what it said where."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Bedboard = Callable[..., Ran]


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    """One of these tests' own: they import, restore and put dead letters into its queue."""
    with running(tmp_path_factory.mktemp("command-line")) as stack:
        yield stack


@pytest.fixture
def target(stack: LocalStack) -> Target:
    """The tests' stack, as commands see it."""
    return of_local(stack)


@pytest.fixture
def copied(target: Target) -> Iterator[Callable[[], str]]:
    """Makes copies of the table as AWS would, of this moment; deleted afterwards."""
    table, names = target.table, list[str]()

    def copy() -> str:
        names.append(backups.of_moment(table, SYSTEM.now()))
        backups.wait_for(table, names[-1], poll_seconds=0.1, within_seconds=30)
        return names[-1]

    yield copy
    for name in names:
        table.client.update_table(TableName=name, DeletionProtectionEnabled=False)
        table.client.delete_table(TableName=name)


@pytest.fixture
def bedboard(target: Target) -> Bedboard:
    """`bedboard("homes", "list")`, on the tests' stack."""

    def run(*words: str, says: str = "", on: Target = target) -> Ran:
        done = CliRunner().invoke(
            app, words, obj=lambda: on, input=says, env={"BEDBOARD_DEBUG": "1"}
        )
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Ran(done.exit_code, done.stdout, done.stderr)

    return run
