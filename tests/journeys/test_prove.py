"""The claims of `bedboard prove` hold through the template's own distribution."""

import json
from pathlib import Path

from typer.testing import CliRunner

from claims.ledger import Outcome
from cli.main import app
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
