"""The web application firewall before CloudFront: a rate limit, and AWS's lists of bad requests."""

from typing import Final

from aws_cdk import aws_wafv2 as waf
from constructs import Construct

MANAGED_RULES: Final = {
    # Sign-in codes of some issuers are longer than its 2,048 characters, and the functions
    # refuse what is too long themselves.
    "AWSManagedRulesCommonRuleSet": ("SizeRestrictions_QUERYSTRING", "SizeRestrictions_BODY"),
    "AWSManagedRulesKnownBadInputsRuleSet": (),
}
"""AWS's rule groups, each with the rules that only count requests and block none."""

_TOO_MANY: Final = "TooMany"


def firewall(
    scope: Construct, construct_id: str, *, name: str, requests_per_five_minutes: int
) -> waf.CfnWebACL:
    """Return a firewall that limits the requests of each IP address to the API.

    Someone over the limit gets a problem document with status 429.
    """
    rate_limit = waf.CfnWebACL.RuleProperty(
        name="TooManyOfOneAddress",
        priority=0,
        action=waf.CfnWebACL.RuleActionProperty(
            block=waf.CfnWebACL.BlockActionProperty(
                custom_response=waf.CfnWebACL.CustomResponseProperty(
                    response_code=429, custom_response_body_key=_TOO_MANY
                )
            )
        ),
        statement=waf.CfnWebACL.StatementProperty(
            rate_based_statement=waf.CfnWebACL.RateBasedStatementProperty(
                aggregate_key_type="IP",
                limit=requests_per_five_minutes,
                evaluation_window_sec=300,
                scope_down_statement=_requests_to_the_api(),
            )
        ),
        visibility_config=_visibility(f"{name}-rate"),
    )
    managed = [
        _managed_rule_group(name, priority, group)
        for priority, group in enumerate(MANAGED_RULES, start=1)
    ]
    return waf.CfnWebACL(
        scope,
        construct_id,
        name=name,
        scope="CLOUDFRONT",
        default_action=waf.CfnWebACL.DefaultActionProperty(allow={}),
        rules=[rate_limit, *managed],
        custom_response_bodies={
            _TOO_MANY: waf.CfnWebACL.CustomResponseBodyProperty(
                content_type="APPLICATION_JSON",
                content='{"type":"about:blank","title":"Too many requests","status":429,'
                '"detail":"Too many requests came from your network. Try again in five minutes."}',
            )
        },
        visibility_config=_visibility(name),
    )


def _managed_rule_group(name: str, priority: int, group: str) -> waf.CfnWebACL.RuleProperty:
    """Apply a rule group that AWS maintains, counting only for the rules listed above."""
    return waf.CfnWebACL.RuleProperty(
        name=group,
        priority=priority,
        override_action=waf.CfnWebACL.OverrideActionProperty(none={}),
        statement=waf.CfnWebACL.StatementProperty(
            managed_rule_group_statement=waf.CfnWebACL.ManagedRuleGroupStatementProperty(
                vendor_name="AWS",
                name=group,
                rule_action_overrides=[
                    waf.CfnWebACL.RuleActionOverrideProperty(
                        name=rule, action_to_use=waf.CfnWebACL.RuleActionProperty(count={})
                    )
                    for rule in MANAGED_RULES[group]
                ]
                or None,
            )
        ),
        visibility_config=_visibility(f"{name}-{group}"),
    )


def _requests_to_the_api() -> waf.CfnWebACL.StatementProperty:
    """Match the API only. A page is some fifty files, so many first visits are not an attack."""
    return waf.CfnWebACL.StatementProperty(
        byte_match_statement=waf.CfnWebACL.ByteMatchStatementProperty(
            field_to_match=waf.CfnWebACL.FieldToMatchProperty(uri_path={}),
            positional_constraint="STARTS_WITH",
            search_string="/api/",
            text_transformations=[
                waf.CfnWebACL.TextTransformationProperty(priority=0, type="NONE")
            ],
        )
    )


def _visibility(metric_name: str) -> waf.CfnWebACL.VisibilityConfigProperty:
    return waf.CfnWebACL.VisibilityConfigProperty(
        cloud_watch_metrics_enabled=True,
        metric_name=metric_name,
        # Samples would hold whole requests, with tokens and the places people searched near.
        sampled_requests_enabled=False,
    )
