"""What was published of the list's truth is written once, and read if it can be read."""

from datetime import date

import pytest

from shared.domain.demand import Span, period_of
from shared.domain.public_truth import PUBLIC_MEMBERS, PublicTruth
from shared.store import keys, public_truth
from shared.store.table import Table

MONTH = period_of(date(2026, 10, 1), Span.MONTH)
FOUND = dict.fromkeys(PUBLIC_MEMBERS, 0)
TRUTH = PublicTruth(MONTH.first, MONTH.last, FOUND)


def test_what_cannot_be_read_hides_only_itself(table: Table) -> None:
    assert public_truth.publish(table, MONTH, TRUTH)
    newer = {keys.PARTITION: {"S": keys.PUBLIC_TRUTH}, keys.SORT: {"S": "2026-11"}}
    table.put({**newer, keys.DOCUMENT: {"S": "{}"}})
    reported: list[str] = []
    assert public_truth.newest(table, reported.append) == (MONTH.id, TRUTH)
    assert reported == ["2026-11"]


def test_nothing_is_published_at_first(table: Table) -> None:
    assert public_truth.newest(table, pytest.fail) is None
