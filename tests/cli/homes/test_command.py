"""A directory is imported with a report; homes are listed for people and for programs."""

import csv
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from cli.homes.command import print_report, wait_for_report
from cli.target import Target
from tests.cli.conftest import Bedboard
from tests.import_homes.directories import csv_file, location
from tests.support.builders import REGISTER, home, save


def test_homes_are_listed_as_text_csv_and_json(target: Target, bedboard: Bedboard) -> None:
    register = replace(REGISTER, local_authority="Clishire", name="[bold]Larkrise")
    save(target.table, home("1-9700000001", register=register))
    command = ("homes", "list", "--not-heard-from", "31", "--authority", "clishire")
    text = bedboard(*command)
    assert text.status == 0
    assert text.out.startswith("1-9700000001\t[bold]Larkrise\tClishire\tconfirmed ")
    assert text.err == "1 home\n"
    (row,) = csv.DictReader(StringIO(bedboard(*command, "--csv").out))
    assert (row["location_id"], row["vacancies"]) == ("1-9700000001", "1")
    (line,) = bedboard(*command, "--json").json
    assert line["likelihood"] == "phone_first"


def test_an_import_reports_the_rows_that_could_not_be_read(
    tmp_path: Path, bedboard: Bedboard
) -> None:
    file = tmp_path / "2026-11.csv"
    file.write_bytes(csv_file([location(1), location(2, POSTCODE="nowhere", LATITUDE="x")]))
    result = bedboard("homes", "import", str(file), "--closures-are-right")
    assert result.status == 1
    assert "new: 1 row\n" in result.out
    assert "unreadable: 1 row\n" in result.out
    assert "row 3 (1-9000000002): " in result.err

    file.write_bytes(csv_file([location(1)]))
    result = bedboard("homes", "import", str(file), "--json")
    assert result.status == 0
    assert result.json["counts"]["unchanged"] == 1


def test_the_import_refuses_a_file_that_is_not_a_directory(
    tmp_path: Path, bedboard: Bedboard
) -> None:
    file = tmp_path / "hello.csv"
    file.write_bytes(b"hello")
    result = bedboard("homes", "import", str(file))
    assert (result.status, result.out) == (1, "")
    assert "The file was refused and nothing was changed" in result.err


@pytest.mark.parametrize("name", ["directory.pdf", "dir;ectory.csv", "..csv\n.csv"])
def test_a_file_with_a_wrong_name_is_not_uploaded(
    name: str, tmp_path: Path, bedboard: Bedboard
) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert bedboard("homes", "import", str(tmp_path / name)).status == 2


def test_a_missing_report_ends_the_wait(target: Target) -> None:
    assert wait_for_report(target, lambda: None, 0.3) is None


def test_a_late_report_is_found(target: Target) -> None:
    reports: list[dict[str, Any] | None] = [{"outcome": "imported"}, None]
    assert wait_for_report(target, reports.pop, 30) == {"outcome": "imported"}


def test_a_command_that_ends_without_a_report_says_where_it_will_be(
    tmp_path: Path, bedboard: Bedboard, target: Target
) -> None:
    file = tmp_path / "late.csv"
    file.write_bytes(b"hello")
    # A bucket whose uploads start no import.
    bucket = target.client("s3")
    bucket.create_bucket(
        Bucket="no-imports",
        CreateBucketConfiguration={"LocationConstraint": target.connection["region_name"]},
    )
    elsewhere = replace(target, outputs={**target.outputs, "ImportBucket": "no-imports"})
    result = bedboard("homes", "import", str(file), "--wait", "1", on=elsewhere)
    assert result.status == 1
    assert "There is no report after 1 s" in result.err
    assert "reports/late.csv." in result.err
    assert "bedboard dead-letters list" in result.err


def test_a_refusal_for_closures_says_how_to_confirm_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    report = {
        "outcome": "refused",
        "why": "9 homes are missing",
        "would_close": ["1-1"],
        "counts": {"unreadable": 0},
    }
    print_report(report)
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "9 homes are missing" in printed.err
    assert "--closures-are-right" in printed.err


def test_an_authority_that_the_file_spells_otherwise_is_printed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    missing = {"local_authority": "Bristol", "nearest": ["Bristol, City of"]}
    print_report(
        {
            "outcome": "imported",
            "missing_authorities": [missing],
            "counts": {"unreadable": 0},
            "rows": [],
        }
    )
    printed = capsys.readouterr()
    assert "no care home of 'Bristol'" in printed.err
    assert "'Bristol, City of'" in printed.err
