"""The plan as it is committed, and a small council that is simulated in a blink."""

import pytest

from simulation.parameters import Parameters, Plan, changed, read_plan


@pytest.fixture(scope="session")
def plan() -> Plan:
    return read_plan()


@pytest.fixture(scope="session")
def parameters(plan: Plan) -> Parameters:
    return plan.parameters


@pytest.fixture(scope="session")
def small(parameters: Parameters) -> Parameters:
    """Return a council of 40 homes, for a month."""
    return changed(parameters, {"beds.homes": 40, "run.warm_up_days": 5, "run.days": 30})
