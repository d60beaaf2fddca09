"""The app writes valid templates, and explains in one line why it cannot."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from aws_cdk.assertions import Template

from infra.app import _build_pages
from infra.council.load import ROOT
from infra.council.model import Council
from infra.site.edge import EdgeStack
from tests.infra.stack_template import Synth, scratch_app

CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"
OWN_ISSUER = {
    "oidc_issuer": "https://login.example.org/tenant/v2.0",
    "oidc_client_id": "bedboard",
    "oidc_groups_claim": "groups",
}
RETURN = "http://localhost:8000/"


COUNCILS: dict[str, dict[str, Any]] = {
    "defaults": {},
    "domain": {
        "search_access": "public",
        "domain": "beds.example.org",
        "certificate_arn": CERTIFICATE,
    },
    "no-site": {"site": False, "callback_urls": [RETURN], "logout_urls": [RETURN]},
    "firewall-and-issuer": {"waf": True, **OWN_ISSUER},
}
"""Settings of councils whose templates differ most."""


def test_cfn_lint_accepts_the_templates(synth: Synth, tmp_path: Path) -> None:
    """Lint all templates in one process, since most of the time goes into loading the rules."""
    edge_settings = {"waf": True, "monthly_budget_usd": 25, "alarm_email": "us@example.org"}
    council = Council.model_validate({"slug": "ours", "name": "Our Council", **edge_settings})
    templates = {name: synth(**settings).document for name, settings in COUNCILS.items()}
    templates["edge"] = dict(
        Template.from_stack(EdgeStack(scratch_app(), council=council)).to_json()
    )
    files = []
    for name, template in templates.items():
        files.append(tmp_path / f"{name}.template.json")
        files[-1].write_text(json.dumps(template), encoding="utf-8")
    cfn_lint = Path(sys.executable).with_name("cfn-lint")
    process = subprocess.run([cfn_lint, *files], capture_output=True, text=True, check=False)  # noqa: S603
    assert (process.stdout, process.returncode) == ("", 0)


def test_an_unknown_council_gets_a_message_of_one_line(tmp_path: Path) -> None:
    variables = {"CDK_CONTEXT_JSON": '{"council": "nowhere"}', "CDK_OUTDIR": str(tmp_path)}
    process = subprocess.run(
        [sys.executable, "-m", "infra.app"],
        cwd=ROOT,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 1
    assert process.stderr.startswith("there is no file nowhere.toml in ")
    assert len(process.stderr.splitlines()) == 1
    assert not list(tmp_path.iterdir())


def test_the_published_pages_have_the_backdrop_of_the_map(tmp_path: Path) -> None:
    (assets,) = (_build_pages(tmp_path / "web", "") / "assets").iterdir()
    assert (assets / "backdrop" / "index.json").is_file()
    assert (assets / "backdrop" / "EX.json").is_file()
