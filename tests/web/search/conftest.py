"""A part of the country and a person for each test of the search page."""

import pytest

from local.emulator.people import Person
from tests.web.conftest import World
from tests.web.search.searching import Somewhere, new_team


@pytest.fixture
def somewhere(world: World) -> Somewhere:
    return Somewhere(world)


@pytest.fixture
def coordinator(world: World) -> Person:
    return world.person(f"team:{new_team()}")
