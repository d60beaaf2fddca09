"""The template is deployed unmodified, its policies are enforced, and stopping leaves nothing."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import boto3
import httpx
import pytest
from botocore.exceptions import ClientError

from local.emulator.assembly import assembly
from local.emulator.process import ROOT
from local.emulator.stack import COUNCIL, LocalStack, running, stack_in, start, stop
from local.emulator.tokens import token
from tests.support.patience import eventually

pytestmark = pytest.mark.emulator

STARTER = """
import sys, time
from pathlib import Path
from local.emulator.stack import start

print(start(Path(sys.argv[1]), outlive=sys.argv[2] == "outlive").pid, flush=True)
if sys.argv[2] != "outlive":
    time.sleep(600)
"""


def is_gone(pid: int) -> bool:
    """Return whether the emulator and its functions' processes have ended."""
    try:
        os.killpg(pid, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.mark.parametrize(
    ("name", "artifact"), [(f"bedboard-{COUNCIL}", "App"), (f"bedboard-{COUNCIL}-data", "Data")]
)
def test_the_templates_are_deployed_unmodified(stack: LocalStack, name: str, artifact: str) -> None:
    cloudformation = boto3.client("cloudformation", **stack.connection)
    (deployed,) = cloudformation.describe_stacks(StackName=name)["Stacks"]
    assert deployed["StackStatus"] in {"CREATE_COMPLETE", "UPDATE_COMPLETE"}
    template = cloudformation.get_template(StackName=name)["TemplateBody"]
    written = json.loads((assembly(COUNCIL) / f"{artifact}.template.json").read_text("utf-8"))
    assert (json.loads(template) if isinstance(template, str) else template) == written


def test_the_stack_listens_on_loopback_only(stack: LocalStack) -> None:
    assert stack.api_url.startswith("http://127.0.0.1:")
    assert stack.endpoint_url.startswith("http://127.0.0.1:")
    assert stack.dead_letter_queue_url.startswith(stack.endpoint_url)


def test_deploying_again_changes_nothing(stack: LocalStack) -> None:
    folder = Path(stack.folder)
    assert start(folder) == stack
    assert stack_in(folder) == stack


def test_the_emulator_enforces_policies(stack: LocalStack) -> None:
    stranger = stack.connection
    stranger["aws_access_key_id"] = "AKIAIOSFODNN7EXAMPLE"
    with pytest.raises(ClientError, match=r"security token .* invalid"):
        boto3.client("dynamodb", **stranger).scan(TableName=stack.table_name)
    assert httpx.get(f"{stack.endpoint_url}/_ministack/health").json()["auth"] == "enabled"


def test_stopping_without_a_running_stack_does_nothing(tmp_path: Path) -> None:
    assert stack_in(tmp_path) is None
    stop(tmp_path)


def test_stopping_ends_every_process_and_removes_every_file(tmp_path: Path) -> None:
    with running(tmp_path) as stack:
        bearer = {"Authorization": f"Bearer {token(stack, ['council'])}"}
        httpx.get(f"{stack.api_url}/homes/1-9000000001", headers=bearer, timeout=30)
        assert not is_gone(stack.pid)
    assert eventually(lambda: is_gone(stack.pid))
    assert not list(tmp_path.iterdir())


def test_a_stack_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    starter = subprocess.Popen(
        [sys.executable, "-c", STARTER, str(tmp_path), "stay"], cwd=ROOT, stdout=subprocess.PIPE
    )
    with starter:
        assert starter.stdout
        pid = int(starter.stdout.readline())
        starter.send_signal(signal.SIGKILL)
    assert eventually(lambda: is_gone(pid))
    assert stack_in(tmp_path) is None


def test_a_stack_may_outlive_the_process_that_started_it(tmp_path: Path) -> None:
    done = subprocess.run(
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


def test_a_council_may_let_everyone_read_vacancies(tmp_path: Path, open_council: str) -> None:
    with running(tmp_path / "stack", open_council) as stack:
        answer = httpx.get(f"{stack.api_url}/homes/1-9000000001", timeout=30)
        assert answer.status_code == 404
        assert httpx.get(f"{stack.api_url}/alerts", timeout=30).status_code == 401
