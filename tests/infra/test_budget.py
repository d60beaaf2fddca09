"""A budget is a stack of its own, and exists only if a council wants one."""

from tests.infra.stack_template import StackTemplate, SynthStacks

EMAIL = {"alarm_email": "us@example.org"}


def test_without_a_budget_there_is_no_stack_for_it(stacks: dict[str, StackTemplate]) -> None:
    assert "Budget" not in stacks


def test_operators_get_email_before_and_after_the_budget_is_exceeded(
    synth_stacks: SynthStacks,
) -> None:
    template = synth_stacks(monthly_budget_usd=25, **EMAIL)["Budget"]
    budget = template.properties("Budgets::Budget")
    assert budget["Budget"]["BudgetLimit"] == {"Amount": 25, "Unit": "USD"}
    notifications = budget["NotificationsWithSubscribers"]
    assert {each["Notification"]["NotificationType"] for each in notifications} == {
        "FORECASTED",
        "ACTUAL",
    }
    assert {s["Address"] for each in notifications for s in each["Subscribers"]} == {
        "us@example.org"
    }


def test_nothing_else_depends_on_the_budget(synth_stacks: SynthStacks) -> None:
    stacks = synth_stacks(monthly_budget_usd=25, **EMAIL)
    assert len(stacks["Budget"].document["Resources"]) == 1
    assert "Budgets" not in str(stacks["App"].document)
    assert "-budget" not in str(stacks["App"].document)
