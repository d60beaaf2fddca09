"""Firewall and budget are in us-east-1, and exist only if a council wants them."""

from typing import Any

from aws_cdk.assertions import Template

from infra.council.model import Council
from infra.site.edge import EdgeStack
from tests.infra.stack_template import StackTemplate, Synth, scratch_app

EMAIL = {"alarm_email": "us@example.org"}


def council(**settings: Any) -> Council:
    return Council.model_validate({"slug": "ours", "name": "Our Council", **settings})


def edge(**settings: Any) -> StackTemplate:
    stack = EdgeStack(scratch_app(), council=council(**settings))
    return StackTemplate(dict(Template.from_stack(stack).to_json()))


def test_without_firewall_and_budget_there_is_no_edge_stack(synth: Synth) -> None:
    assert not EdgeStack.is_needed(council())
    assert "WebAclArn" not in synth().document.get("Parameters", {})


def test_the_edge_stack_exports_a_firewall_with_the_councils_rate_limit() -> None:
    template = edge(waf=True, waf_requests_per_five_minutes=500)
    rate_limit, *_ = template.properties("WAFv2::WebACL")["Rules"]
    assert rate_limit["Statement"]["RateBasedStatement"]["Limit"] == 500
    web_acl = template.logical_id("WAFv2::WebACL")
    assert template.document["Outputs"]["WebAclArn"]["Value"] == {"Fn::GetAtt": [web_acl, "Arn"]}


def test_a_council_can_try_the_managed_rules_before_they_block() -> None:
    for settings, override in ({}, "None"), ({"waf_managed_rules": "count"}, "Count"):
        _, *managed = edge(waf=True, **settings).properties("WAFv2::WebACL")["Rules"]
        assert {name for each in managed for name in each["OverrideAction"]} == {override}


def test_the_firewalls_of_two_councils_have_their_own_logs() -> None:
    names = {
        edge(waf=True, slug=slug).properties("Logs::LogGroup")["LogGroupName"]
        for slug in ("ours", "theirs")
    }
    assert names == {"aws-waf-logs-bedboard-ours", "aws-waf-logs-bedboard-theirs"}


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
