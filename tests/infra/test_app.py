"""The app writes valid templates, and explains in one line why it cannot."""

import json
import os
import subprocess
import sys
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import CfnResource, Stack
from aws_cdk.assertions import Template

from infra.app import _build_pages, add_stacks
from infra.council.load import ROOT
from infra.council.model import Council
from infra.council_stack import COUNCIL_TAG
from subscribe import systems
from tests.infra.stack_template import SynthStacks, scratch_app
from tests.support.synthesis_cache import kept

LINTED = ROOT / "build" / "linted"
"""Templates that cfn-lint has accepted, by their content: it needs seconds for each."""

CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"
OWN_ISSUER = {
    "oidc_issuer": "https://login.example.org/tenant/v2.0",
    "oidc_client_id": "bedboard",
    "oidc_groups_claim": "groups",
}
RETURN = "http://localhost:8000/"


COUNCILS: dict[str, dict[str, Any]] = {
    "defaults": {},
    "everything": {
        "region": "eu-west-1",
        "local_authorities": ["Exampleshire"],
        "search_access": "public",
        "discharge_teams": "one",
        "domain": "beds.example.org",
        "certificate_arn": CERTIFICATE,
        "contact": "Someone",
        "privacy_url": "https://www.example.org/privacy",
        "accessibility_url": "https://www.example.org/accessibility",
        "colour": "#00504b",
        "map_tiles_url": "https://{s}.tiles.example.org/{z}/{x}/{y}.png",
        "map_attribution": "Someone",
        "email_from": "beds@example.org",
        "sms_sender_id": "Bedboard",
        "alarm_email": "us@example.org",
        "reminder_times": ["09:30", "14:00"],
        "log_retention_days": 30,
        "change_retention_days": 0,
        "monthly_budget_usd": 25,
        "permissions_boundary": "arn:aws:iam::123456789012:policy/boundary",
        "second_step_for": "everyone",
        "waf": True,
        "waf_requests_per_five_minutes": 500,
        "waf_managed_rules": "count",
        "throttle_requests_per_second": 5,
        "throttle_burst": 6,
    },
    "no-site": {
        "site": False,
        "callback_urls": [RETURN],
        "logout_urls": [RETURN],
        "admin_sign_in": True,
        "second_step_for": "nobody",
    },
    "own-issuer": {**OWN_ISSUER, "oidc_scope": "openid api://bedboard/use"},
}
"""Settings of councils whose templates differ most."""


def test_every_setting_is_tried_in_a_template_that_is_linted() -> None:
    tried = {name for settings in COUNCILS.values() for name in settings}
    assert set(Council.model_fields) - tried == {"slug", "name"}


def test_cfn_lint_accepts_the_templates(synth_stacks: SynthStacks, tmp_path: Path) -> None:
    """Lint all templates in one process, since half of the time goes into loading the rules."""
    templates = {
        f"{name}-{stack}": template.document
        for name, settings in COUNCILS.items()
        for stack, template in synth_stacks(**settings).items()
    }
    accepted, files = {}, []
    for name, template in templates.items():
        text = json.dumps(template, sort_keys=True)
        accepted[_accepted(text)] = name
        if not _accepted(text).is_file():
            files.append(tmp_path / f"{name}.template.json")
            files[-1].write_text(text, encoding="utf-8")
    if files:
        cfn_lint = Path(sys.executable).with_name("cfn-lint")
        process = subprocess.run([cfn_lint, *files], capture_output=True, text=True, check=False)
        assert (process.stdout, process.returncode) == ("", 0)
    for stamp, name in accepted.items():
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text(name, encoding="utf-8")


def _accepted(template: str) -> Path:
    """Return the file that exists once this version of cfn-lint has accepted the template."""
    return LINTED / sha256(f"{version('cfn-lint')} {template}".encode()).hexdigest()


def test_a_resource_that_does_not_fit_its_schema_is_never_synthesised() -> None:
    """So each test of a template is a test of it against CloudFormation's own schemas."""

    def synthesise() -> str:
        stack = Stack(scratch_app(), "Faulty")
        CfnResource(stack, "Queue", type="AWS::SQS::Queue", properties={"RetentionDays": 14})
        with pytest.raises(RuntimeError) as refusal:
            Template.from_stack(stack)
        return str(refusal.value)

    assert "ValidationFailed" in kept("what does not fit its schema", synthesise)


def test_every_stack_has_the_tag_of_its_council(tmp_path: Path) -> None:
    """CloudFormation gives it to every resource; `subscribe` gives it to the topics it makes."""
    assert COUNCIL_TAG == systems.COUNCIL_TAG
    (tmp_path / "index.html").touch()

    def synthesise() -> dict[str, Any]:
        council = Council(slug="ours", name="Our Council", **COUNCILS["everything"])
        app = scratch_app()
        add_stacks(app, council, code=tmp_path, layer=tmp_path, pages=tmp_path)
        return {each.id: dict(each.tags) for each in app.synth().stacks}

    tags = kept("tags", synthesise)
    assert tags == {name: {COUNCIL_TAG: "ours"} for name in ("Data", "Firewall", "App", "Budget")}


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
