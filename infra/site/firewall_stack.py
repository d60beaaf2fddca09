"""The stack in us-east-1, where AWS keeps CloudFront's firewalls and budgets."""

from typing import Final

from aws_cdk import CfnOutput, Environment, Stack
from aws_cdk import aws_budgets as budgets
from constructs import Construct

from infra.council.model import Council
from infra.site.firewall import firewall, firewall_log

REGION: Final = "us-east-1"


class EdgeStack(Stack):
    """A small stack without data, created only if the council wants a firewall or a budget.

    A template cannot read the outputs of another region, so `make deploy` passes the firewall's ARN
    to the main stack as the parameter `WebAclArn`.
    """

    def __init__(self, scope: Construct, *, council: Council) -> None:
        super().__init__(
            scope,
            "Edge",
            stack_name=f"bedboard-{council.slug}-edge",
            description=f"Bedboard for {council.name}: firewall and budget",
            env=Environment(region=REGION),
        )
        if council.waf:
            web_acl = firewall(
                self,
                "Firewall",
                name=f"bedboard-{council.slug}",
                requests_per_five_minutes=council.waf_requests_per_five_minutes,
                managed_rules=council.waf_managed_rules,
            )
            firewall_log(self, "Log", web_acl=web_acl, name=f"bedboard-{council.slug}")
            CfnOutput(self, "WebAclArn", value=web_acl.attr_arn)
        if council.monthly_budget_usd:
            self._add_budget(council)

    @staticmethod
    def is_needed(council: Council) -> bool:
        """Return whether the council's settings put anything into this stack."""
        return council.waf or council.monthly_budget_usd > 0

    def _add_budget(self, council: Council) -> None:
        """Email the operators when the month is forecast to exceed the budget, and when it has."""
        operators = budgets.CfnBudget.SubscriberProperty(
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
                    subscribers=[operators],
                )
                for kind in ("FORECASTED", "ACTUAL")
            ],
        )
