"""What an import writes goes onto the newest state, and to where readers of the log see it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.exceptions import ClientError

from import_homes import save_homes
from import_homes.plan import Writing
from import_homes.save_homes import save
from shared.aws.clock import Clock
from shared.domain.author import Author
from shared.domain.documents import Document
from shared.domain.errors import BusyError
from shared.domain.vocabulary import Action, BedCategory, ChangeKind, Registration
from shared.store import homes
from shared.store.scan import all_documents
from shared.store.table import Table
from tests.support.builders import NOON, REGISTER, counts, unposted
from tests.support.builders import save as add_homes

IDS = [f"1-900000000{number}" for number in range(5)]
RENAMED = replace(REGISTER, name="Larkrise Hall")


def news() -> list[Writing]:
    return [Writing(location_id, REGISTER, None) for location_id in IDS]


def renamings(table: Table) -> list[Writing]:
    return [Writing(each["location_id"], RENAMED, each) for each in stored(table).values()]


def stored(table: Table) -> dict[str, Document]:
    return {each["location_id"]: each for each in all_documents(table, ChangeKind.HOME)}


def log_of(table: Table, location_id: str) -> list[tuple[str, int]]:
    """What the log has of a home: who did it and which version it became."""
    items = table.client.scan(TableName=table.name)["Items"]
    return sorted(
        (item["by"]["S"], int(item["version"]["N"]))
        for item in items
        if item["pk"]["S"].startswith("CHANGE#") and item["id"]["S"] == location_id
    )


def carer_posts(table: Table, location_id: str) -> None:
    homes.revise(
        table,
        location_id,
        lambda home: home.updated({BedCategory.GENERAL_NURSING: counts(3)}, None, NOON),
        action=Action.UPDATED,
        writer=Author("carer", "request-2"),
    )


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(save_homes, "BATCH", 2)


def test_homes_and_their_log_entries_are_written(table: Table) -> None:
    save(table, news(), "request-1")
    assert stored(table) == {each.location_id: each.document for each in news()}
    assert log_of(table, IDS[4]) == [("import", 1)]


def test_what_a_carer_posted_meanwhile_is_not_lost(table: Table) -> None:
    add_homes(table, *map(unposted, IDS))
    writings = renamings(table)
    carer_posts(table, IDS[1])
    save(table, writings, "request-1")
    after = stored(table)
    assert {each["name"] for each in after.values()} == {"Larkrise Hall"}
    assert after[IDS[1]]["beds"]["general_nursing"]["accepting"] == 3
    assert after[IDS[1]]["version"] == 3
    assert after[IDS[0]]["version"] == 2
    assert log_of(table, IDS[1]) == [("carer", 2), ("import", 1), ("import", 3)]


def test_a_home_that_closes_while_its_carer_posts_is_closed_with_the_posted_counts(
    table: Table,
) -> None:
    add_homes(table, unposted(IDS[0]))
    gone = replace(REGISTER, registration=Registration.DEREGISTERED)
    writing = Writing(IDS[0], gone, homes.load(table, IDS[0]))
    carer_posts(table, IDS[0])
    save(table, [writing], "request-1")
    home = homes.load(table, IDS[0])
    assert home["registration"] == "deregistered"
    assert home["beds"]["general_nursing"]["accepting"] == 3


def test_a_home_that_another_import_brought_in_meanwhile_is_not_brought_in_twice(
    table: Table,
) -> None:
    add_homes(table, unposted(IDS[0]))
    save(table, [Writing(IDS[0], RENAMED, None), Writing(IDS[1], RENAMED, None)], "request-1")
    after = stored(table)
    assert [after[each]["name"] for each in IDS[:2]] == ["Larkrise Hall"] * 2
    assert [after[each]["version"] for each in IDS[:2]] == [2, 1]


class Unreliable:
    """A client whose transactions go wrong "before" or "after" they are done, or not (None)."""

    def __init__(self, client: Any, faults: Iterator[str | None]) -> None:
        self._client, self._faults = client, faults

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def transact_write_items(self, **request: Any) -> Any:
        fault = next(self._faults, None)
        if fault == "before":
            raise _fault()
        answer = self._client.transact_write_items(**request)
        if fault == "after":
            raise _fault()
        return answer


def _fault() -> ClientError:
    answer: Any = {
        "Error": {"Code": "InternalServerError"},
        "ResponseMetadata": {"HTTPStatusCode": 500},
    }
    return ClientError(answer, "TransactWriteItems")


def unreliable(table: Table, *faults: str | None) -> tuple[Table, list[float]]:
    pauses: list[float] = []
    clock = Clock(lambda: datetime.now(UTC), lambda: 0.0, pauses.append)
    client: Any = Unreliable(table.client, iter(faults))
    return replace(table, client=client, clock=clock), pauses


def test_a_busy_store_is_waited_for(table: Table) -> None:
    busy, pauses = unreliable(table, "before", "before", None, "before")
    save(busy, news(), "request-1")
    assert len(stored(table)) == 5
    assert pauses == [1, 2, 1]


def test_a_commit_that_nobody_heard_of_is_not_made_twice_and_is_shown_again(table: Table) -> None:
    busy, _ = unreliable(table, "after")
    save(busy, news(), "request-1")
    assert stored(table) == {each.location_id: each.document for each in news()}
    assert log_of(table, IDS[0]) == [("import", 1)] * 2
    assert log_of(table, IDS[4]) == [("import", 1)]


def test_an_import_broken_off_leaves_whole_homes_and_is_finished_by_the_next(table: Table) -> None:
    broken, _ = unreliable(table, None, *["before"] * save_homes.BUSY_TRIES)
    with pytest.raises(BusyError):
        save(broken, news(), "request-1")
    assert sorted(stored(table)) == IDS[:2]
    save(table, [each for each in news() if each.location_id not in stored(table)], "request-2")
    assert stored(table) == {each.location_id: each.document for each in news()}
