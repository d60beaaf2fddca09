"""The web application firewall before CloudFront: a rate limit, and AWS's lists of bad requests.

It blocks requests by rules that Bedboard did not write, so it logs what it blocked or would have
blocked: without a record nobody could find a request that it was wrong about.
"""

from typing import Final, Literal

from aws_cdk import ArnFormat, RemovalPolicy, Stack
from aws_cdk import aws_logs as logs
from aws_cdk import aws_wafv2 as waf
from constructs import Construct

MANAGED_RULES: Final = {
    # Sign-in codes of some issuers are longer than its 2,048 characters, and the functions
    # refuse what is too long themselves.
    "AWSManagedRulesCommonRuleSet": ("SizeRestrictions_QUERYSTRING", "SizeRestrictions_BODY"),
    "AWSManagedRulesKnownBadInputsRuleSet": (),
}
"""AWS's rule groups, each with the rules that only count requests and block none."""

PROTECTED: Final = {
    "SINGLE_HEADER": ["authorization", "cookie", "referer"],
    "QUERY_STRING": None,
    "BODY": None,
}
"""What the firewall looks at but never keeps: tokens, sign-in codes, the places people search near,
and what they type. In place of each, its log says `REDACTED`."""

RECORDED: Final = ("BLOCK", "COUNT", "EXCLUDED_AS_COUNT")
"""The actions that are logged. A request that no rule matches leaves nothing."""

ManagedRules = Literal["block", "count"]

_TOO_MANY: Final = "TooMany"


def firewall(
    scope: Construct,
    construct_id: str,
    *,
    name: str,
    requests_per_five_minutes: int,
    managed_rules: ManagedRules = "block",
) -> waf.CfnWebACL:
    """Return a firewall that limits the requests of each IP address to the API.

    Someone over the limit gets a problem document with status 429. AWS's rule groups block
    requests, or only count those that they would have blocked.
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
        _managed_rule_group(name, priority, group, managed_rules)
        for priority, group in enumerate(MANAGED_RULES, start=1)
    ]
    return waf.CfnWebACL(
        scope,
        construct_id,
        name=name,
        scope="CLOUDFRONT",
        default_action=waf.CfnWebACL.DefaultActionProperty(allow={}),
        rules=[rate_limit, *managed],
        # Unlike the redaction that a log has, this covers samples and details of a match as well.
        data_protection_config=waf.CfnWebACL.DataProtectionConfigProperty(
            data_protections=[
                waf.CfnWebACL.DataProtectProperty(
                    action="SUBSTITUTION",
                    field=waf.CfnWebACL.FieldToProtectProperty(field_type=kind, field_keys=keys),
                )
                for kind, keys in PROTECTED.items()
            ]
        ),
        custom_response_bodies={
            _TOO_MANY: waf.CfnWebACL.CustomResponseBodyProperty(
                content_type="APPLICATION_JSON",
                content='{"type":"about:blank","title":"Too many requests","status":429,'
                '"detail":"Too many requests came from your network. Try again in five minutes."}',
            )
        },
        visibility_config=_visibility(name),
    )


def firewall_log(
    scope: Construct, construct_id: str, *, web_acl: waf.CfnWebACL, name: str
) -> waf.CfnLoggingConfiguration:
    """Log for a week which rule matched which request, and from which IP address."""
    # WAF accepts no other beginning of the name.
    log_group = logs.LogGroup(
        scope,
        f"{construct_id}Group",
        log_group_name=f"aws-waf-logs-{name}",
        retention=logs.RetentionDays.ONE_WEEK,
        removal_policy=RemovalPolicy.DESTROY,
    )
    # The CDK's own ARN of a log group ends with `:*`, which WAF refuses.
    arn = Stack.of(scope).format_arn(
        service="logs",
        resource="log-group",
        resource_name=log_group.log_group_name,
        arn_format=ArnFormat.COLON_RESOURCE_NAME,
    )
    return waf.CfnLoggingConfiguration(
        scope,
        construct_id,
        resource_arn=web_acl.attr_arn,
        log_destination_configs=[arn],
        # The CDK passes on this property as it is.
        logging_filter={
            "DefaultBehavior": "DROP",
            "Filters": [
                {
                    "Behavior": "KEEP",
                    "Requirement": "MEETS_ANY",
                    "Conditions": [{"ActionCondition": {"Action": each}} for each in RECORDED],
                }
            ],
        },
    )


def _managed_rule_group(
    name: str, priority: int, group: str, managed_rules: ManagedRules
) -> waf.CfnWebACL.RuleProperty:
    """Apply a rule group that AWS maintains, counting only for the rules listed above."""
    blocks = managed_rules == "block"
    return waf.CfnWebACL.RuleProperty(
        name=group,
        priority=priority,
        override_action=waf.CfnWebACL.OverrideActionProperty(
            none={} if blocks else None, count=None if blocks else {}
        ),
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
        # Samples would be of requests that no rule matches, too.
        sampled_requests_enabled=False,
    )
