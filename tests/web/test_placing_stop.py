"""An officer marks a home "not placing here"; teams and its staff see it, the public never."""

import re
from functools import partial

import pytest
from playwright.sync_api import expect

from tests.web.conftest import DESKTOP, PHONE, Visit, World
from tests.web.pages import axe_violations, expect_notice, resize, scrolls_sideways, small_targets

MOST_INTERACTIONS = 3


def test_an_officer_marks_a_home_in_three_interactions(visit: Visit, world: World) -> None:
    home = world.home()
    page = visit(f"/home.html?id={home}", world.person("council"))
    interactions = (
        partial(page.get_by_role("button", name="Stop placing here").click),
        partial(page.get_by_role("button", name="Mark as not placing here").click),
    )
    assert len(interactions) <= MOST_INTERACTIONS
    for interaction in interactions:
        interaction()
    expect_notice(page, "Marked: not placing here")
    for person in ("team:exeter-discharge", f"home:{home}"):
        page = visit(f"/home.html?id={home}", world.person(person))
        expect(page.get_by_text("The council is not placing people at this home")).to_be_visible()
        expect(page.get_by_role("button", name="Place here again")).to_have_count(0)


def test_an_officer_takes_the_mark_back(visit: Visit, world: World) -> None:
    home = world.home()
    page = visit(f"/home.html?id={home}", world.person("council"))
    page.get_by_role("button", name="Stop placing here").click()
    page.get_by_role("button", name="Mark as not placing here").click()
    page.get_by_role("button", name="Place here again").click()
    page.get_by_role("button", name="Yes, take the mark back").click()
    expect_notice(page, "The mark is taken back")
    page.reload()
    expect(page.get_by_role("button", name="Stop placing here")).to_be_visible()
    expect(page.get_by_text("not placing people")).to_have_count(0)
    page.get_by_text("Earlier changes of this mark").click()
    history = page.get_by_role("group").get_by_role("listitem")
    expect(history).to_have_text(
        [re.compile("Mark taken back, at"), re.compile("Not placing here since .*, at")]
    )
    assert axe_violations(page) == []
    page = visit(f"/home.html?id={home}", world.person(f"home:{home}"))
    expect(page.get_by_text("Recent changes")).to_be_visible()
    expect(page.get_by_text("Earlier changes of this mark")).to_have_count(0)
    expect(page.get_by_text("placing", exact=False)).to_have_count(0)


def test_an_end_that_has_passed_is_said_at_its_field(visit: Visit, world: World) -> None:
    page = visit(f"/home.html?id={world.home()}", world.person("council"))
    page.get_by_role("button", name="Stop placing here").click()
    page.get_by_label("Last day").fill("2020-01-31")
    page.get_by_role("button", name="Mark as not placing here").click()
    expect(page.get_by_role("alert")).to_contain_text("Last day: a day from")
    expect(page.get_by_label("Last day")).to_have_attribute("aria-invalid", "true")


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_everyone_can_use_the_form_and_read_the_mark(
    visit: Visit, world: World, size: tuple[int, int]
) -> None:
    page = visit(f"/home.html?id={world.home()}", world.person("council"), size=size)
    page.get_by_role("button", name="Stop placing here").click()
    expect(page.get_by_label("Last day")).to_be_focused()
    assert axe_violations(page) == []
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Not placing here", exact=True)).to_be_visible()
    assert axe_violations(page) == []
    assert not scrolls_sideways(page)
    assert small_targets(page) == []
    resize(page, 320)
    assert not scrolls_sideways(page)
