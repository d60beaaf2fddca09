"""Deploying brings up the firewall first, and passes its ARN to the main stack."""

from typing import Any

import pytest

from infra import deploy
from infra.council.model import Council

ARN = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/ours/1"


@pytest.mark.parametrize(
    ("settings", "commands"),
    [
        ({}, [["Bedboard", "--exclusively", "--yes"]]),
        (
            {"waf": True},
            [
                ["Edge", "--outputs-file", "--yes"],
                ["Bedboard", "--exclusively", "--parameters", f"WebAclArn={ARN}", "--yes"],
            ],
        ),
        (
            {"monthly_budget_usd": 25, "alarm_email": "us@example.org"},
            # The site lets go of an earlier firewall before that is deleted.
            [["Bedboard", "--exclusively", "--yes"], ["Edge", "--yes"]],
        ),
    ],
    ids=["neither", "a firewall", "a budget"],
)
def test_deploy_passes_the_firewalls_arn_on(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, Any], commands: list[list[str]]
) -> None:
    runs: list[list[str]] = []

    def run(command: list[str], **_: Any) -> None:
        after = command.index("deploy") + 1
        stack, flag, name, *options = command[after:]
        assert (flag, name) == ("-c", "council=ours")
        if "--outputs-file" in options:
            file = options.pop(1)
            with open(file, "w") as outputs:  # noqa: PTH123 - the CDK gets a name
                outputs.write(f'{{"bedboard-ours-edge": {{"WebAclArn": "{ARN}"}}}}')
        runs.append([stack, *options])

    monkeypatch.setattr("infra.deploy.subprocess.run", run)
    council = Council.model_validate({"slug": "ours", "name": "Our Council", **settings})
    deploy.deploy("ours", council, ["--yes"])
    assert runs == commands
