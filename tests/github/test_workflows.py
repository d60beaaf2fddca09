"""The workflows: what they run on every change, and with which permissions."""

import re
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


def test_every_push_runs_the_same_tests_as_a_developer() -> None:
    workflow = read(FOLDER / "test.yml")
    triggers = workflow[True]  # YAML 1.1 takes the word `on` for a truth
    assert {"push", "pull_request", "workflow_call"} <= triggers.keys()
    run = {step["run"] for step in steps(FOLDER / "test.yml") if "run" in step}
    assert {"bash .ci/run", "make synth COUNCIL=example", "make audit", "make sbom"} <= run
