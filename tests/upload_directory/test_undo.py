"""What an import removed comes back for a day, with what its staff posted."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.aws.clock import SYSTEM
from shared.aws.import_files import ImportBucket
from shared.domain.author import Author
from shared.domain.vocabulary import Action, BedCategory, Registration
from shared.store import homes
from shared.store.table import Table
from tests.support.api_events import ApiResponse, call
from tests.support.builders import NOON, REGISTER, counts, home, save
from tests.support.fakes import ManualTime
from tests.support.import_bucket import create_import_bucket
from upload_directory import undo
from upload_directory.handler import build

FINISHED = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ID, LATER = "20261122T092900Z-3f9c0d1e8a72", "20261122T100000Z-3f9c0d1e8a72"
HOME, DORMANT, THIRD = "1-9000000001", "1-9000000002", "1-9000000003"
GONE = replace(REGISTER, registration=Registration.DEREGISTERED)

Undo = Callable[..., ApiResponse]


@pytest.fixture
def bucket(table: Table) -> ImportBucket:
    """Create the import bucket in moto."""
    return create_import_bucket()


@pytest.fixture
def manual_time() -> ManualTime:
    """Return the time of the function, a minute after the import."""
    return ManualTime(FINISHED + timedelta(minutes=1))


@pytest.fixture
def send(bucket: ImportBucket, table: Table, manual_time: ManualTime) -> Undo:
    """Send a request about an import to the function."""
    handler = build(bucket=bucket, table=table, clock=manual_time.clock())

    def send(method: str = "POST", path: str = f"/imports/{ID}/undo", query: str = "") -> Any:
        return call(handler, method, path, groups="council", query=query)

    return send


def store_report(bucket: ImportBucket, import_id: str = ID, **members: object) -> None:
    report = {
        "outcome": "imported",
        "finished": "2026-11-22T09:30:00.000Z",
        "counts": {},
        "closed": [],
        "rows": [],
        **members,
    }
    bucket.put_report(f"reports/{import_id}.csv.v1.json", report)


def registration(table: Table, location_id: str) -> str:
    text: str = homes.load(table, location_id)["registration"]
    return text


def test_removed_homes_come_back_as_they_were(
    bucket: ImportBucket, table: Table, send: Undo
) -> None:
    save(table, home(HOME, register=GONE, accepting=3), home(DORMANT, register=GONE))
    store_report(bucket, removed={HOME: "active", DORMANT: "dormant"})
    before = homes.load(table, HOME)
    response = send()
    assert response.status == 200
    assert response.body == {"restored": [HOME, DORMANT], "moved": [], "next_offset": None}
    assert homes.load(table, HOME) == before | {"registration": "active", "version": 2}
    assert registration(table, DORMANT) == "dormant"
    # A repeat finds nothing to do.
    assert send().body == {"restored": [], "moved": [], "next_offset": None}


def test_what_staff_posted_since_stays(bucket: ImportBucket, table: Table, send: Undo) -> None:
    save(table, home(HOME, register=GONE))
    store_report(bucket, removed={HOME: "active"})
    homes.revise(
        table,
        SYSTEM,
        HOME,
        lambda now: now.update({BedCategory.TRANSITIONAL: counts(4)}, None, NOON),
        action=Action.UPDATED,
        author=Author("carer", "request-2"),
    )
    assert send().body["restored"] == [HOME]
    assert homes.load(table, HOME)["beds"]["transitional"]["accepting"] == 4


def test_a_home_that_has_a_new_location_id_does_not_come_back_beside_it(
    bucket: ImportBucket, table: Table, send: Undo
) -> None:
    save(table, replace(home(HOME, register=GONE), successor=THIRD), home(DORMANT, register=GONE))
    store_report(bucket, removed={HOME: "active", DORMANT: "active"})
    assert send().body == {"restored": [DORMANT], "moved": [HOME], "next_offset": None}
    assert registration(table, HOME) == "deregistered"
    assert homes.load(table, HOME)["successor"] == THIRD


def test_many_homes_come_back_in_several_requests(
    bucket: ImportBucket, table: Table, send: Undo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("upload_directory.undo_routes.HOMES_AT_ONCE", 2)
    ids = [HOME, DORMANT, THIRD]
    save(table, *(home(each, register=GONE) for each in ids))
    store_report(bucket, removed=dict.fromkeys(ids, "active"))
    assert send().body == {"restored": ids[:2], "moved": [], "next_offset": 2}
    assert send(query="offset=2").body == {"restored": ids[2:], "moved": [], "next_offset": None}
    assert {registration(table, each) for each in ids} == {"active"}


def test_an_import_can_be_undone_for_a_day(
    bucket: ImportBucket, table: Table, send: Undo, manual_time: ManualTime
) -> None:
    save(table, home(HOME, register=GONE))
    store_report(bucket, removed={HOME: "active"})
    report = send("GET", f"/imports/{ID}").body
    assert report["undo_until"] == "2026-11-23T09:30:00.000Z"
    assert "removed" not in report
    manual_time.advance(undo.UNDO_WITHIN)
    response = send()
    assert response.status == 409
    assert "24 hours" in response.body["detail"]
    assert registration(table, HOME) == "deregistered"


def test_an_import_that_removed_nothing_has_nothing_to_undo(
    bucket: ImportBucket, send: Undo
) -> None:
    store_report(bucket)
    assert send().status == 409
    assert "undo_until" not in send("GET", f"/imports/{ID}").body


def test_only_the_last_import_that_changed_homes_can_be_undone(
    bucket: ImportBucket, table: Table, send: Undo
) -> None:
    save(table, home(HOME, register=GONE))
    store_report(bucket, removed={HOME: "active"})
    refused = "20261122T100100Z-3f9c0d1e8a72"
    store_report(bucket, refused, outcome="refused", finished="2026-11-22T10:01:00.000Z")
    assert send().status == 200
    store_report(bucket, LATER, finished="2026-11-22T10:00:00.000Z")
    response = send()
    assert response.status == 409
    assert "after this one" in response.body["detail"]


def test_an_unknown_import_cannot_be_undone(send: Undo) -> None:
    assert send(path="/imports/nonsense/undo").status == 404
    assert send(query="offset=-1").status == 422
