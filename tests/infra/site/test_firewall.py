"""The firewall limits each address and blocks known bad requests, but not whole hospitals."""

import json
from typing import Any

from aws_cdk import Stack
from aws_cdk.assertions import Template

from infra.council.model import Council
from infra.site.firewall import ManagedRules, firewall, firewall_log
from tests.infra.stack_template import StackTemplate, scratch_app
from tests.support.synthesis_cache import kept


def edge(
    requests_per_five_minutes: int = 10_000, managed_rules: ManagedRules = "block"
) -> StackTemplate:
    """Return the template of a firewall and its log."""

    def synthesise() -> dict[str, Any]:
        stack = Stack(scratch_app(), "Edge")
        web_acl = firewall(
            stack,
            "Firewall",
            name="ours",
            requests_per_five_minutes=requests_per_five_minutes,
            managed_rules=managed_rules,
        )
        firewall_log(stack, "Log", web_acl=web_acl, name="ours")
        return dict(Template.from_stack(stack).to_json())

    return StackTemplate(kept(f"edge {requests_per_five_minutes} {managed_rules}", synthesise))


def web_acl(requests_per_five_minutes: int = 10_000, managed_rules: ManagedRules = "block") -> Any:
    """Return the properties of a firewall."""
    return edge(requests_per_five_minutes, managed_rules).properties("WAFv2::WebACL")


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


def test_no_record_of_the_firewall_holds_a_query_a_token_or_a_body() -> None:
    protections = web_acl()["DataProtectionConfig"]["DataProtections"]
    fields = [each["Field"] for each in protections]
    assert {"FieldType": "QUERY_STRING"} in fields
    assert {"FieldType": "BODY"} in fields
    (headers,) = (each["FieldKeys"] for each in fields if each["FieldType"] == "SINGLE_HEADER")
    assert {"authorization", "cookie", "referer"} <= set(headers)
    # The exceptions would let the matched part of a query into the log after all.
    assert all(set(each) == {"Action", "Field"} for each in protections)
    assert {each["Action"] for each in protections} == {"SUBSTITUTION"}


def test_what_a_rule_blocked_or_counted_is_logged_for_a_week() -> None:
    template = edge()
    group = template.properties("Logs::LogGroup")
    assert group["LogGroupName"] == "aws-waf-logs-ours"
    assert group["RetentionInDays"] == 7
    logging = template.properties("WAFv2::LoggingConfiguration")
    web_acl = template.logical_id("WAFv2::WebACL")
    assert logging["ResourceArn"] == {"Fn::GetAtt": [web_acl, "Arn"]}
    kept = logging["LoggingFilter"]
    assert kept["DefaultBehavior"] == "DROP"
    (kept,) = kept["Filters"]
    assert (kept["Behavior"], kept["Requirement"]) == ("KEEP", "MEETS_ANY")
    actions = {each["ActionCondition"]["Action"] for each in kept["Conditions"]}
    assert actions == {"BLOCK", "COUNT", "EXCLUDED_AS_COUNT"}


def test_the_log_is_named_by_an_arn_that_the_firewall_accepts() -> None:
    template = edge()
    (arn,) = template.properties("WAFv2::LoggingConfiguration")["LogDestinationConfigs"]
    group = {"Ref": template.logical_id("Logs::LogGroup")}
    # An ARN with `:*` at its end, as `Fn::GetAtt` gives it, is refused.
    assert arn["Fn::Join"][1][-1] == group
    assert json.dumps(arn).count("log-group:") == 1


def test_managed_rules_can_count_before_they_block() -> None:
    rules: list[ManagedRules] = ["block", "count"]
    for setting, override in zip(rules, ("None", "Count"), strict=True):
        rate, *managed = web_acl(managed_rules=setting)["Rules"]
        assert [each["OverrideAction"] for each in managed] == [{override: {}}] * 2
        assert "Block" in rate["Action"]
