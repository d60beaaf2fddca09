"""A directory is imported or refused as a whole, and the report accounts for every row."""

import csv
import json
from collections.abc import Callable
from io import StringIO
from types import SimpleNamespace

import pytest

from import_homes.run_import import run_import
from shared.aws.clock import SYSTEM
from shared.aws.import_files import LARGEST_DIRECTORY, UploadedDirectory
from shared.domain.author import Author
from shared.domain.documents import Document
from shared.domain.geo import Point
from shared.domain.vocabulary import Action, BedCategory, ChangeKind
from shared.places.postcodes import Place
from shared.store import homes
from shared.store.scan import all_documents
from shared.store.table import Table
from tests.import_homes.directories import (
    README,
    cells_of,
    csv_file,
    csv_of,
    location,
    locations,
    ods_of,
    xlsx_of,
)
from tests.support.builders import NOON, counts
from tests.support.shared_data import CARE_DIRECTORY, shared_data


def import_file(
    table: Table,
    content: bytes,
    key: str = "directory/2026-11.csv",
    *authorities: str,
    locate: Callable[[str], Place | None] = lambda _: None,
) -> Document:
    report = run_import(
        UploadedDirectory(key, "version-1", content),
        table=table,
        clock=SYSTEM,
        authorities=frozenset(authorities),
        locate=locate,
        request_id="request-1",
    )
    round_trip: Document = json.loads(json.dumps(report))
    return round_trip


def all_items(table: Table) -> list[Document]:
    """Return every item of the table: homes and change log."""
    pages = table.client.get_paginator("scan").paginate(TableName=table.name)
    return sorted((item for page in pages for item in page["Items"]), key=str)


def without_file_and_times(report: Document) -> Document:
    """Return what the reports on two imports of the same homes have in common."""
    differing = {"file", "started", "finished"}
    return {name: value for name, value in report.items() if name not in differing}


@pytest.mark.parametrize("make", [csv_of, xlsx_of, ods_of])
def test_a_second_import_of_the_same_homes_writes_nothing(
    table: Table, make: Callable[..., bytes]
) -> None:
    content = make(cells_of(locations(12)))
    assert import_file(table, content)["counts"]["written"] == 12
    before = all_items(table)
    second = import_file(table, content)
    assert {name: count for name, count in second["counts"].items() if count} == {"unchanged": 12}
    assert all_items(table) == before


@pytest.mark.slow
def test_a_second_import_of_the_same_register_writes_nothing(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Before a transaction moto copies the whole table, to undo it: nothing is undone here.
    monkeypatch.setattr("moto.dynamodb.models.copy", SimpleNamespace(deepcopy=lambda it: it))
    content = shared_data(CARE_DIRECTORY).read_bytes()
    first = import_file(table, content)
    assert [row["row"] for row in first["rows"]] == list(range(2, 730))
    assert {name: count for name, count in first["counts"].items() if count} == {
        "new": 724,
        "dormant": 4,
        "written": 724,
    }
    before = all_items(table)
    homes_before = list(all_documents(table, ChangeKind.HOME))
    assert len(homes_before) == 724
    assert {(home["version"], home["registration"]) for home in homes_before} == {(1, "active")}

    second = import_file(table, content)
    assert second["counts"] | {"unchanged": 724, "dormant": 4} == second["counts"]
    assert second["counts"]["written"] == 0
    cells = list(csv.reader(StringIO(content.decode(), newline="")))
    for name, make in {"2021-04.xlsx": xlsx_of, "2021-04.ods": ods_of}.items():
        again = import_file(table, make(README, cells), f"directory/{name}")
        assert without_file_and_times(again) == without_file_and_times(second)
    assert all_items(table) == before


def test_a_report_gives_the_result_of_each_row(table: Table) -> None:
    rows = [
        location(1),
        location(2, CARE_HOME="N"),
        location(3, DORMANT="Y"),
        location(4, LOCAL_AUTHORITY="Elsewhere"),
        location(5, POSTCODE="nowhere", BEDS="some"),
        location(1),
    ]
    report = import_file(table, csv_file(rows), "directory/2026-11.csv", "Exampleshire")
    assert report == {
        "file": "directory/2026-11.csv",
        "version": "version-1",
        "request_id": "request-1",
        "started": report["started"],
        "finished": report["finished"],
        "outcome": "imported",
        "counts": {
            "new": 1,
            "changed": 0,
            "unchanged": 0,
            "not a care home": 1,
            "dormant": 1,
            "deregistered": 0,
            "outside the council's authorities": 1,
            "unreadable": 2,
            "closed": 0,
            "written": 1,
        },
        "closed": [],
        "active_before": 0,
        "homes": {},
        "successors": [],
        "twins": [],
        "rows": [
            {"row": 2, "location_id": "1-9000000001", "result": "new"},
            {"row": 3, "location_id": "1-9000000002", "result": "not a care home"},
            {"row": 4, "location_id": "1-9000000003", "result": "dormant"},
            {
                "row": 5,
                "location_id": "1-9000000004",
                "result": "outside the council's authorities",
            },
            {
                "row": 6,
                "location_id": "1-9000000005",
                "result": "unreadable",
                "why": "Location Postal Code must be a full postcode, such as EX2 5DW; "
                "Care homes beds must be a whole number from 0 to 1000, or blank",
            },
            {
                "row": 7,
                "location_id": "1-9000000001",
                "result": "unreadable",
                "why": "Location ID must be in one row only, but is in row 2 too",
            },
        ],
    }
    assert report["started"] <= report["finished"]


def test_homes_that_left_the_register_are_closed_and_listed(table: Table) -> None:
    import_file(table, csv_file(locations(3)))
    report = import_file(table, csv_file([location(1), location(3)]))
    assert report["closed"] == ["1-9000000002"]
    assert report["counts"]["closed"] == report["counts"]["written"] == 1
    assert homes.load(table, "1-9000000002")["registration"] == "deregistered"
    back = import_file(table, csv_file(locations(3)))
    assert back["counts"]["changed"] == 1
    assert homes.load(table, "1-9000000002")["registration"] == "active"


def test_a_file_that_would_close_too_many_homes_changes_nothing_until_it_is_confirmed(
    table: Table,
) -> None:
    import_file(table, csv_file(locations(20)))
    before = all_items(table)
    fewer = csv_file([*locations(12, RATING="Inadequate"), location(13, DORMANT="Y"), location(30)])
    report = import_file(table, fewer, "directory/2026-12.csv")
    gone = [f"1-{9_000_000_000 + number}" for number in range(14, 21)]
    assert report["outcome"] == "refused"
    assert report["would_close"] == gone
    assert report["would_be_dormant"] == ["1-9000000013"]
    assert "directory/confirmed/2026-12.csv" in report["why"]
    assert not any(report["counts"].values())
    assert all_items(table) == before

    confirmed = import_file(table, fewer, "directory/confirmed/2026-12.csv")
    assert confirmed["closed"] == gone
    assert confirmed["counts"]["changed"] == 12


def test_a_report_keeps_what_is_needed_to_undo_its_removals(table: Table) -> None:
    import_file(table, csv_file(locations(3)))
    rows = [location(1), location(2, DORMANT="Y")]
    report = import_file(table, csv_file(rows))
    assert report["removed"] == {"1-9000000003": "active", "1-9000000002": "active"}
    again = import_file(table, csv_file(rows[:1]))
    assert again["removed"] == {"1-9000000002": "dormant"}
    assert "removed" not in import_file(table, csv_file(rows[:1]))


def test_a_change_of_owner_is_named_as_a_likely_successor(table: Table) -> None:
    import_file(table, csv_file([location(1), location(2)]))
    after = csv_file([location(1), location(3, NAME="LARKRISE HOUSE 2", PROVIDER_ID="1-900000002")])
    report = import_file(table, after)
    assert report["closed"] == ["1-9000000002"]
    assert report["successors"] == [
        {
            "old": "1-9000000002",
            "new": "1-9000000003",
            "because": "the same postcode and name",
        }
    ]
    assert report["twins"] == []
    assert report["homes"] == {
        "1-9000000002": {"name": "Larkrise House 2", "address": "2 Example Lane, Exeter, EX2 5DW"},
        "1-9000000003": {"name": "LARKRISE HOUSE 2", "address": "3 Example Lane, Exeter, EX2 5DW"},
    }
    # The next issue of the register has nothing new to say of them.
    assert import_file(table, after)["successors"] == []


def test_a_successor_that_comes_in_a_later_file_is_named_then(table: Table) -> None:
    import_file(table, csv_file(locations(2)))
    assert import_file(table, csv_file(locations(1)))["successors"] == []
    report = import_file(table, csv_file([location(1), location(3, STREET="2 Example Lane")]))
    (successor,) = report["successors"]
    assert (successor["old"], successor["new"]) == ("1-9000000002", "1-9000000003")


def test_two_registrations_of_one_building_are_named_as_twins(table: Table) -> None:
    file = csv_file([location(1), location(2, STREET="1 Example Lane"), location(3)])
    for _ in range(2):
        report = import_file(table, file)
        assert report["twins"] == [
            {
                "location_ids": ["1-9000000001", "1-9000000002"],
                "because": "the same postcode and address",
            }
        ]
        assert set(report["homes"]) == {"1-9000000001", "1-9000000002"}


def test_a_refusal_for_closures_names_the_homes_that_would_leave(table: Table) -> None:
    import_file(table, csv_file(locations(20)))
    report = import_file(table, csv_file([*locations(12), location(13, DORMANT="Y")]))
    assert report["active_before"] == 20
    assert set(report["homes"]) == {*report["would_close"], *report["would_be_dormant"]}
    assert report["homes"]["1-9000000013"]["name"] == "Larkrise House 13"


def test_a_report_names_the_authorities_that_the_file_spells_otherwise(table: Table) -> None:
    rows = [location(1), location(2, LOCAL_AUTHORITY="Bristol, City of")]
    report = import_file(table, csv_file(rows), "directory/1.csv", "Exampleshire", "Bristol")
    assert report["outcome"] == "imported"
    assert report["missing_authorities"] == [
        {"local_authority": "Bristol", "nearest": ["Bristol, City of"]}
    ]
    found = import_file(table, csv_file(rows), "directory/2.csv", "exampleshire")
    assert "missing_authorities" not in found


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a directory",
        csv_file(locations(3)).rstrip(b"\r\n,"),
        csv_file(locations(3)).decode().encode("utf-16"),
        csv_of([row[:-12] for row in cells_of(locations(3))]),
        xlsx_of(README, cells_of(locations(3)))[:-100],
        xlsx_of(README),
        b"x" * (LARGEST_DIRECTORY + 1),
    ],
    ids=[
        "empty",
        "text",
        "cut off",
        "utf-16",
        "columns missing",
        "broken zip",
        "other sheets",
        "large",
    ],
)
def test_an_unusable_file_is_refused_as_a_whole(table: Table, content: bytes) -> None:
    import_file(table, csv_file(locations(2, NAME="As it was")))
    before = all_items(table)
    report = import_file(table, content)
    assert report["outcome"] == "refused"
    assert "upload" in report["why"].lower()
    assert report["rows"] == report["closed"] == []
    assert all_items(table) == before


def test_a_fault_of_the_import_itself_is_reported_without_what_the_file_says(
    table: Table, caplog: pytest.LogCaptureFixture
) -> None:
    import_file(table, csv_file(locations(2)))
    before = all_items(table)

    def fail(_: str) -> Place:
        raise LookupError("Mrs Secret")

    report = import_file(table, csv_file([location(1, NAME="Changed")]), locate=fail)
    assert report["outcome"] == "refused"
    assert "fault of its own" in report["why"]
    assert all_items(table) == before
    (record,) = (each for each in caplog.records if each.message == "import fault")
    assert vars(record)["fault"] == "LookupError"
    assert "Secret" not in str(vars(record)) + str(report)


def test_notes_are_counted_and_stand_in_their_rows(table: Table) -> None:
    report = import_file(table, csv_file([location(1, PHONE="01632 960001 ext 2"), location(2)]))
    assert report["rows_noted"] == 1
    assert "first number" in report["rows"][0]["note"]
    assert "note" not in report["rows"][1]


def test_homes_that_a_file_is_silent_about_stay_and_are_reported(table: Table) -> None:
    import_file(table, csv_file(locations(5)))
    report = import_file(
        table, csv_file(locations(5, LOCATION_ID="?")), "directory/confirmed/2026-12.csv"
    )
    assert report["kept"] == [f"1-900000000{number}" for number in range(1, 6)]
    assert "no row was read of their local authority: Exampleshire" in report["notes"][0]
    assert report["closed"] == []


def test_a_carers_update_during_an_import_is_not_lost(table: Table) -> None:
    import_file(table, csv_file(locations(3)))

    def locate_while_a_carer_posts(_: str) -> Place:
        homes.revise(
            table,
            SYSTEM,
            "1-9000000002",
            lambda home: home.update({BedCategory.TRANSITIONAL: counts(4)}, None, NOON),
            action=Action.UPDATED,
            author=Author("carer", "request-2"),
        )
        return Place(Point(50.7, -3.5), "EX2 5DW", approximate=False)

    rows = [location(1, LATITUDE=""), *locations(3, RATING="Outstanding")[1:]]
    report = import_file(table, csv_file(rows), locate=locate_while_a_carer_posts)
    assert report["counts"]["changed"] == 3
    home = homes.load(table, "1-9000000002")
    assert home["rating"] == "Outstanding"
    assert home["beds"]["transitional"]["accepting"] == 4
    assert home["confirmed_at"] == "2026-01-05T12:00:00.000Z"


def test_neither_the_table_nor_the_report_names_a_person(table: Table) -> None:
    rows = [location(1), location(2, LOCATION_ID="Mrs Secret"), location(3, BEDS="Mrs Secret")]
    report = import_file(table, csv_file(rows))
    assert report["counts"]["unreadable"] == 2
    assert "Secret" not in json.dumps(report)
    assert "Secret" not in str(all_items(table))
