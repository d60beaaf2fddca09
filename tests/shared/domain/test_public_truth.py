"""What anyone may read of how often the list was right, and that no call can be worked out."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.audit import DrawnCall, ListedBeds
from shared.domain.demand import Period, Span, period_of
from shared.domain.outcome import CallResult, Outcome
from shared.domain.public_truth import PUBLIC_MEMBERS, PublicTruth
from shared.domain.public_truth import next_public_truth as next_of
from shared.domain.uk_time import uk_day
from shared.domain.vocabulary import BedCategory
from tests.support.outcomes import GONE, THERE, call


def month(year: int, number: int) -> Period:
    return period_of(date(year, number, 1), Span.MONTH)


CATEGORIES = list(BedCategory)
SEPTEMBER, OCTOBER, NOVEMBER = (month(2026, number) for number in (9, 10, 11))


def calls(of: Period, number: int, *, gone: int = 0, homes: int = 5) -> list[Outcome]:
    """Return so many answered calls of the audit in a month, spread over some homes."""
    return [
        call(
            GONE if each < gone else THERE,
            f"1-8{of.first:%Y%m}{each % homes:02d}",
            CATEGORIES[each // 20],
            told_at=datetime(of.first.year, of.first.month, 2 + each % 20, 12, each, tzinfo=UTC),
            team=None,
        )
        for each in range(number)
    ]


def next_public_truth(
    previous: PublicTruth | None, of: Period, outcomes: list[Outcome]
) -> PublicTruth:
    """Publish where these calls were drawn."""
    drawn = [
        DrawnCall(uk_day(each.told_at), ListedBeds(each.shown.location_id, each.shown.category))
        for each in outcomes
    ]
    return next_of(previous, of, drawn, outcomes)


def test_it_is_of_the_twelve_months_that_end_with_the_last() -> None:
    outcomes = [*calls(month(2025, 10), 20, gone=20), *calls(OCTOBER, 40), *calls(NOVEMBER, 20)]
    published = next_public_truth(None, OCTOBER, outcomes)
    assert (published.first, published.last) == (OCTOBER.first, OCTOBER.last)
    assert (rate_of(published)["n"], rate_of(published)["rate"]) == (40, 1.0)


def test_it_begins_with_the_month_of_the_first_call() -> None:
    outcomes = [*calls(SEPTEMBER, 20), *calls(OCTOBER, 20)]
    assert next_public_truth(None, OCTOBER, outcomes).first == SEPTEMBER.first


def test_calls_that_tell_nothing_are_counted_beside_it() -> None:
    answered = calls(OCTOBER, 40)
    unanswered = replace(answered[0], result=CallResult.NO_ANSWER)
    published = next_public_truth(None, OCTOBER, [unanswered, *answered[1:]])
    assert published.audit.items() >= {"drawn": 40, "unanswered": 1, "uncalled": 0}.items()
    drawn = [DrawnCall(OCTOBER.last, ListedBeds("1-8000000009", BedCategory.GENERAL_NURSING))]
    assert next_of(None, OCTOBER, drawn, []).audit["uncalled"] == 1


def test_what_teams_report_is_not_in_it() -> None:
    reported = [replace(each, audit_day=None) for each in calls(OCTOBER, 40, gone=40)]
    assert rate_of(next_public_truth(None, OCTOBER, reported)) == {"n": 0}


@pytest.mark.parametrize(("number", "homes"), [(29, 5), (40, 2)])
def test_too_few_calls_or_homes_are_not_shown(number: int, homes: int) -> None:
    published = next_public_truth(None, OCTOBER, calls(OCTOBER, number, homes=homes))
    assert not published.is_shown
    assert rate_of(published) == {"n": number}


@pytest.mark.parametrize("homes", [1, 2])
def test_it_stays_as_it_was_while_it_would_tell_what_two_homes_answered(homes: int) -> None:
    before = next_public_truth(None, SEPTEMBER, calls(SEPTEMBER, 40))
    few = [*calls(SEPTEMBER, 40), *calls(OCTOBER, 12, gone=4, homes=homes)]
    assert next_public_truth(before, OCTOBER, few) == before
    enough = [*few, *calls(NOVEMBER, 6)]
    after = next_public_truth(before, NOVEMBER, enough)
    assert (after.last, rate_of(after)["n"]) == (NOVEMBER.last, 58)


@pytest.mark.parametrize(("number", "gone"), [(9, 3), (12, 0), (12, 12)])
def test_it_stays_as_it_was_while_new_answers_are_few_or_all_agree(number: int, gone: int) -> None:
    before = next_public_truth(None, SEPTEMBER, calls(SEPTEMBER, 40))
    new = [*calls(SEPTEMBER, 40), *calls(OCTOBER, number, gone=gone)]
    assert next_public_truth(before, OCTOBER, new) == before


def test_it_is_shown_again_for_at_most_a_year() -> None:
    before = next_public_truth(None, SEPTEMBER, calls(SEPTEMBER, 40))
    kept = next_public_truth(before, month(2027, 8), calls(SEPTEMBER, 40))
    assert kept == before
    assert not next_public_truth(before, month(2027, 9), []).is_shown


@given(st.lists(st.sampled_from(CallResult), min_size=1, max_size=15), st.integers(1, 2))
def test_whatever_two_homes_answered_is_published_the_same(
    answers: list[CallResult], homes: int
) -> None:
    before = next_public_truth(None, SEPTEMBER, calls(SEPTEMBER, 40))
    new = [
        replace(each, result=answers[number])
        for number, each in enumerate(calls(OCTOBER, len(answers), homes=homes))
    ]
    assert next_public_truth(before, OCTOBER, [*calls(SEPTEMBER, 40), *new]) == before


def test_it_is_read_as_it_was_written() -> None:
    published = next_public_truth(None, OCTOBER, calls(OCTOBER, 40, gone=3))
    assert PublicTruth.from_document(published.to_document()) == published


def test_a_figure_that_is_not_on_the_list_is_not_public() -> None:
    published = next_public_truth(None, OCTOBER, calls(OCTOBER, 40))
    more = replace(published, audit={**published.audit, "homes": ["1-8100000001"]})
    assert more.to_document() == published.to_document()
    assert set(published.to_document()) == {"first", "last", *PUBLIC_MEMBERS}


def rate_of(published: PublicTruth) -> dict[str, Any]:
    rate: dict[str, Any] = published.audit["truth"]
    return rate
