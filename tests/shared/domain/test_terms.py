"""A home's terms say who may pay, how it assesses and by when it admits."""

from datetime import timedelta

import pytest

from shared.domain.admission_hours import WEEKDAYS
from shared.domain.errors import Problem
from shared.domain.needs import Answer
from shared.domain.terms import ASSESSMENT_LABELS, FUNDING_LABELS, Assessment, Funding, Terms
from tests.support.builders import NOON

ALWAYS = {day: ["00:00-24:00"] for day in WEEKDAYS}


def test_what_was_not_said_is_neither_yes_nor_no() -> None:
    assert Terms().accepts(Funding.CHC) is None
    assert Terms().admits_by(NOON, NOON) is None
    assert Terms().to_document() == {}


def test_what_is_not_named_is_not_accepted() -> None:
    terms = Terms(funding=(Funding.CHC,))
    assert terms.accepts(Funding.CHC) is Answer.YES
    assert terms.accepts(Funding.FNC) is Answer.NO
    assert Terms(funding=()).accepts(Funding.CHC) is Answer.NO


def test_the_council_s_rate_suits_who_could_pay_a_top_up_but_not_the_other_way_round() -> None:
    assert Terms(funding=(Funding.COUNCIL_RATE,)).accepts(Funding.TOP_UP) is Answer.YES
    assert Terms(funding=(Funding.TOP_UP,)).accepts(Funding.COUNCIL_RATE) is Answer.NO


@pytest.mark.parametrize(
    ("assesses_within", "answer"), [(None, Answer.YES), (5, Answer.YES), (6, Answer.ASK)]
)
def test_an_assessment_that_may_take_too_long_is_to_be_asked_about(
    assesses_within: int | None, answer: Answer
) -> None:
    document = {"admission_hours": ALWAYS, "assesses_within_hours": assesses_within}
    terms = Terms.from_document(document)
    assert terms.admits_by(NOON + timedelta(hours=5), NOON) is answer


def test_a_home_that_admits_no_one_until_then_says_no() -> None:
    terms = Terms.from_document({"admission_hours": {"sunday": ["08:00-12:00"]}})
    assert terms.admits_by(NOON + timedelta(hours=5), NOON) is Answer.NO


def test_an_amount_needs_the_funding_that_it_is_of() -> None:
    terms = Terms(funding=(Funding.CHC,), top_up_from=50, respite_nights=7)
    assert list(terms.problems()) == [
        Problem("top_up_from", "no amount unless funding has top_up"),
        Problem("respite_nights", "no nights unless funding has respite"),
    ]


def test_the_document_reads_back() -> None:
    document = {
        "funding": ["council_rate", "top_up", "respite"],
        "top_up_from": 50,
        "respite_nights": 7,
        "assesses_by": ["video"],
        "assesses_within_hours": 24,
        "admission_hours": {"friday": ["08:00-20:00"], "same_day_before": "14:00"},
    }
    assert Terms.from_document(document).to_document() == document


def test_every_value_has_its_words() -> None:
    assert list(FUNDING_LABELS) == list(Funding)
    assert list(ASSESSMENT_LABELS) == list(Assessment)
