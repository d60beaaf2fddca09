"""An address that there is not leads back to those that there are."""

import pytest
from playwright.sync_api import expect

from tests.web.conftest import DESKTOP, PHONE, Visit
from tests.web.pages import axe_violations, scrolls_sideways


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_page_that_is_not_there_says_so_and_leads_back(
    size: tuple[int, int], visit: Visit
) -> None:
    page = visit("/serach.html", size=size)
    expect(page.get_by_role("heading", name="Page not found", level=1)).to_be_visible()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert axe_violations(page) == []
    assert not scrolls_sideways(page)
    page.get_by_role("link", name="Go to the start of Bedboard").click()
    expect(page.get_by_role("heading", name="Care home beds, as they are now")).to_be_visible()
