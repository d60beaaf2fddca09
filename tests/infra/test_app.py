"""The app writes what CloudFormation takes, and says in a line why it cannot."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from infra.settings import ROOT
from tests.infra.written import Write

CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"
RETURN = "http://localhost:8000/"


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"search_access": "public", "domain": "beds.example.org", "certificate_arn": CERTIFICATE},
        {"site": False, "callback_urls": [RETURN], "logout_urls": [RETURN]},
    ],
    ids=["as it comes", "with a domain", "without a site"],
)
def test_cfn_lint_accepts_the_template(
    write: Write, tmp_path: Path, settings: dict[str, Any]
) -> None:
    path = tmp_path / "bedboard.template.json"
    path.write_text(json.dumps(write(**settings).template), encoding="utf-8")
    cfn_lint = Path(sys.executable).with_name("cfn-lint")
    linted = subprocess.run([cfn_lint, path], capture_output=True, text=True, check=False)  # noqa: S603
    assert (linted.stdout, linted.returncode) == ("", 0)


def test_an_unknown_council_is_told_of_in_one_line(tmp_path: Path) -> None:
    asked = {"CDK_CONTEXT_JSON": '{"council": "nowhere"}', "CDK_OUTDIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "infra.app"],
        cwd=ROOT,
        env={**os.environ, **asked},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("there is no nowhere.toml in ")
    assert len(done.stderr.splitlines()) == 1
    assert not list(tmp_path.iterdir())
