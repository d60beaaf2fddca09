"""Firewall and budget are where AWS keeps them, and only where a council asks for them."""

from typing import Any

import pytest
from aws_cdk import App
from aws_cdk.assertions import Template

from infra import deploy
from infra.council.model import Council
from infra.site.edge import EdgeStack
from tests.infra.written import Write, Written

ARN = "arn:aws:wafv2:us-east-1:123456789012:global/webacl/ours/1"
EMAIL = {"alarm_email": "us@example.org"}


def council(**settings: Any) -> Council:
    return Council.model_validate({"slug": "ours", "name": "Our Council", **settings})


def edge(**settings: Any) -> Written:
    stack = EdgeStack(App(), council=council(**settings))
    return Written(dict(Template.from_stack(stack).to_json()))


def test_a_council_that_asks_for_neither_has_no_second_stack(write: Write) -> None:
    assert not EdgeStack.is_asked_for(council())
    assert "WebAclArn" not in write().template.get("Parameters", {})


def test_one_address_may_send_so_much_and_is_then_told_to_wait() -> None:
    rules = edge(waf=True, waf_requests_per_five_minutes=500).one("WAFv2::WebACL")["Rules"]
    first = min(rules, key=lambda each: each["Priority"])
    assert first["Statement"]["RateBasedStatement"] == {
        "AggregateKeyType": "IP",
        "Limit": 500,
        "EvaluationWindowSec": 300,
        # A page is some fifty files, and CloudFront has them: what is counted is what costs.
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


def test_a_whole_hospital_behind_one_address_can_search() -> None:
    """Three hundred people, each with a request every ten seconds."""
    assert council().waf_requests_per_five_minutes >= 300 * 30


def test_awss_lists_refuse_nothing_for_its_length_alone() -> None:
    """A sign-in comes back with a code of more than 2048 characters from some issuers."""
    rules = edge(waf=True).one("WAFv2::WebACL")["Rules"]
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


def test_the_firewall_stands_before_cloudfront_and_remembers_no_request() -> None:
    firewall = edge(waf=True).one("WAFv2::WebACL")
    assert firewall["Scope"] == "CLOUDFRONT"
    assert firewall["DefaultAction"] == {"Allow": {}}
    everything = [firewall, *firewall["Rules"]]
    assert not any(each["VisibilityConfig"]["SampledRequestsEnabled"] for each in everything)


def test_the_site_takes_the_firewall_that_it_is_handed(write: Write) -> None:
    written = write(waf=True)
    assert "Default" not in written.template["Parameters"]["WebAclArn"]
    config = written.one("CloudFront::Distribution")["DistributionConfig"]
    assert config["WebACLId"] == {"Ref": "WebAclArn"}


def test_the_team_is_told_before_a_month_exceeds_its_budget_and_when_it_has() -> None:
    budget = edge(monthly_budget_usd=25, **EMAIL).one("Budgets::Budget")
    assert budget["Budget"]["BudgetLimit"] == {"Amount": 25, "Unit": "USD"}
    told = budget["NotificationsWithSubscribers"]
    assert {each["Notification"]["NotificationType"] for each in told} == {"FORECASTED", "ACTUAL"}
    assert {s["Address"] for each in told for s in each["Subscribers"]} == {"us@example.org"}


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
            # A firewall that was there before is let go of before it is deleted.
            [["Bedboard", "--exclusively", "--yes"], ["Edge", "--yes"]],
        ),
    ],
    ids=["neither", "a firewall", "a budget"],
)
def test_deploying_hands_the_firewall_over(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, Any], commands: list[list[str]]
) -> None:
    ran: list[list[str]] = []

    def run(command: list[str], **_: Any) -> None:
        after = command.index("deploy") + 1
        stack, flag, name, *options = command[after:]
        assert (flag, name) == ("-c", "council=ours")
        if "--outputs-file" in options:
            file = options.pop(1)
            with open(file, "w") as outputs:  # noqa: PTH123 - a name is what the CDK is given
                outputs.write(f'{{"bedboard-ours-edge": {{"WebAclArn": "{ARN}"}}}}')
        ran.append([stack, *options])

    monkeypatch.setattr("infra.deploy.subprocess.run", run)
    deploy.deploy("ours", council(**settings), ["--yes"])
    assert ran == commands
