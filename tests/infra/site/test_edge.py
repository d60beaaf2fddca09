"""Firewall and budget are in us-east-1, and exist only if a council wants them."""

from typing import Any

import pytest
from aws_cdk import App
from aws_cdk.assertions import Template

from infra import deploy
from infra.council.model import Council
from infra.site.edge import EdgeStack
from tests.infra.stack_template import StackTemplate, Synth

ARN = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/ours/1"
EMAIL = {"alarm_email": "us@example.org"}


def council(**settings: Any) -> Council:
    return Council.model_validate({"slug": "ours", "name": "Our Council", **settings})


def edge(**settings: Any) -> StackTemplate:
    stack = EdgeStack(App(), council=council(**settings))
    return StackTemplate(dict(Template.from_stack(stack).to_json()))


def test_without_firewall_and_budget_there_is_no_edge_stack(synth: Synth) -> None:
    assert not EdgeStack.is_needed(council())
    assert "WebAclArn" not in synth().document.get("Parameters", {})


def test_an_address_over_the_rate_limit_gets_status_429() -> None:
    rules = edge(waf=True, waf_requests_per_five_minutes=500).properties("WAFv2::WebACL")["Rules"]
    first = min(rules, key=lambda each: each["Priority"])
    assert first["Statement"]["RateBasedStatement"] == {
        "AggregateKeyType": "IP",
        "Limit": 500,
        "EvaluationWindowSec": 300,
        # A page is some fifty files that CloudFront caches, so only the API counts.
        "ScopeDownStatement": {
            "ByteMatchStatement": {
                "FieldToMatch": {"UriPath": {}},
                "PositionalConstraint": "STARTS_WITH",
                "SearchString": "/api/",
                "TextTransformations": [{"Priority": 0, "Type": "NONE"}],
            }
        },
    }
    assert first["Action"]["Block"]["CustomResponse"]["ResponseCode"] == 429


def test_the_rate_limit_allows_a_hospital_behind_one_address() -> None:
    """Three hundred people each send a request every ten seconds."""
    assert council().waf_requests_per_five_minutes >= 300 * 30


def test_managed_rules_do_not_block_long_requests() -> None:
    """Some issuers return a sign-in code of more than 2,048 characters."""
    rules = edge(waf=True).properties("WAFv2::WebACL")["Rules"]
    lists = {
        managed["Name"]: managed
        for each in rules
        if (managed := each["Statement"].get("ManagedRuleGroupStatement"))
    }
    assert set(lists) == {"AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet"}
    overridden = lists["AWSManagedRulesCommonRuleSet"]["RuleActionOverrides"]
    assert {each["Name"]: each["ActionToUse"] for each in overridden} == {
        "SizeRestrictions_QUERYSTRING": {"Count": {}},
        "SizeRestrictions_BODY": {"Count": {}},
    }
    assert "RuleActionOverrides" not in lists["AWSManagedRulesKnownBadInputsRuleSet"]


def test_the_firewall_protects_cloudfront_and_samples_no_requests() -> None:
    firewall = edge(waf=True).properties("WAFv2::WebACL")
    assert firewall["Scope"] == "CLOUDFRONT"
    assert firewall["DefaultAction"] == {"Allow": {}}
    parts = [firewall, *firewall["Rules"]]
    assert not any(each["VisibilityConfig"]["SampledRequestsEnabled"] for each in parts)


def test_the_site_uses_the_firewall_of_its_parameter(synth: Synth) -> None:
    template = synth(waf=True)
    assert "Default" not in template.document["Parameters"]["WebAclArn"]
    config = template.properties("CloudFront::Distribution")["DistributionConfig"]
    assert config["WebACLId"] == {"Ref": "WebAclArn"}


def test_operators_get_email_before_and_after_the_budget_is_exceeded() -> None:
    budget = edge(monthly_budget_usd=25, **EMAIL).properties("Budgets::Budget")
    assert budget["Budget"]["BudgetLimit"] == {"Amount": 25, "Unit": "USD"}
    notifications = budget["NotificationsWithSubscribers"]
    assert {each["Notification"]["NotificationType"] for each in notifications} == {
        "FORECASTED",
        "ACTUAL",
    }
    assert {s["Address"] for each in notifications for s in each["Subscribers"]} == {
        "us@example.org"
    }


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
            {"monthly_budget_usd": 25, **EMAIL},
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
    deploy.deploy("ours", council(**settings), ["--yes"])
    assert runs == commands
