"""An import writes each home onto its newest state, and into the change log."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.exceptions import ClientError

from import_homes.plan import HomeWrite
from import_homes.save_homes import BUSY_TRIES, save_homes
from shared.aws.clock import SYSTEM, Clock
from shared.domain.author import Author
from shared.domain.documents import Document
from shared.domain.errors import BusyError
from shared.domain.placing_stop import CouncilMark, PlacingStop
from shared.domain.uk_time import uk_day
from shared.domain.vocabulary import Action, BedCategory, ChangeKind, Registration
from shared.store import homes, placing_stops
from shared.store.scan import all_documents
from shared.store.table import Table
from tests.support.builders import NOON, REGISTER, counts, mark, save, unposted

IDS = [f"1-900000000{number}" for number in range(5)]
RENAMED = replace(REGISTER, name="Larkrise Hall")


def new_homes() -> list[HomeWrite]:
    return [HomeWrite(location_id, REGISTER, None) for location_id in IDS]


def renamed_homes(table: Table) -> list[HomeWrite]:
    return [HomeWrite(each["location_id"], RENAMED, each) for each in homes_in(table).values()]


def import_writes(
    table: Table, writes: list[HomeWrite], request_id: str = "request-1", clock: Clock = SYSTEM
) -> None:
    """Save the homes, two in a batch."""
    save_homes(table, clock, writes, request_id, batch_size=2)


def homes_in(table: Table) -> dict[str, Document]:
    return {each["location_id"]: each for each in all_documents(table, ChangeKind.HOME)}


def log_of(table: Table, location_id: str) -> list[tuple[str, int]]:
    """Return the log entries of a home: the author, and the version that it became."""
    items = table.client.scan(TableName=table.name)["Items"]
    return sorted(
        (item["by"]["S"], int(item["version"]["N"]))
        for item in items
        if item["pk"]["S"].startswith("CHANGE#") and item["id"]["S"] == location_id
    )


def carer_posts(table: Table, location_id: str) -> None:
    homes.revise(
        table,
        SYSTEM,
        location_id,
        lambda home: home.update({BedCategory.GENERAL_NURSING: counts(3)}, None, NOON),
        action=Action.UPDATED,
        author=Author("carer", "request-2"),
    )


def test_homes_and_their_log_entries_are_written(table: Table) -> None:
    import_writes(table, new_homes())
    assert homes_in(table) == {each.location_id: each.document for each in new_homes()}
    assert log_of(table, IDS[4]) == [("import", 1)]


def test_an_update_by_a_carer_during_an_import_is_kept(table: Table) -> None:
    save(table, *map(unposted, IDS))
    writes = renamed_homes(table)
    carer_posts(table, IDS[1])
    import_writes(table, writes)
    after = homes_in(table)
    assert {each["name"] for each in after.values()} == {"Larkrise Hall"}
    assert after[IDS[1]]["beds"]["general_nursing"]["accepting"] == 3
    assert after[IDS[1]]["version"] == 3
    assert after[IDS[0]]["version"] == 2
    assert log_of(table, IDS[1]) == [("carer", 2), ("import", 1), ("import", 3)]


def test_a_home_closed_while_a_carer_posts_keeps_the_posted_counts(
    table: Table,
) -> None:
    save(table, unposted(IDS[0]))
    gone = replace(REGISTER, registration=Registration.DEREGISTERED)
    write = HomeWrite(IDS[0], gone, homes.load(table, IDS[0]))
    carer_posts(table, IDS[0])
    import_writes(table, [write])
    home = homes.load(table, IDS[0])
    assert home["registration"] == "deregistered"
    assert home["beds"]["general_nursing"]["accepting"] == 3


def test_a_home_that_leaves_the_register_keeps_the_councils_mark(table: Table) -> None:
    save(table, unposted(IDS[0]))
    stop = PlacingStop(uk_day(SYSTEM.now()))
    mark(table, IDS[0], stop)
    gone = replace(REGISTER, registration=Registration.DEREGISTERED)
    import_writes(table, [HomeWrite(IDS[0], gone, homes.load(table, IDS[0]))])
    assert homes.load(table, IDS[0])["registration"] == "deregistered"
    assert placing_stops.load(table, IDS[0]) == CouncilMark(IDS[0], 1, stop)


def test_a_home_that_another_import_created_meanwhile_is_updated(
    table: Table,
) -> None:
    save(table, unposted(IDS[0]))
    import_writes(table, [HomeWrite(IDS[0], RENAMED, None), HomeWrite(IDS[1], RENAMED, None)])
    after = homes_in(table)
    assert [after[each]["name"] for each in IDS[:2]] == ["Larkrise Hall"] * 2
    assert [after[each]["version"] for each in IDS[:2]] == [2, 1]


class Unreliable:
    """A client whose transactions fail "before" or "after" they commit, or succeed (None)."""

    def __init__(self, client: Any, faults: Iterator[str | None]) -> None:
        self._client, self._faults = client, faults

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def transact_write_items(self, **request: Any) -> Any:
        fault = next(self._faults, None)
        if fault == "before":
            raise _fault()
        response = self._client.transact_write_items(**request)
        if fault == "after":
            raise _fault()
        return response


def _fault() -> ClientError:
    response: Any = {
        "Error": {"Code": "InternalServerError"},
        "ResponseMetadata": {"HTTPStatusCode": 500},
    }
    return ClientError(response, "TransactWriteItems")


def unreliable(table: Table, *faults: str | None) -> tuple[Table, Clock, list[float]]:
    pauses: list[float] = []
    clock = Clock(lambda: datetime.now(UTC), lambda: 0.0, pauses.append)
    client: Any = Unreliable(table.client, iter(faults))
    return replace(table, client=client), clock, pauses


def test_a_busy_table_is_retried_after_growing_pauses(table: Table) -> None:
    busy, clock, pauses = unreliable(table, "before", "before", None, "before")
    import_writes(busy, new_homes(), clock=clock)
    assert len(homes_in(table)) == 5
    assert pauses == [1, 2, 1]


def test_a_commit_with_a_lost_response_is_not_repeated_but_logged_again(table: Table) -> None:
    busy, clock, _ = unreliable(table, "after")
    import_writes(busy, new_homes(), clock=clock)
    assert homes_in(table) == {each.location_id: each.document for each in new_homes()}
    assert log_of(table, IDS[0]) == [("import", 1)] * 2
    assert log_of(table, IDS[4]) == [("import", 1)]


def test_an_interrupted_import_is_completed_by_the_next(table: Table) -> None:
    broken, clock, _ = unreliable(table, None, *["before"] * BUSY_TRIES)
    with pytest.raises(BusyError):
        import_writes(broken, new_homes(), clock=clock)
    assert sorted(homes_in(table)) == IDS[:2]
    import_writes(
        table,
        [each for each in new_homes() if each.location_id not in homes_in(table)],
        "request-2",
    )
    assert homes_in(table) == {each.location_id: each.document for each in new_homes()}
