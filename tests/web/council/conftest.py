"""A local authority and an officer for each test of the overview."""

import pytest

from local.emulator.people import Person
from tests.web.conftest import World
from tests.web.council.overview_page import Area


@pytest.fixture
def area(world: World) -> Area:
    return Area(world)


@pytest.fixture
def officer(world: World) -> Person:
    return world.person("council")
