"""The claims of `bedboard prove` hold through the template's own distribution."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from claims.ledger import Outcome
from cli.main import app
from cli.prove import numbers, operators, site
from cli.prove.proof import Proof
from cli.prove.steps import STEPS
from cli.target import target_of
from local.emulator.stack import LocalStack


def test_pages_and_api_hold_their_claims_behind_the_distribution(
    councils: dict[str, LocalStack], tmp_path: Path
) -> None:
    target = target_of(councils["example"])
    words = ["prove", "--to", str(tmp_path), "--only", "pages", "--only", "api"]
    result = CliRunner().invoke(app, words, obj=lambda: target, env={"BEDBOARD_DEBUG": "1"})
    assert result.exit_code == 0, result.output
    (written,) = tmp_path.glob("*.json")
    text = written.read_text("utf-8")
    steps = {step["step"]: step for step in json.loads(text)["steps"]}
    assert list(steps) == ["people", "pages", "import", "api"]
    claims = {each["claim"]: each["outcome"] for step in steps.values() for each in step["claims"]}
    assert claims["the page / is there"] == Outcome.HELD
    assert claims["the pages' configuration is this stack's"] == Outcome.HELD
    assert claims["an unknown path is answered with 404, as a problem document"] == Outcome.HELD
    assert claims["a page without TLS leads to the one with it"] == Outcome.UNSEEN
    assert councils["example"].site_host not in text


def test_what_only_aws_can_settle_is_asked_without_a_fault(
    councils: dict[str, LocalStack], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What the emulator answers is worth nothing, but the questions must be right: on AWS they are
    # asked once, when nobody can mend them.
    monkeypatch.setattr(Proof, "only_on_aws", lambda *_: True)
    for module, name, value in (
        (numbers, "SEARCHES", 3),
        (numbers, "COLD_STARTS", 1),
        (numbers, "_LOGS_WITHIN_SECONDS", 1),
        (operators, "_METRIC_WITHIN_SECONDS", 1),
        (operators, "_LETTER_WITHIN_SECONDS", 1),
        (site, "_ERROR_WITHIN_SECONDS", 5),
    ):
        monkeypatch.setattr(module, name, value)
    target = target_of(councils["example"])
    words = ["prove", "--council", "example", "--to", str(tmp_path), "--slow"]
    for step in STEPS:
        if step.name != "preflight":
            words += ["--only", step.name]
    result = CliRunner().invoke(app, words, obj=lambda: target, env={"BEDBOARD_DEBUG": "1"})
    assert not result.exception or isinstance(result.exception, SystemExit)
    (written,) = tmp_path.glob("*.json")
    record = json.loads(written.read_text("utf-8"))
    ended_early = [(step["step"], step.get("ended_by")) for step in record["steps"]]
    assert [each for each in ended_early if each[1]] == []
    assert record["left"] == []
