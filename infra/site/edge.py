"""What AWS keeps in us-east-1 of a council's Bedboard: firewall before CloudFront, and budget."""

from typing import Final

from aws_cdk import CfnOutput, Environment, Stack
from aws_cdk import aws_budgets as budgets
from aws_cdk import aws_wafv2 as waf
from constructs import Construct

from infra.council.model import Council

REGION: Final = "us-east-1"

MANAGED_RULES: Final = {
    # Some issuers' sign-in codes are longer than its 2,048 characters, and the functions
    # themselves refuse what is too long.
    "AWSManagedRulesCommonRuleSet": ("SizeRestrictions_QUERYSTRING", "SizeRestrictions_BODY"),
    "AWSManagedRulesKnownBadInputsRuleSet": (),
}
"""AWS's lists, and what of each is only counted."""

TOO_MANY: Final = "TooMany"


class EdgeStack(Stack):
    """A stack of its own, and small: nothing in it holds data. Made only if a setting asks for it.

    No template reads another region's outputs: the firewall's ARN is handed to the main stack as
    its parameter `WebAclArn`, as `make deploy` does.
    """

    def __init__(self, scope: Construct, *, council: Council) -> None:
        super().__init__(
            scope,
            "Edge",
            stack_name=f"bedboard-{council.slug}-edge",
            description=f"Bedboard of {council.name}: firewall and budget",
            env=Environment(region=REGION),
        )
        if council.waf:
            firewall = self._firewall(council)
            CfnOutput(self, "WebAclArn", value=firewall.attr_arn)
        if council.monthly_budget_usd:
            self._budget(council)

    @staticmethod
    def is_asked_for(council: Council) -> bool:
        """Whether anything would be in it."""
        return council.waf or council.monthly_budget_usd > 0

    def _firewall(self, council: Council) -> waf.CfnWebACL:
        name = f"bedboard-{council.slug}"
        too_many = waf.CfnWebACL.RuleActionProperty(
            block=waf.CfnWebACL.BlockActionProperty(
                custom_response=waf.CfnWebACL.CustomResponseProperty(
                    response_code=429, custom_response_body_key=TOO_MANY
                )
            )
        )
        of_one_address = waf.CfnWebACL.RuleProperty(
            name="TooManyOfOneAddress",
            priority=0,
            action=too_many,
            statement=waf.CfnWebACL.StatementProperty(
                rate_based_statement=waf.CfnWebACL.RateBasedStatementProperty(
                    aggregate_key_type="IP",
                    limit=council.waf_requests_per_five_minutes,
                    evaluation_window_sec=300,
                    scope_down_statement=_of_the_api(),
                )
            ),
            visibility_config=_measured(f"{name}-rate"),
        )
        return waf.CfnWebACL(
            self,
            "Firewall",
            name=name,
            scope="CLOUDFRONT",
            default_action=waf.CfnWebACL.DefaultActionProperty(allow={}),
            rules=[of_one_address, *(_managed(name, n, r) for n, r in enumerate(MANAGED_RULES, 1))],
            custom_response_bodies={
                TOO_MANY: waf.CfnWebACL.CustomResponseBodyProperty(
                    content_type="APPLICATION_JSON",
                    content='{"type":"about:blank","title":"Too many requests","status":429,'
                    '"detail":"too many requests from your network; try again in five minutes"}',
                )
            },
            visibility_config=_measured(name),
        )

    def _budget(self, council: Council) -> None:
        """Told when the month is going to exceed it, and when it has."""
        reader = budgets.CfnBudget.SubscriberProperty(
            subscription_type="EMAIL", address=council.alarm_email
        )
        budgets.CfnBudget(
            self,
            "Budget",
            budget=budgets.CfnBudget.BudgetDataProperty(
                budget_name=f"bedboard-{council.slug}",
                budget_type="COST",
                time_unit="MONTHLY",
                budget_limit=budgets.CfnBudget.SpendProperty(
                    amount=council.monthly_budget_usd, unit="USD"
                ),
            ),
            notifications_with_subscribers=[
                budgets.CfnBudget.NotificationWithSubscribersProperty(
                    notification=budgets.CfnBudget.NotificationProperty(
                        notification_type=kind,
                        comparison_operator="GREATER_THAN",
                        threshold=100,
                        threshold_type="PERCENTAGE",
                    ),
                    subscribers=[reader],
                )
                for kind in ("FORECASTED", "ACTUAL")
            ],
        )


def _managed(name: str, priority: int, rules: str) -> waf.CfnWebACL.RuleProperty:
    """A list that AWS keeps, with its own actions but for what is only counted."""
    return waf.CfnWebACL.RuleProperty(
        name=rules,
        priority=priority,
        override_action=waf.CfnWebACL.OverrideActionProperty(none={}),
        statement=waf.CfnWebACL.StatementProperty(
            managed_rule_group_statement=waf.CfnWebACL.ManagedRuleGroupStatementProperty(
                vendor_name="AWS",
                name=rules,
                rule_action_overrides=[
                    waf.CfnWebACL.RuleActionOverrideProperty(
                        name=each, action_to_use=waf.CfnWebACL.RuleActionProperty(count={})
                    )
                    for each in MANAGED_RULES[rules]
                ]
                or None,
            )
        ),
        visibility_config=_measured(f"{name}-{rules}"),
    )


def _of_the_api() -> waf.CfnWebACL.StatementProperty:
    """A page is some fifty files, which CloudFront has: a morning's first visits are no attack."""
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


def _measured(name: str) -> waf.CfnWebACL.VisibilityConfigProperty:
    return waf.CfnWebACL.VisibilityConfigProperty(
        cloud_watch_metrics_enabled=True,
        metric_name=name,
        # Samples hold whole requests, and with them tokens and where somebody searched.
        sampled_requests_enabled=False,
    )
