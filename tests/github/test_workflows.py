"""The workflows: what they run on every change, and with which permissions."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).parent.parent.parent / ".github" / "workflows"
FILES = sorted(FOLDER.glob("*.yml"))


def read(file: Path) -> dict[Any, Any]:
    content: dict[Any, Any] = yaml.safe_load(file.read_text())
    return content


def steps(file: Path) -> list[dict[str, Any]]:
    return [step for job in read(file)["jobs"].values() for step in job.get("steps", [])]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_third_party_actions_are_pinned_to_a_commit(file: Path) -> None:
    used = [step["uses"] for step in steps(file) if "uses" in step]
    assert used
    for each in used:
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", each), each


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_workflow_puts_an_input_into_a_shell(file: Path) -> None:
    for step in steps(file):
        assert "${{" not in step.get("run", "")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_workflows_keep_no_secret_and_no_credential(file: Path) -> None:
    assert "secrets." not in file.read_text()
    for step in steps(file):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


def test_only_a_tested_deployment_may_assume_the_role() -> None:
    test, deploy = read(FOLDER / "test.yml"), read(FOLDER / "deploy.yml")
    assert test["permissions"] == {"contents": "read"}
    assert not any("permissions" in job for job in test["jobs"].values())
    assert deploy["permissions"] == {}
    deployment = deploy["jobs"]["deploy"]
    assert deployment["permissions"] == {"contents": "read", "id-token": "write"}
    assert deployment["needs"] == "test"
    assert deploy["jobs"]["test"]["uses"] == "./.github/workflows/test.yml"
    assert deployment["environment"] == "${{ inputs.council }}"


PROVE = FOLDER / "prove.yml"


def test_a_proof_is_off_until_variables_name_a_sandbox() -> None:
    workflow = read(PROVE)
    assert workflow[True].keys() == {"workflow_dispatch"}
    condition = workflow["jobs"]["prove"]["if"]
    used = set(re.findall(r"\bvars\.(\w+)", PROVE.read_text()))
    assert used == {"SANDBOX_COUNCIL", "SANDBOX_ROLE_ARN", "SANDBOX_REGION"}
    assert condition.split(" && ") == [
        f"vars.{name} != ''" for name in ("SANDBOX_COUNCIL", "SANDBOX_ROLE_ARN", "SANDBOX_REGION")
    ]


def test_a_proof_may_do_no_more_than_read_the_code_and_take_the_role() -> None:
    workflow = read(PROVE)
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert job["permissions"] == {"contents": "read", "id-token": "write"}
        assert job["environment"] == "sandbox"
    for step in steps(PROVE):
        if "configure-aws-credentials" in step.get("uses", ""):
            assert step["with"]["role-to-assume"] == "${{ vars.SANDBOX_ROLE_ARN }}"
            assert not {each for each in step["with"] if "access-key" in each}
            assert step["with"]["mask-aws-account-id"] is True


def test_proofs_never_overlap() -> None:
    assert read(PROVE)["concurrency"] == {"group": "prove", "cancel-in-progress": False}


def test_a_proof_looks_deploys_proves_and_keeps_its_record() -> None:
    job = read(PROVE)["jobs"]["prove"]
    commands = [step["run"] for step in job["steps"] if "run" in step]
    assert [" ".join(each.split()[:2]) for each in commands] == [
        "make synth",
        ".venv/bin/bedboard preflight",
        "make deploy",
        ".venv/bin/bedboard prove",
    ]
    assert "--record" in commands[-1].split()
    # None of them ends the job by itself before its time is up, which would lose the record.
    assert sum(step.get("timeout-minutes", 0) for step in job["steps"]) < job["timeout-minutes"]
    last = job["steps"][-1]
    assert last["uses"].startswith("actions/upload-artifact@")
    assert (last["if"], last["with"]["path"]) == ("always()", "proofs/")


def test_whatever_became_of_a_proof_its_stack_is_deleted() -> None:
    destroy = read(PROVE)["jobs"]["destroy"]
    assert destroy["needs"] == "prove"
    assert destroy["if"] == "always() && needs.prove.result != 'skipped'"
    assert not [step for step in destroy["steps"] if "if" in step or "continue-on-error" in step]
    made = destroy["steps"][-1]["run"].split(" 2>&1 | ")[0]
    assert made == 'make destroy COUNCIL="$COUNCIL"'


def test_every_push_runs_the_same_tests_as_a_developer() -> None:
    workflow = read(FOLDER / "test.yml")
    triggers = workflow[True]  # YAML 1.1 takes the word `on` for a truth
    assert {"push", "pull_request", "workflow_call"} <= triggers.keys()
    run = {step["run"] for step in steps(FOLDER / "test.yml") if "run" in step}
    assert {"bash .ci/run", "make synth COUNCIL=example", "make audit", "make sbom"} <= run


def test_no_log_shows_the_end_of_a_stacks_arn() -> None:
    commands = [
        step
        for file in FILES
        for step in steps(file)
        if re.search(r"make (deploy|destroy)", step.get("run", ""))
    ]
    assert len(commands) == 3
    arn = "arn:aws:cloudformation:eu-west-2:1:stack/Bedboard/"
    for step in commands:
        assert step["shell"] == "bash"
        made, pipe = step["run"].split(" 2>&1", 1)
        assert "|" not in made
        printing = f"echo {arn}0a1b2c3d-0000-11f1-8000-06a2b3c4d5e6 2>&1{pipe}"
        shown = subprocess.check_output(["/bin/bash", "-c", printing], text=True)
        assert shown == f"{arn}(left out)\n"
