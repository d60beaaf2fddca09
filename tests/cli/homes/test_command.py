"""A directory comes in with a report; homes are listed as those who ring them need."""

import csv
import json
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from cli.homes import command as commands
from cli.homes.listing import Wanted, listed, safe_cell
from cli.target import Target
from shared.domain.documents import Document
from shared.domain.vocabulary import Registration
from tests.cli.conftest import Bedboard
from tests.import_homes.directories import csv_file, location
from tests.support.builders import NOON, REGISTER, home, save, unposted

LATER = NOON + timedelta(hours=2)


def document(location_id: str, **register: Any) -> Document:
    return home(location_id, register=replace(REGISTER, **register)).to_document()


def ids(found: list[Any]) -> list[str]:
    return [each.location_id for each in found]


def test_who_was_not_heard_of_for_longest_comes_first() -> None:
    never = unposted("1-9000000003").to_document()
    old = {**document("1-9000000002"), "confirmed_at": "2025-12-01T12:00:00.000Z"}
    found = listed([document("1-9000000001"), old, never], Wanted(), LATER)
    assert ids(found) == ["1-9000000003", "1-9000000002", "1-9000000001"]
    assert [each.age for each in found] == [
        "never confirmed",
        "confirmed 35 days ago",
        "confirmed 2 hours ago",
    ]
    assert ids(listed([document("1-9000000001"), old, never], Wanted(stale=True), LATER)) == [
        "1-9000000003",
        "1-9000000002",
    ]


def test_only_what_is_asked_for_is_listed() -> None:
    closed = {
        **document("1-9000000002"),
        "admission_status": {"status": "closed", "reason": "outbreak"},
    }
    elsewhere = document("1-9000000003", local_authority="Otherton")
    gone = document("1-9000000004", registration=Registration.DEREGISTERED)
    everything = [document("1-9000000001"), closed, elsewhere, gone]
    assert ids(listed(everything, Wanted(closed=True), LATER)) == ["1-9000000002"]
    assert ids(listed(everything, Wanted(authorities=("OTHERTON",)), LATER)) == ["1-9000000003"]
    assert ids(listed(everything, Wanted(left=True), LATER)) == ["1-9000000004"]
    assert len(listed(everything, Wanted(), LATER)) == 3


@pytest.mark.parametrize("text", ["=1+1", "+44 1632", "-1", "@SUM(A1)", "\tx"])
def test_a_spreadsheet_takes_no_name_for_a_formula(text: str) -> None:
    assert safe_cell(text) == f"'{text}"
    assert safe_cell(-3.5) == -3.5


def test_homes_of_a_stack_are_listed_for_people_and_programs(
    target: Target, bedboard: Bedboard
) -> None:
    register = replace(REGISTER, local_authority="Clishire", name="[bold]Larkrise")
    save(target.table, home("1-9700000001", register=register))
    asked = ("homes", "list", "--stale", "--authority", "clishire")
    ran = bedboard(*asked)
    assert ran.status == 0
    assert ran.out.startswith("1-9700000001\t[bold]Larkrise\tClishire\tconfirmed ")
    (row,) = csv.DictReader(StringIO(bedboard(*asked, "--csv").out))
    assert (row["location_id"], row["free"]) == ("1-9700000001", "1")
    (found,) = bedboard(*asked, "--json").json
    assert found["freshness"] == "stale"


def test_a_directory_comes_in_and_what_could_not_be_read_is_told(
    tmp_path: Path, bedboard: Bedboard
) -> None:
    file = tmp_path / "2026-11.csv"
    file.write_bytes(csv_file([location(1), location(2, POSTCODE="nowhere", LATITUDE="x")]))
    ran = bedboard("homes", "import", str(file), "--closures-are-right")
    assert ran.status == 1
    assert "1 new" in ran.out
    assert "1 unreadable" in ran.out
    assert "row 3 (1-9000000002): " in ran.err

    file.write_bytes(csv_file([location(1)]))
    ran = bedboard("homes", "import", str(file), "--json")
    assert ran.status == 0
    assert ran.json["counts"]["unchanged"] == 1


def test_a_directory_that_is_none_is_refused(tmp_path: Path, bedboard: Bedboard) -> None:
    file = tmp_path / "hello.csv"
    file.write_bytes(b"hello")
    ran = bedboard("homes", "import", str(file))
    assert (ran.status, ran.out) == (1, "")
    assert "refused, nothing was changed" in ran.err


def test_a_report_that_does_not_come_is_told_with_where_it_would_be(
    tmp_path: Path, bedboard: Bedboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "report_on", lambda *_: None)
    file = tmp_path / "late.csv"
    file.write_bytes(b"hello")
    ran = bedboard("homes", "import", str(file), "--wait", "1")
    assert ran.status == 1
    assert "no report after 1 s" in ran.err
    assert "reports/late.csv." in ran.err


@pytest.mark.parametrize("name", ["directory.pdf", "dir;ectory.csv", "..csv\n.csv"])
def test_a_file_of_no_use_is_not_sent(name: str, tmp_path: Path, bedboard: Bedboard) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert bedboard("homes", "import", str(tmp_path / name)).status == 2


def test_closures_that_were_not_confirmed_say_how_to(
    bedboard: Bedboard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = json.loads(
        '{"outcome": "refused", "why": "9 homes are missing", "would_close": ["1-1"],'
        ' "counts": {"unreadable": 0}}'
    )
    monkeypatch.setattr(commands, "report_on", lambda *_: report)
    file = tmp_path / "short.csv"
    file.write_bytes(b"hello")
    assert "--closures-are-right" in bedboard("homes", "import", str(file)).err
