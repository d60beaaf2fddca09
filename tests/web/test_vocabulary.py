"""The pages' words and limits are those of the functions: every value has its word."""

import json
import subprocess
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import pytest

from shared.domain.certainty import NoListing
from shared.domain.chance import Likelihood
from shared.domain.freshness import age_in_words
from shared.domain.needs import Suits
from shared.domain.reminder_value import QUIET_AFTER_A_POST
from shared.domain.vocabulary import (
    BedCategory,
    ClosureReason,
    NotAvailableReason,
    Rating,
    ServiceUserBand,
)
from web import vocabulary

ASSETS: Final = Path(__file__).parent.parent.parent / "web" / "assets"


def module(name: str, expression: str, argument: object = None) -> Any:
    """Evaluate an expression of the module `m` and the argument `a` in Node."""
    script = f"""
        import * as m from {json.dumps((ASSETS / name).as_uri())};
        const a = {json.dumps(argument)};
        console.log(JSON.stringify({expression}));
    """
    command = ["node", "--input-type=module", "--eval", script]
    run = subprocess.run(command, check=True, capture_output=True, timeout=60)
    return json.loads(run.stdout)


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("CATEGORIES", BedCategory),
        ("CLOSURE_REASONS", ClosureReason),
        ("NOT_AVAILABLE_REASONS", NotAvailableReason),
        ("SUITS", Suits),
    ],
)
def test_every_value_has_its_word(words: str, values: type[StrEnum]) -> None:
    assert module("text/vocabulary.js", f"Object.keys(m.{words})") == [str(each) for each in values]


@pytest.mark.parametrize(
    ("words", "values"), [("RATINGS", Rating), ("SERVICE_USER_BANDS", ServiceUserBand)]
)
def test_words_of_cqc_are_spelt_as_cqc_spells_them(words: str, values: type[StrEnum]) -> None:
    assert module("text/vocabulary.js", f"m.{words}") == [str(each) for each in values]


def test_the_pages_and_the_docs_have_the_words_for_needs_of_the_domain(tmp_path: Path) -> None:
    written, docs = tmp_path / "needs.js", tmp_path / "http.md"
    docs.write_text(vocabulary.DOCS.read_text(encoding="utf-8"), encoding="utf-8")
    vocabulary.write(written, docs)
    told = "run: make vocabulary"
    words = vocabulary.MODULE.read_text(encoding="utf-8")
    assert written.read_text(encoding="utf-8") == words, told
    assert docs.read_text(encoding="utf-8") == vocabulary.DOCS.read_text(encoding="utf-8"), told


def test_pages_and_functions_agree_on_ages_and_on_who_is_due() -> None:
    now = datetime(2026, 11, 22, 2, 14, tzinfo=UTC)
    ages = [timedelta(seconds=-5), timedelta(0), timedelta(minutes=1), timedelta(hours=5)]
    ages += [QUIET_AFTER_A_POST - timedelta(seconds=1), QUIET_AFTER_A_POST, timedelta(days=40)]
    words = module(
        "text/dates.js",
        "a.moments.map((each) => [m.isDue(each, a.now), m.ageInWords(each, a.now)])",
        {
            "moments": [(now - age).isoformat() for age in ages],
            "now": now.timestamp() * 1000,
        },
    )
    assert words == [[age >= QUIET_AFTER_A_POST, age_in_words(age)] for age in ages]
    never = module("text/dates.js", "[m.isDue(null), m.ageInWords(null)]")
    assert never == [True, age_in_words(None)]


def test_every_likelihood_has_its_word() -> None:
    words = module("text/vocabulary.js", "Object.keys(m.HOME_LIKELIHOODS)")
    assert words == [str(each) for each in (*Likelihood, *NoListing)]


def test_care_in_everyday_words_means_every_bed_category() -> None:
    care = "pages/search/categories.js"
    all_categories = module(care, "m.categoriesFor(Object.keys(m.CARE_FOR), '')")
    assert sorted(all_categories) == sorted(BedCategory)
    nursing = module(care, "m.categoriesFor([], 'nursing')")
    assert sorted(nursing) == sorted(each for each in BedCategory if each.endswith("_nursing"))
    back = "Object.keys(m.CARE_FOR).map((each) => m.careOf(m.categoriesFor([each], '')).careFor)"
    assert module(care, back) == [[each] for each in module(care, "Object.keys(m.CARE_FOR)")]
