"""The stack of the budget, apart from all else: an organisation may let no member have one."""

from aws_cdk import aws_budgets as budgets
from constructs import Construct

from infra.council.model import Council
from infra.council.stack_names import app_stack_name, budget_stack_name
from infra.council_stack import CouncilStack


class BudgetStack(CouncilStack):
    """A monthly budget of the whole account, created only if the council wants one."""

    def __init__(self, scope: Construct, *, council: Council) -> None:
        super().__init__(
            scope,
            "Budget",
            council,
            stack_name=budget_stack_name(council.slug),
            description=f"Bedboard for {council.name}: its budget",
        )
        # Both emails go out: when the month is forecast to exceed the budget, and when it has.
        operators = budgets.CfnBudget.SubscriberProperty(
            subscription_type="EMAIL", address=council.alarm_email
        )
        budgets.CfnBudget(
            self,
            "Budget",
            budget=budgets.CfnBudget.BudgetDataProperty(
                budget_name=app_stack_name(council.slug),
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
