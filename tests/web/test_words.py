"""The pages' own words and limits are those of the functions: every value has its word."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

import pytest
from playwright.sync_api import Page

from shared.freshness import AGEING_FOR, FRESH_FOR, age_in_words, freshness
from shared.vocabulary import (
    BedCategory,
    ClosureReason,
    Feature,
    NotAvailableReason,
    Rating,
    ServiceUserBand,
)
from tests.web.conftest import Visit


@pytest.fixture
def page(visit: Visit) -> Page:
    return visit("/")


def module(page: Page, name: str, expression: str, argument: object = None) -> Any:
    """What the expression of a module `m` and an argument `a` is worth in the browser."""
    return page.evaluate(
        f"""async (a) => {{
            const base = document.querySelector('script[type="module"]').src;
            const m = await import(new URL("{name}", base));
            return {expression};
        }}""",
        arg=argument,
    )


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("CATEGORIES", BedCategory),
        ("CLOSURE_REASONS", ClosureReason),
        ("FEATURES", Feature),
        ("NOT_AVAILABLE_REASONS", NotAvailableReason),
    ],
)
def test_every_value_has_its_word(words: str, values: type[StrEnum], page: Page) -> None:
    assert module(page, "../../text/vocabulary.js", f"Object.keys(m.{words})") == [str(each) for each in values]


@pytest.mark.parametrize(
    ("words", "values"), [("RATINGS", Rating), ("SERVICE_USER_BANDS", ServiceUserBand)]
)
def test_what_cqc_has_words_for_is_spelt_as_cqc_spells_it(
    words: str, values: type[StrEnum], page: Page
) -> None:
    assert module(page, "../../text/vocabulary.js", f"m.{words}") == [str(each) for each in values]


def test_freshness_is_the_functions_freshness(page: Page) -> None:
    now = datetime(2026, 11, 22, 2, 14, tzinfo=UTC)
    step = timedelta(seconds=1)
    ages = [timedelta(seconds=-5), timedelta(0), timedelta(minutes=1), timedelta(hours=5)]
    ages += [FRESH_FOR, FRESH_FOR + step, AGEING_FOR, AGEING_FOR + step, timedelta(days=40)]
    moments = [(now - age).isoformat() for age in ages]
    said = module(
        page,
        "../../text/freshness.js",
        "a.moments.map((each) => [m.freshness(each, a.now), m.ageInWords(each, a.now)])",
        {"moments": moments, "now": now.timestamp() * 1000},
    )
    assert said == [[freshness(age), age_in_words(age)] for age in ages]
    assert module(page, "../../text/freshness.js", "[m.freshness(null), m.ageInWords(null)]") == [
        freshness(None),
        age_in_words(None),
    ]


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-11-22T02:14:00Z", "2:14am today"),
        ("2026-11-21T23:50:00Z", "11:50pm on 21 November"),
        ("2026-11-22T00:05:00Z", "12:05am today"),
        ("2026-06-30T12:00:00Z", "1:00pm on 30 June"),  # summer time
    ],
)
def test_moments_are_said_as_the_clock_on_the_wall_has_them(
    moment: str, said: str, page: Page
) -> None:
    now = "2026-11-22T03:00:00Z"
    assert module(page, "../../text/dates.js", "m.when(a[0], a[1])", [moment, now]) == said
