"""Whoever may search reads how often the list was right: one rate, and nothing of a home."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from shared.domain.demand import Span, period_of
from shared.domain.public_truth import PublicTruth
from shared.http.response import LambdaHandler
from shared.store import public_truth
from shared.store.table import Table
from show_home.handler import build
from show_home.public_truth_routes import KEPT
from tests.support.api_events import ApiResponse, call
from tests.support.fakes import ManualTime

OCTOBER = period_of(date(2026, 10, 1), Span.MONTH)
RATE = {"n": 100, "rate": 0.93, "low": 0.88, "high": 0.96}
CALLS = {"drawn": 120, "called": 112, "unanswered": 12, "uncalled": 8}
TRUTH = PublicTruth(date(2025, 11, 1), OCTOBER.last, {"truth": RATE, **CALLS})


@pytest.fixture
def time() -> ManualTime:
    return ManualTime()


@pytest.fixture
def public(table: Table, time: ManualTime) -> LambdaHandler:
    return build(table=table, clock=time.clock(), search_is_public=True)


def get(handler: LambdaHandler, groups: str | None = None) -> ApiResponse:
    return call(handler, "GET", "/truth/public", groups=groups)


def test_anyone_reads_it_where_search_is_public(table: Table, public: LambdaHandler) -> None:
    public_truth.publish(table, OCTOBER, TRUTH)
    response = get(public)
    assert response.status == 200
    assert response.body == {
        "published": {"first": "2025-11-01", "last": "2026-10-31", "truth": RATE, **CALLS}
    }
    assert response.headers["cache-control"] == "public, max-age=3600"


@pytest.mark.parametrize(
    ("groups", "status"),
    [(None, 401), ("home:1-9000000001", 403), ("team:exeter", 200), ("council", 200)],
)
def test_elsewhere_only_who_may_search_reads_it(
    table: Table, time: ManualTime, groups: str | None, status: int
) -> None:
    public_truth.publish(table, OCTOBER, TRUTH)
    response = get(build(table=table, clock=time.clock(), search_is_public=False), groups)
    assert response.status == status
    assert "public" not in response.headers["cache-control"]


@pytest.mark.parametrize("truth", [None, {"n": 29}])
def test_without_enough_calls_nothing_is_said(
    table: Table, public: LambdaHandler, truth: dict[str, Any] | None
) -> None:
    if truth:
        public_truth.publish(table, OCTOBER, replace(TRUTH, audit={"truth": truth, **CALLS}))
    assert get(public).body == {"published": None}


def test_a_warm_instance_asks_the_table_once_an_hour(
    table: Table, public: LambdaHandler, time: ManualTime
) -> None:
    assert get(public).body == {"published": None}
    public_truth.publish(table, OCTOBER, TRUTH)
    time.advance(KEPT - timedelta(seconds=1))
    assert get(public).body == {"published": None}
    time.advance(timedelta(seconds=1))
    assert get(public).body["published"]["last"] == "2026-10-31"
