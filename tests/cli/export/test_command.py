"""Everything is exported in open formats, whole or not at all, without people unless asked."""

import csv
import json
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import boto3
import httpx
import pytest

from cli.export import table_dump
from cli.export.command import complete
from cli.export.table_dump import write_table
from cli.target import Target
from local.emulator.stack import LocalStack
from local.emulator.tokens import token
from shared.aws.clock import SYSTEM
from shared.domain.placing_stop import PlacingStop
from shared.domain.uk_time import uk_day
from shared.domain.vocabulary import ChangeKind
from shared.store import keys
from shared.store.change_log import commit, republish
from shared.store.scan import all_documents
from shared.store.table import Table
from tests.cli.conftest import Bedboard
from tests.support.builders import changed, home, mark, save

MEMBER = "exported.member@example.org"


def read_lines(file: Path) -> list[Any]:
    """Read a JSON Lines file."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def test_an_export_is_complete_and_its_checksums_are_right(
    stack: LocalStack, target: Target, bedboard: Bedboard, tmp_path: Path
) -> None:
    full, free = home("1-9700000401", accepting=0), home("1-9700000401", accepting=3)
    save(target.table, full)
    commit(target.table, SYSTEM, [changed(full, free)])
    stop = PlacingStop(uk_day(SYSTEM.now()))
    mark(target.table, "1-9700000401", stop)
    headers = {"Authorization": f"Bearer {token(stack, ['team:exported'])}"}
    with httpx.Client(base_url=stack.api_url, headers=headers, timeout=30) as client:
        system = f"arn:aws:sqs:{stack.region}:000000000000:exported"
        for member in (
            {"protocol": "email", "address": MEMBER},
            {"protocol": "sqs", "address": system},
        ):
            assert client.post("/alerts/members", json=member).status_code == 201
        alert = {"near": "58.7167,-3.5062", "radius_miles": 1}
        assert client.post("/alerts", json=alert).status_code == 201

    folder = tmp_path / "out"
    result = bedboard("export", str(folder))
    assert result.status == 0, result.err
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    written = {each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()}
    assert set(manifest["files"]) == written - {"manifest.json"}
    for name, entry in manifest["files"].items():
        content = (folder / name).read_bytes()
        assert entry["sha256"] == sha256(content).hexdigest()
        rows = content.count(b"\n") - name.endswith(".csv")
        assert entry["records"] == rows, name

    live = {each["location_id"]: each for each in all_documents(target.table, ChangeKind.HOME)}
    assert {each["location_id"]: each for each in read_lines(folder / "homes.jsonl")} == live
    with (folder / "homes.csv").open(encoding="utf-8", newline="") as file:
        rows_by_id = {row["location_id"]: row for row in csv.DictReader(file)}
    assert rows_by_id["1-9700000401"]["general_nursing.accepting"] == "3"
    changes = [each for day in sorted(folder.glob("changes/*")) for each in read_lines(day)]
    ours = [each for each in changes if each["id"] == "1-9700000401"]
    assert [(each["kind"], each["version"]) for each in ours] == [
        ("home", 1),
        ("home", 2),
        ("placing_stop", 1),
    ]
    marks = [
        e for e in read_lines(folder / "placing_stops.jsonl") if e["location_id"] == "1-9700000401"
    ]
    assert [each["placing_stop"] for each in marks] == [stop.to_document()]
    assert ours[1]["previous"]["beds"]["general_nursing"]["accepting"] == 0
    assert "exported" in {each["team"] for each in read_lines(folder / "alerts.jsonl")}
    teams = {each["team"]: each for each in read_lines(folder / "teams.jsonl")}
    assert teams["exported"] == {"team": "exported", "systems": {"sqs": 1}}
    assert not any(b"@" in (folder / name).read_bytes() for name in written)

    with_people = tmp_path / "with people"
    assert bedboard("export", str(with_people), "--with-people").status == 0
    assert not any(MEMBER.encode() in each.read_bytes() for each in with_people.rglob("*.jsonl"))
    people = read_lines(with_people / "people.jsonl")
    assert all(each["person_id"] for each in people)
    addresses = {each["email"] for each in people}
    pool = boto3.client("cognito-idp", **stack.connection)
    assert len(addresses) == len(pool.list_users(UserPoolId=stack.user_pool_id)["Users"])


def fail_to_write(directory: Path) -> None:
    """Begin an export whose disk becomes full."""
    with complete(directory) as folder:
        (folder / "homes.jsonl").write_text("{}")
        raise OSError("no space left")


def test_an_export_that_fails_leaves_no_files(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="no space left"):
        fail_to_write(tmp_path / "out")
    assert not list(tmp_path.iterdir())


def test_every_partition_of_the_table_is_exported_or_left_out_for_a_reason() -> None:
    known = {keys.HOMES, keys.CHANGE_PREFIX, *table_dump.DOCUMENTS}
    left_out = {*table_dump.EXPIRING, *table_dump.PERSONAL}
    partitions = {
        value
        for name, value in vars(keys).items()
        if name.isupper() and isinstance(value, str) and re.fullmatch("[A-Z_]+#?", value)
    }
    assert partitions == known | left_out


def test_republished_entries_and_expiring_items_are_not_exported(
    table: Table, tmp_path: Path
) -> None:
    change = changed(home(accepting=1), home(accepting=2))
    save(table, home(accepting=1))
    commit(table, SYSTEM, [change])
    republish(table, SYSTEM, change)
    expiring = (keys.sent("x"), keys.idempotency_record("a", "b"), keys.snapshot("home"))
    personal = (keys.members("team#exeter"), keys.link("9f86d0"))
    for partition in (*expiring, *personal, "NEW#thing"):
        table.put({"pk": {"S": partition}, "sk": {"S": "-"}})
    over = {"expires": {"N": str(int(SYSTEM.now().timestamp()))}}
    for partition in (keys.ALERTS, keys.change_day(SYSTEM.now()), "OLD#thing"):
        table.put({"pk": {"S": partition}, "sk": {"S": "over"}, **over})
    counts = write_table(table, tmp_path, SYSTEM.now(), lambda _: None)
    day = f"changes/{SYSTEM.now():%Y-%m-%d}.jsonl"
    assert counts == {
        table_dump.HOMES: 1,
        table_dump.HOMES_CSV: 1,
        table_dump.ALERTS: 0,
        table_dump.PLACING_STOPS: 0,
        day: 2,
        table_dump.OTHER: 1,
    }
