"""CQC's register suggests answers to a few needs, and declares none."""

import pytest

from shared.domain.needs import NEEDS, Answer
from shared.domain.suggestions import RULES, suggestions
from shared.domain.vocabulary import ServiceUserBand

B = ServiceUserBand


@pytest.mark.parametrize(
    ("band", "expected"),
    [
        (B.YOUNGER_ADULTS, {"under_65": Answer.YES}),
        (B.DRUGS_AND_ALCOHOL, {"alcohol_or_drugs": Answer.YES}),
        (B.MENTAL_HEALTH, {"severe_mental_illness": Answer.ASK}),
        (B.PHYSICAL_DISABILITY, {"wheelchair": Answer.ASK, "hoist": Answer.ASK}),
        (B.DEMENTIA, {"walks_with_purpose": Answer.ASK, "dols": Answer.ASK}),
        (B.OLDER_PEOPLE, {}),
        (B.WHOLE_POPULATION, {}),
    ],
)
def test_a_band_suggests_what_it_is_about(
    band: ServiceUserBand, expected: dict[str, Answer]
) -> None:
    suggested = suggestions(nursing=False, bands=[band])
    assert {need: each.answer for need, each in suggested.items()} == expected


def test_nurses_suggest_to_be_asked_about_nursing() -> None:
    suggested = suggestions(nursing=True, bands=[])
    assert suggested
    assert {each.answer for each in suggested.values()} == {Answer.ASK}
    assert all(NEEDS[need].needs_nurses for need in suggested)


def test_the_reason_says_what_the_register_says() -> None:
    suggested = suggestions(nursing=True, bands=[B.YOUNGER_ADULTS, B.OLDER_PEOPLE])
    assert suggested["under_65"].why == "CQC's register says that you care for younger adults."
    assert suggested["peg"].why == "CQC's register says that you have nurses."


def test_a_home_that_the_register_says_nothing_about_gets_no_suggestion() -> None:
    assert suggestions(nursing=False, bands=[]) == {}


def test_rules_never_suggest_no_and_name_needs_once() -> None:
    named = [need for rule in RULES for need in rule.answers]
    assert set(named) <= set(NEEDS)
    assert len(named) == len(set(named))
    assert Answer.NO not in {answer for rule in RULES for answer in rule.answers.values()}
