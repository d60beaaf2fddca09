"""The firewall limits each address and blocks known bad requests, but not whole hospitals."""

from typing import Any

from aws_cdk import Stack
from aws_cdk.assertions import Template

from infra.council.model import Council
from infra.site.firewall import firewall
from tests.infra.stack_template import StackTemplate, scratch_app


def web_acl(requests_per_five_minutes: int = 10_000) -> Any:
    """Return the properties of a firewall."""
    stack = Stack(scratch_app(), "Edge")
    firewall(stack, "Firewall", name="ours", requests_per_five_minutes=requests_per_five_minutes)
    template = StackTemplate(dict(Template.from_stack(stack).to_json()))
    return template.properties("WAFv2::WebACL")


def test_an_address_over_the_rate_limit_gets_status_429() -> None:
    rules = web_acl(500)["Rules"]
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
    council = Council.model_validate({"slug": "ours", "name": "Our Council"})
    assert council.waf_requests_per_five_minutes >= 300 * 30


def test_managed_rules_do_not_block_long_requests() -> None:
    """Some issuers return a sign-in code of more than 2,048 characters."""
    rules = web_acl()["Rules"]
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
    firewall = web_acl()
    assert firewall["Scope"] == "CLOUDFRONT"
    assert firewall["DefaultAction"] == {"Allow": {}}
    parts = [firewall, *firewall["Rules"]]
    assert not any(each["VisibilityConfig"]["SampledRequestsEnabled"] for each in parts)
