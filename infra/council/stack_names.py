"""The names of a council's stacks on AWS."""

from typing import Final

SUFFIXES: Final = ("-data", "-firewall", "-budget")
"""No slug may end like this: its stack would have the name of another council's."""


def app_stack_name(slug: str) -> str:
    """Return the name of the stack with everything that can be made again."""
    return f"bedboard-{slug}"


def data_stack_name(slug: str) -> str:
    """Return the name of the stack that holds the data."""
    return f"bedboard-{slug}-data"


def slug_of_data_stack(stack_name: str) -> str:
    """Return the slug in the name of a stack that holds data."""
    return stack_name.removeprefix("bedboard-").removesuffix("-data")


def firewall_stack_name(slug: str) -> str:
    """Return the name of the firewall's stack, which is in us-east-1."""
    return f"bedboard-{slug}-firewall"


def budget_stack_name(slug: str) -> str:
    """Return the name of the budget's stack."""
    return f"bedboard-{slug}-budget"


def stack_names(slug: str) -> tuple[str, ...]:
    """Return the names of all stacks of a council, of which it may not have each."""
    return (
        app_stack_name(slug),
        data_stack_name(slug),
        firewall_stack_name(slug),
        budget_stack_name(slug),
    )
