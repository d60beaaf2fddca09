"""A place for each test to search in, and what the page shows there."""

import re
from dataclasses import replace
from itertools import count
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page

from local.emulator.stack import LocalStack
from local.emulator.tokens import token
from shared.domain.admission_hours import WEEKDAYS
from shared.domain.declaration import Declaration
from shared.domain.vocabulary import Rating
from tests.support.builders import REGISTER
from tests.web.conftest import DESKTOP, PHONE, World

SMALLEST = (320, 568)

SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])

_places = count(1)


class Somewhere:
    """A part of the country where no other test has homes."""

    def __init__(self, world: World) -> None:
        self._world = world
        row, column = divmod(next(_places), 8)
        self.latitude, self.longitude = 52.0 + 0.4 * row, -3.0 + 0.6 * column
        self.near = f"{self.latitude:.3f},{self.longitude:.3f}"

    def home(
        self, name: str, *, miles: float = 1.0, rating: Rating = Rating.GOOD, **more: Any
    ) -> str:
        """Add a home so many miles to the north, as `World.home` does, and return its id."""
        register = replace(
            REGISTER,
            name=name,
            rating=rating,
            latitude=self.latitude + miles / 69.1,
            longitude=self.longitude,
        )
        return self._world.home(register=register, **more)

    def search(self, **parameters: str) -> str:
        """Return the path of a search here."""
        return "/search.html?" + "&".join(
            f"{name}={each}" for name, each in {"near": self.near, **parameters}.items()
        )


def new_team() -> str:
    """Return the name of a team that no other test has."""
    return f"ward-{next(_places)}"


def declaring(*funding: str, **answers: str) -> Declaration:
    """Return what a home says: its answers to needs, and the funding that it accepts.

    One that names funding admits people at any time.
    """
    hours = {day: ["00:00-24:00"] for day in WEEKDAYS}
    terms = {"funding": list(funding), "admission_hours": hours} if funding else {}
    return Declaration.from_document({"needs": answers, **terms})


def names(page: Page) -> list[str]:
    """Return the names in the list, once there are any."""
    page.locator(".result").first.wait_for()
    return page.locator(".result h3 a").all_inner_texts()


def result(page: Page, name: str) -> Any:
    return page.locator(".result").filter(has=page.get_by_role("link", name=name, exact=True))


def marker(page: Page, name: str) -> Any:
    return page.locator(".marker").and_(page.get_by_role("button", name=re.compile(name)))


def summary(page: Page) -> Any:
    return page.locator(".nhsuk-error-summary")


def alerts(stack: LocalStack, team: str) -> list[dict[str, Any]]:
    headers = {"Authorization": f"Bearer {token(stack, [f'team:{team}'])}"}
    response = httpx.get(f"{stack.api_url}/alerts", headers=headers, timeout=30)
    alerts: list[dict[str, Any]] = response.json()["alerts"]
    return alerts


def open_at(page: Page, path: str, ready: str) -> None:
    page.goto(path if "://" in path else page.url.split("/search.html")[0] + path)
    page.locator(f"main {ready}").first.wait_for()
