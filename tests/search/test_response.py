"""A response that is assembled from prepared text is the JSON that encoding all of it gives."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.query_string import SearchRequest
from search.response import home_members, results_json
from shared.domain.admission_hours import AdmissionHours, Day, Period
from shared.domain.beds import AdmissionStatus
from shared.domain.care_home import CareHome
from shared.domain.declaration import Declaration
from shared.domain.documents import HomeDocument
from shared.domain.fit import Requirements, answers_of, fit_of
from shared.domain.geo import Point
from shared.domain.needs import Answer
from shared.domain.terms import Funding, Terms
from shared.domain.vocabulary import AdmissionState, BedCategory, ClosureReason
from shared.places.postcodes import Place
from shared.search_index.board import Board
from shared.search_index.query import SearchQuery
from shared.search_index.request_records import RequestRecords
from tests.support.builders import NOON, REGISTER, counts, home, unposted

HERE = Point(REGISTER.latitude, REGISTER.longitude)
texts = st.text(st.characters(codec="utf-8"))


def response(*homes: CareHome, label: str = "EX2 5DW") -> str:
    board = Board(home_members)
    for each in homes:
        board.put(each.to_document())
    query = SearchQuery(HERE, 10, include_full=True, limit=1)
    request = SearchRequest(query, Place(HERE, label, approximate=False), "fingerprint")
    return results_json(request, board.search(query), NOON + timedelta(hours=2), RequestRecords())


@given(texts, texts, texts)
@example('"', "\\", '\\"},{"a":1')
@example("\x00\x1f\x7f", "\u2028\u2029", "\U0001f6cf")
@example("</script>", "{}", "\r\n\t")
def test_hostile_names_are_escaped(name: str, address: str, label: str) -> None:
    register = replace(REGISTER, name=name, address=address)
    body = json.loads(response(home(register=register), label=label))
    assert body["near"]["label"] == label
    [result] = body["results"]
    assert (result["name"], result["address"]) == (name, address)
    whole = home(register=register).to_document()
    same = result.keys() & whole.keys() - {"phone"}
    assert {"location_id", "version", "confirmed_at", "admission_status", "rating"} <= same
    assert {each: result[each] for each in same} == {each: whole[each] for each in same}
    assert result["age"] == "confirmed 2 hours ago"


ANSWERS = st.dictionaries(st.sampled_from(["peg", "hoist", "pet", "mrsa"]), st.sampled_from(Answer))
TERMS = st.builds(
    Terms,
    funding=st.none() | st.lists(st.sampled_from(Funding), unique=True).map(tuple),
    assesses_within_hours=st.sampled_from([None, 4, 48]),
    admission_hours=st.none() | st.just(AdmissionHours({Day.MONDAY: (Period(480, 1320),)})),
)


@given(
    st.lists(st.builds(Declaration, needs=ANSWERS, terms=TERMS), min_size=1, max_size=3),
    st.builds(
        Requirements,
        needs=st.lists(st.sampled_from(["hoist", "peg", "mrsa"]), unique=True).map(tuple),
        funding=st.none() | st.sampled_from(Funding),
        admit_by=st.none() | st.integers(0, 60).map(lambda hours: NOON + timedelta(hours=hours)),
    ),
    st.lists(st.sampled_from(["pet", "mrsa", Funding.CHC]), unique=True).map(tuple),
)
def test_each_result_says_what_the_home_answers(
    declarations: list[Declaration], asked: Requirements, wishes: tuple[str, ...]
) -> None:
    board, answers = Board(home_members), dict[str, dict[str, Answer | None]]()
    for number, declaration in enumerate(declarations):
        document = replace(home(f"1-90000000{number}"), declaration=declaration).to_document()
        board.put(document)
        answers[document["location_id"]] = {
            **answers_of(document, asked, NOON),
            **{f"wish {name}": declared(document, name) for name in wishes},
        }
    query = SearchQuery(
        HERE, 10, requirements=asked, would_like=wishes, fits=tuple(Answer), as_of=NOON
    )
    request = SearchRequest(query, Place(HERE, "EX2", approximate=False), "fingerprint")
    results = json.loads(results_json(request, board.search(query), NOON, RequestRecords()))[
        "results"
    ]
    assert len(results) == len(declarations)
    for result in results:
        said = answers[result["location_id"]]
        if asked:
            of_asked = {name: said[name] for name in asked.names}
            assert result["fit"] == fit_of(of_asked.values())
            for member, answer in (*((str(each), each) for each in Answer), ("not_said", None)):
                assert result[member] == [name for name in of_asked if of_asked[name] == answer]
        else:
            assert not {"fit", "yes", "ask", "no", "not_said"} & result.keys()
        met = [name for name in wishes if said[f"wish {name}"] is Answer.YES]
        assert result.get("wishes_met") == (met if wishes else None)


def declared(document: HomeDocument, name: str) -> Answer | None:
    """Return what the home says of a need or a funding."""
    if isinstance(name, Funding):
        return Terms.from_document(document).accepts(name)
    return document.get("needs", {}).get(name) and Answer(document["needs"][name])


def test_no_results_and_a_home_with_little_data_are_json() -> None:
    assert json.loads(response())["results"] == []
    bare = replace(unposted(), register=replace(REGISTER, phone=None, rating=None))
    [result] = json.loads(response(bare))["results"]
    assert result["free"] == {}
    assert "confirmed_at" not in result


def test_there_is_a_cursor_if_there_are_more_results() -> None:
    assert json.loads(response(home()))["next_cursor"] is None
    assert json.loads(response(home("1-900000001"), home("1-900000002")))["next_cursor"]


@pytest.mark.parametrize("posted", [True, False])
def test_the_vacancies_phone_is_preferred_to_the_register_s(posted: bool) -> None:
    other = home() if posted else unposted()
    window = replace(other.shop_window, vacancies_phone="01632960099")
    [result] = json.loads(response(replace(other, shop_window=window)))["results"]
    assert result["phone"] == "01632960099"
    [result] = json.loads(response(other))["results"]
    assert result["phone"] == REGISTER.phone


def test_days_that_have_passed_are_not_shown() -> None:
    board, day = Board(home_members), date(2026, 1, 6)
    beds = {BedCategory.GENERAL_NURSING: replace(counts(0), available_from=day)}
    closed = AdmissionStatus(AdmissionState.CLOSED, ClosureReason.OTHER, day)
    board.put(replace(home("1-900000001"), beds=beds).to_document())
    board.put(replace(home("1-900000002"), admission_status=closed).to_document())

    def results(today: date) -> list[dict[str, Any]]:
        query = SearchQuery(HERE, 10, include_full=True, today=today)
        request = SearchRequest(query, Place(HERE, "EX2", approximate=False), "fingerprint")
        found: list[dict[str, Any]] = json.loads(
            results_json(request, board.search(query), NOON, RequestRecords())
        )["results"]
        return found

    announcing, shut = results(day)
    assert announcing["available_from"] == {"general_nursing": "2026-01-06"}
    assert shut["admission_status"]["expected_date"] == "2026-01-06"
    announcing, shut = results(date(2026, 1, 7))
    assert "available_from" not in announcing
    assert shut["admission_status"] == {"status": "closed", "reason": "other"}
