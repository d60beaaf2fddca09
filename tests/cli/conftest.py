"""Runs the command line as an operator types it, on the deployed stack of these tests."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

import boto3
import httpx
import pytest
from typer.testing import CliRunner

from cli.main import app
from cli.restore import backups
from cli.target import Target, target_of
from local.emulator.inbox import Inbox
from local.emulator.stack import LocalStack, running
from local.emulator.tokens import token


class Result(NamedTuple):
    """How a command ended, and what it printed."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The standard output as JSON."""
        return json.loads(self.out)


Bedboard = Callable[..., Result]


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    """Run a stack for these tests alone: they import, restore and put dead letters into it."""
    with running(tmp_path_factory.mktemp("command-line")) as stack:
        yield stack


@pytest.fixture
def aws_account(stack: LocalStack, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the emulator stand for AWS in an operator's environment."""
    # The default session keeps the credentials of whichever test used it first.
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    monkeypatch.setenv("AWS_ENDPOINT_URL", stack.endpoint_url)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", stack.access_key_id)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", stack.secret_access_key)


@pytest.fixture
def target(stack: LocalStack) -> Target:
    """Return the tests' stack as commands see it."""
    return target_of(stack)


@pytest.fixture
def copy_table(target: Target) -> Iterator[Callable[[], str]]:
    """Return a function that copies the table as it is now; the copies are deleted afterwards."""
    table, names = target.table, list[str]()

    def copy() -> str:
        now = datetime.now(UTC)
        names.append(backups.start_copy(table, now, now))
        assert backups.wait_until_active(table, names[-1], poll_seconds=0.1, within_seconds=30)
        return names[-1]

    yield copy
    for name in names:
        table.client.update_table(TableName=name, DeletionProtectionEnabled=False)
        table.client.delete_table(TableName=name)


@pytest.fixture
def bedboard(target: Target) -> Bedboard:
    """Return a function that runs `bedboard("homes", "list")` on the tests' stack."""

    def run(*words: str, typed: str = "", on: Target = target) -> Result:
        result = CliRunner().invoke(
            app, words, obj=lambda: on, input=typed, env={"BEDBOARD_DEBUG": "1"}
        )
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Result(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture
def team_inbox(stack: LocalStack) -> Callable[[str], Inbox]:
    """Return a function that gives a team an alert for any bed near the tests' homes."""

    def open_inbox(team: str) -> Inbox:
        inbox = Inbox(stack, f"inbox-{team}")
        headers = {"Authorization": f"Bearer {token(stack, [f'team:{team}'])}"}
        with httpx.Client(base_url=stack.api_url, headers=headers, timeout=30) as client:
            member = {"protocol": "sqs", "address": inbox.arn}
            assert client.post("/alerts/members", json=member).status_code == 201
            alert = {"near": "50.7167,-3.5062", "radius_miles": 1}
            assert client.post("/alerts", json=alert).status_code == 201
        return inbox

    return open_inbox
