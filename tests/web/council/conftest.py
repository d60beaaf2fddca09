"""A local authority and an officer for each test of the overview."""

import pytest

from local.emulator.people import Person
from tests.web.conftest import World
from tests.web.council.overview_page import Area


@pytest.fixture
def area(world: World) -> Area:
    """Return an authority beside another: alone the page would neither list nor compare it."""
    Area(world).home("House of another authority")
    return Area(world)


@pytest.fixture
def officer(world: World) -> Person:
    return world.person("council")
