"""Every finding of cdk-nag is accepted with a reason; any other fails the synthesis."""

import json
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App
from aws_cdk import aws_sns as sns

from infra.app import add_stacks
from infra.checks.nag_exceptions import accepted_findings, add_checks
from infra.council.load import ROOT
from infra.council.model import Council
from infra.council_stack import CouncilStack
from tests.support.synthesis_cache import kept

CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"
SMALLEST: dict[str, Any] = {
    "site": False,
    "callback_urls": ["http://localhost/"],
    "logout_urls": ["http://localhost/"],
}


def council(**settings: Any) -> Council:
    return Council.model_validate({"slug": "ours", "name": "Our Council", **settings})


def build_app(ours: Council, folder: Path) -> tuple[App, list[CouncilStack]]:
    layer, pages = folder / "layer", folder / "pages"
    (pages / "assets" / "0123").mkdir(parents=True)
    (pages / "index.html").write_text("")
    layer.mkdir()
    # As the CDK's command line has it: some of it changes how resources are template.
    context = json.loads((ROOT / "cdk.json").read_text("utf-8"))["context"]
    app = App(outdir=str(folder / "out"), context=context)
    stacks = add_stacks(app, ours, layer=layer, code=layer, pages=pages if ours.site else None)
    return app, stacks


def findings(folder: Path, settings: dict[str, Any], *, topic_in: str = "") -> str:
    """Return why the synthesis fails, if it does; with `topic_in`, a stack has a faulty topic."""

    def synthesise() -> str:
        ours = council(**settings)
        app, stacks = build_app(ours, folder)
        for stack in stacks:
            if stack.node.id == topic_in:
                sns.Topic(stack, "InTheClear")
        add_checks(app, stacks, ours)
        try:
            app.synth(force=True)
        except RuntimeError as error:  # the CDK raises nothing narrower
            return str(error)
        return ""

    report: str = kept(json.dumps(["findings", settings, topic_in]), synthesise)
    return report


@pytest.mark.parametrize(
    "settings",
    [
        {"search_access": "public", "alarm_email": "us@example.org", "monthly_budget_usd": 5},
        {
            "waf": True,
            "domain": "beds.example.org",
            "certificate_arn": CERTIFICATE,
            "oidc_issuer": "https://login.example.org",
            "oidc_client_id": "bedboard",
            "oidc_groups_claim": "groups",
            "reminder_times": ["09:30"],
        },
    ],
    ids=["public, with alarms and a budget", "with a firewall and its own issuer"],
)
def test_cdk_nag_has_no_unaccepted_finding(tmp_path: Path, settings: dict[str, Any]) -> None:
    assert findings(tmp_path, settings) == ""


@pytest.mark.parametrize("part", ["Data", "App"])
def test_a_new_finding_fails_the_synthesis(tmp_path: Path, part: str) -> None:
    report = findings(tmp_path, SMALLEST, topic_in=part)
    assert "ValidationFailed" in report
    assert "AwsSolutions-SNS3" in report


def test_every_accepted_finding_has_a_reason() -> None:
    for finding in accepted_findings(council()):
        assert len(finding.reason.split()) > 4, finding
