"""The council's overview as tests open and read it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any, Final

import httpx
from playwright.sync_api import Locator, Page, expect

from local.emulator.stack import LocalStack
from local.emulator.tokens import token
from shared.domain.beds import AdmissionStatus
from shared.domain.vocabulary import AdmissionState, BedCategory, ClosureReason, Registration
from tests.support.builders import REGISTER, counts
from tests.web.conftest import World

WIDTHS: Final = (320, 600, 768, 800)
"""Pixels: the smallest phone, and both sides of where the layout changes."""

NURSING: Final = BedCategory.GENERAL_NURSING
CLOSED: Final = AdmissionStatus(AdmissionState.CLOSED, ClosureReason.OUTBREAK, date(2099, 12, 1))
DAYS: Final = 28
ONE: Final = {NURSING: counts(1)}

_numbers = count(1)


class Area:
    """A local authority that only one test uses."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.name = f"Area {next(_numbers)}"

    def home(
        self,
        name: str,
        *,
        days: float | None = 0.5,
        registration: Registration = Registration.ACTIVE,
        **other: Any,
    ) -> str:
        """Add a home that confirmed that many days ago, or never; return its id."""
        confirmed_at = None if days is None else datetime.now(UTC) - timedelta(days=days)
        register = replace(
            REGISTER, name=name, local_authority=self.name, registration=registration
        )
        if days is None:
            other = {"beds": {}, **other}
        return self._world.home(register=register, confirmed_at=confirmed_at, **other)

    def page(self, **filters: str) -> str:
        """Give the address of the overview with only these homes in its list."""
        query = httpx.QueryParams({"authority": self.name, **filters})
        return f"/council.html?{query}"


def get(stack: LocalStack, path: str) -> Any:
    headers = {"Authorization": f"Bearer {token(stack, ['council'])}"}
    response = httpx.get(f"{stack.api_url}{path}", headers=headers, timeout=30)
    response.raise_for_status()
    return response.json()


def rows(page: Page) -> Locator:
    return page.locator(".homes-table tbody tr")


def names(page: Page) -> list[str]:
    return page.locator(".homes-table th[scope=row] a").all_inner_texts()


def reload(page: Page) -> None:
    page.reload()
    page.locator("main h1").wait_for()


def wait_for_all_days(page: Page) -> None:
    expect(page.get_by_text(f"of {DAYS} days.")).to_have_count(0, timeout=60_000)


def chart_rows(page: Page, summary: str) -> list[list[str]]:
    """Open the table under a chart and return its cells, row by row."""
    details = page.locator("details").filter(has_text=summary)
    details.locator("summary").click()
    return [row.locator("th, td").all_inner_texts() for row in details.locator("tbody tr").all()]
