"""A wrong address leads to the start page."""

import pytest
from playwright.sync_api import expect

from tests.web.conftest import DESKTOP, PHONE, Visit
from tests.web.pages import axe_violations, scrolls_sideways


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_wrong_address_leads_to_the_start_page(size: tuple[int, int], visit: Visit) -> None:
    page = visit("/serach.html", size=size)
    expect(page.get_by_role("heading", name="Page not found", level=1)).to_be_visible()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert axe_violations(page) == []
    assert not scrolls_sideways(page)
    page.get_by_role("link", name="Go to the Bedboard start page").click()
    expect(page.get_by_role("heading", name="Find and post care home vacancies")).to_be_visible()
