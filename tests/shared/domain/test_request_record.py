"""How a home answered the last requests for one thing; never two needs of one request."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.errors import ConflictError
from shared.domain.needs import NEEDS
from shared.domain.outcome import UNDO_WITHIN, CallResult, Outcome, Shown
from shared.domain.request_record import COUNTS_FOR, MOST_REQUESTS, SHOWN_FROM, RequestRecord
from shared.domain.terms import Funding
from shared.domain.vocabulary import BedCategory
from tests.support.builders import NOON

HOME, NURSING = "1-9000000001", BedCategory.GENERAL_NURSING
EMPTY = RequestRecord(HOME, "hoist")
TODAY, MINUTE = NOON.date(), timedelta(minutes=1)
PURSUING, REFUSED = CallResult.PURSUING, CallResult.NOT_FOR_THIS_PERSON


def answered(
    result: CallResult,
    team: str = "a",
    need: str | None = "hoist",
    *,
    days: int = 0,
) -> Outcome:
    moment = NOON + timedelta(days=days)
    shown = Shown(HOME, NURSING, NOON, 1, 0.9)
    return Outcome(1, shown, team, result, moment, moment, need)


def record_of(*results: CallResult) -> RequestRecord:
    record = EMPTY
    for number, result in enumerate(results):
        record = record.with_outcome(answered(result, f"team-{number}"))
    return record


def test_four_of_the_last_five_requests_were_taken() -> None:
    record = record_of(PURSUING, PURSUING, REFUSED, PURSUING, PURSUING)
    assert record.shown(TODAY) == {"asked": "hoist", "taken": 4, "requests": 5}


def test_fewer_than_five_requests_are_not_shown() -> None:
    assert record_of(*[PURSUING] * (SHOWN_FROM - 1)).shown(TODAY) is None


def test_requests_of_more_than_a_year_ago_no_longer_count() -> None:
    record = record_of(*[PURSUING] * SHOWN_FROM)
    assert record.shown(TODAY + COUNTS_FOR)
    assert record.shown(TODAY + COUNTS_FOR + timedelta(days=1)) is None


def test_only_the_last_requests_are_kept() -> None:
    record = EMPTY
    for day in range(MOST_REQUESTS + 5):
        record = record.with_outcome(answered(REFUSED, f"t{day}", days=day))
    assert len(record.answers) == MOST_REQUESTS
    assert min(each.day for each in record.answers.values()) == date(2026, 1, 10).isoformat()


def test_what_is_taken_back_leaves_no_trace() -> None:
    outcome = answered(REFUSED)
    back = outcome.withdrawn(outcome.recorded_at)
    assert EMPTY.with_outcome(outcome).with_outcome(back).answers == {}


@pytest.mark.parametrize(
    ("outcome", "taken"),
    [
        (answered(PURSUING), True),
        (answered(REFUSED), False),
        (answered(CallResult.GONE, need=None), None),
        (answered(CallResult.NO_ANSWER, need=None), None),
        (replace(answered(PURSUING), audit_day="2026-01-05"), None),
        (replace(answered(PURSUING), is_withdrawn=True), None),
    ],
)
def test_only_a_home_that_was_asked_for_a_person_took_or_refused(
    outcome: Outcome, taken: bool | None
) -> None:
    assert outcome.took_request is taken


def test_a_later_refusal_counts_instead_of_the_first_answer() -> None:
    later = answered(PURSUING).replaced_by(answered(REFUSED, days=2))
    (answer,) = EMPTY.with_outcome(later).answers.values()
    assert not answer.taken
    assert later.first_contact is PURSUING, "the rates are of first contacts"


@pytest.mark.parametrize("last", [PURSUING, REFUSED])
def test_a_later_call_that_nobody_answered_leaves_the_last_answer(last: CallResult) -> None:
    heard = answered(PURSUING).replaced_by(answered(last, days=1))
    record = EMPTY.with_outcome(heard)
    later = heard.replaced_by(answered(CallResult.NO_ANSWER, need=None, days=2))
    assert record.with_outcome(later) is record
    assert later.took_request is (last is PURSUING)


@pytest.mark.parametrize("result", [PURSUING, REFUSED])
def test_a_request_without_needs_counts_for_its_category_alone(result: CallResult) -> None:
    outcome = answered(result, need=None)
    assert EMPTY.with_outcome(outcome) is EMPTY
    assert RequestRecord(HOME, NURSING).with_outcome(outcome).answers


def test_no_need_and_no_funding_is_called_as_a_category() -> None:
    assert not {*BedCategory} & {*NEEDS, *Funding}


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["peg", "hoist", None]),
            st.sampled_from(CallResult),
            st.integers(0, 20),
            st.booleans(),
        ),
        max_size=6,
    )
)
def test_an_outcome_names_one_need_in_its_life_whatever_is_corrected(
    presses: list[tuple[str | None, CallResult, int, bool]],
) -> None:
    held: Outcome | None = None
    moment, named = NOON, set[str]()
    for need, result, minutes, takes_back in presses:
        moment += timedelta(minutes=minutes)
        said = answered(result, need=need if result in {PURSUING, REFUSED} else None)
        said = replace(said, told_at=moment, recorded_at=moment)
        try:
            held = held.replaced_by(said) if held else said
            if takes_back:
                held = held.withdrawn(moment)
        except ConflictError:
            continue
        if held.need:
            named.add(held.need)
    assert len(named) <= 1


@pytest.mark.parametrize("minutes", [0, UNDO_WITHIN / MINUTE, UNDO_WITHIN / MINUTE + 1])
def test_a_correction_to_another_need_leaves_the_outcome_without_any(minutes: float) -> None:
    later = answered(REFUSED, need="peg")
    moment = NOON + minutes * MINUTE
    corrected = answered(PURSUING).replaced_by(replace(later, recorded_at=moment))
    assert corrected.need is None
    assert corrected.took_request is False
    assert EMPTY.with_outcome(answered(PURSUING)).with_outcome(corrected).answers == {}
    assert Outcome.from_document(corrected.to_document()) == corrected


def test_a_document_holds_all_of_it() -> None:
    for record in (EMPTY, record_of(PURSUING, REFUSED)):
        assert RequestRecord.from_document(record.to_document()) == record
