"""The template comes up unmodified, keeps the rules that it states, and leaves nothing behind."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import boto3
import httpx
import pytest
from botocore.exceptions import ClientError

from local.emulator.assembly import assembly
from local.emulator.process import ROOT
from local.emulator.stack import COUNCIL, LocalStack, running, stack_in, start, stop
from local.emulator.tokens import token

pytestmark = pytest.mark.emulator

STARTER = """
import sys, time
from pathlib import Path
from local.emulator.stack import start

print(start(Path(sys.argv[1]), outlive=sys.argv[2] == "outlive").pid, flush=True)
if sys.argv[2] != "outlive":
    time.sleep(600)
"""


def eventually(held: Callable[[], bool], seconds: float = 20) -> bool:
    """Whether it comes to hold within the time."""
    deadline = time.monotonic() + seconds
    while not held():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def is_gone(pid: int) -> bool:
    """Whether neither the emulator nor a process of its functions is left."""
    try:
        os.killpg(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_the_template_comes_up_as_it_is_written(stack: LocalStack) -> None:
    cloudformation = boto3.client("cloudformation", **stack.connection)
    (deployed,) = cloudformation.describe_stacks(StackName=f"bedboard-{COUNCIL}")["Stacks"]
    assert deployed["StackStatus"] in {"CREATE_COMPLETE", "UPDATE_COMPLETE"}
    template = cloudformation.get_template(StackName=deployed["StackName"])["TemplateBody"]
    written = json.loads((assembly(COUNCIL) / "Bedboard.template.json").read_text("utf-8"))
    assert (json.loads(template) if isinstance(template, str) else template) == written


def test_it_is_this_machines_alone(stack: LocalStack) -> None:
    assert stack.api_url.startswith("http://127.0.0.1:")
    assert stack.endpoint_url.startswith("http://127.0.0.1:")
    assert stack.dead_letter_queue_url.startswith(stack.endpoint_url)


def test_deploying_again_changes_nothing(stack: LocalStack) -> None:
    folder = Path(stack.folder)
    assert start(folder) == stack
    assert stack_in(folder) == stack


def test_the_policies_of_the_template_are_kept(stack: LocalStack) -> None:
    stranger = stack.connection
    stranger["aws_access_key_id"] = "AKIAIOSFODNN7EXAMPLE"
    with pytest.raises(ClientError, match=r"security token .* invalid"):
        boto3.client("dynamodb", **stranger).scan(TableName=stack.table_name)
    assert httpx.get(f"{stack.endpoint_url}/_ministack/health").json()["auth"] == "enabled"


def test_where_nothing_runs_there_is_no_stack_and_stopping_is_fine(tmp_path: Path) -> None:
    assert stack_in(tmp_path) is None
    stop(tmp_path)


def test_stopping_ends_every_process_and_removes_every_file(tmp_path: Path) -> None:
    with running(tmp_path) as stack:
        bearer = {"Authorization": f"Bearer {token(stack, ['council'])}"}
        httpx.get(f"{stack.api_url}/homes/1-9000000001", headers=bearer, timeout=30)
        assert not is_gone(stack.pid)
    assert eventually(lambda: is_gone(stack.pid))
    assert not list(tmp_path.iterdir())


def test_a_stack_ends_with_who_started_it(tmp_path: Path) -> None:
    starter = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", STARTER, str(tmp_path), "stay"], cwd=ROOT, stdout=subprocess.PIPE
    )
    with starter:
        assert starter.stdout
        pid = int(starter.stdout.readline())
        starter.send_signal(signal.SIGKILL)
    assert eventually(lambda: is_gone(pid))
    assert stack_in(tmp_path) is None


def test_a_stack_may_outlive_who_started_it(tmp_path: Path) -> None:
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", STARTER, str(tmp_path), "outlive"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
    )
    pid = int(done.stdout)
    try:
        stack = stack_in(tmp_path)
        assert stack
        assert stack.pid == pid
        assert httpx.get(f"{stack.api_url}/nowhere", timeout=30).status_code == 404
    finally:
        stop(tmp_path)
    assert eventually(lambda: is_gone(pid))


def test_a_council_may_open_the_reading_of_vacancies_to_everybody(
    tmp_path: Path, open_council: str
) -> None:
    with running(tmp_path / "stack", open_council) as stack:
        answer = httpx.get(f"{stack.api_url}/homes/1-9000000001", timeout=30)
        assert answer.status_code == 404
        assert httpx.get(f"{stack.api_url}/alerts", timeout=30).status_code == 401
