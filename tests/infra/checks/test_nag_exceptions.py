"""cdk-nag finds nothing that is not acknowledged; and a finding stops the synthesis."""

import json
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App
from aws_cdk import aws_sns as sns

from infra.checks.nag_exceptions import acknowledged, check
from infra.council.load import ROOT
from infra.council.model import Council
from infra.site.edge import EdgeStack
from infra.stack import BedboardStack

CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"
SMALLEST: dict[str, Any] = {
    "site": False,
    "callback_urls": ["http://localhost/"],
    "logout_urls": ["http://localhost/"],
}


def council(**settings: Any) -> Council:
    return Council.model_validate({"slug": "ours", "name": "Our Council", **settings})


def app_of(ours: Council, folder: Path) -> tuple[App, BedboardStack]:
    layer, pages = folder / "layer", folder / "pages"
    (pages / "assets" / "0123").mkdir(parents=True)
    (pages / "index.html").write_text("")
    layer.mkdir()
    # As the CDK's command line has it: some of it changes how resources are written.
    context = json.loads((ROOT / "cdk.json").read_text("utf-8"))["context"]
    app = App(outdir=str(folder / "out"), context=context)
    stack = BedboardStack(
        app,
        council=ours,
        layer=layer,
        functions=layer,
        pages=pages if ours.site else None,
    )
    if EdgeStack.is_asked_for(ours):
        EdgeStack(app, council=ours)
    return app, stack


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
    ids=["public and told of alarms", "with a firewall and an issuer of its own"],
)
def test_no_finding_is_left(tmp_path: Path, settings: dict[str, Any]) -> None:
    ours = council(**settings)
    app, stack = app_of(ours, tmp_path)
    check(app, stack, ours)
    app.synth()


def test_a_new_finding_stops_the_synthesis(tmp_path: Path) -> None:
    ours = council(**SMALLEST)
    app, stack = app_of(ours, tmp_path)
    sns.Topic(stack, "InTheClear")
    check(app, stack, ours)
    with pytest.raises(RuntimeError, match="ValidationFailed") as stopped:
        app.synth()
    assert "AwsSolutions-SNS3" in str(stopped.value)


def test_every_acknowledgement_says_why() -> None:
    for each in acknowledged(council()):
        assert len(each.why.split()) > 4, each
