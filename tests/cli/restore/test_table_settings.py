"""A restored table gets back all that its copy lacks, and the way from its stream to the alerts."""

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, ClassVar

import boto3
import pytest

from cli.restore import backups, stream_mapping, table_settings
from cli.target import Target
from shared.store import homes, keys
from shared.store.table import Table
from tests.cli.conftest import Bedboard
from tests.support.builders import home, save


def test_a_restored_table_lacks_what_the_command_puts_back(
    target: Target, copied: Callable[[], str]
) -> None:
    client, copy = target.table.client, copied()
    expected = table_settings.written(target)
    here = table_settings.found(client, copy)
    missing = set(table_settings.lacking(expected, here))
    assert missing >= {"stream", "expires", "is_recoverable", "is_protected"}
    restored = replace(target, outputs={**target.outputs, "TableName": copy})
    assert stream_mapping.stream_of(restored, copy) is None

    wanted = replace(expected, tags={"council": "fictional"})
    assert set(table_settings.put_back(client, copy, wanted)) == {*missing, "tags"}
    assert table_settings.found(client, copy) == wanted
    assert table_settings.put_back(client, copy, wanted) == {}
    stream = stream_mapping.stream_of(restored, copy)
    assert stream
    assert stream_mapping.lay(restored, stream)
    try:
        assert not stream_mapping.lay(restored, stream)
        assert like(target, stream_mapping.stream_of(target, target.output("TableName"))) == like(
            restored, stream
        )
    finally:
        laid = stream_mapping.found(restored, stream)
        assert laid
        boto3.client("lambda", **target.connection).delete_event_source_mapping(UUID=laid["UUID"])


def test_a_mapping_waits_until_iam_knows_what_the_role_may_do(
    target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    """AWS refuses one at once after the role's policy was put: "Please ensure the role can perform
    the GetRecords ... Actions on your stream"."""

    class Functions:
        exceptions = SimpleNamespace(InvalidParameterValueException=KeyError)
        asked: ClassVar[list[str]] = []

        def create_event_source_mapping(self, **asked: Any) -> None:
            self.asked.append(asked["EventSourceArn"])
            if len(self.asked) < 3:
                raise self.exceptions.InvalidParameterValueException

    monkeypatch.setattr(stream_mapping, "found", lambda *_: None)
    monkeypatch.setattr(stream_mapping, "_all", lambda *_: [{"EventSourceArn": "arn/stream/1"}])
    monkeypatch.setattr(stream_mapping, "_allow", lambda *_: None)
    monkeypatch.setattr(stream_mapping, "ALLOWED_PAUSE_SECONDS", 0)
    monkeypatch.setattr("cli.restore.stream_mapping.boto3.client", lambda *_, **__: Functions())
    assert stream_mapping.lay(target, "arn/stream/2")
    assert Functions.asked == ["arn/stream/2"] * 3


def like(stack: Target, stream: str | None) -> dict[str, Any]:
    """How notify is called with the records of a stream."""
    assert stream
    found: Any = stream_mapping.found(stack, stream)
    own = {"UUID", "EventSourceArn", "EventSourceMappingArn", "LastModified", "StartingPosition"}
    return {
        name: value
        for name, value in found.items()
        if name not in own and not name.startswith("Last")
    }


def test_settings_that_were_lost_are_found_and_put_right(
    target: Target, bedboard: Bedboard
) -> None:
    client, name = target.table.client, target.table.name
    bedboard("restore", "settings")
    assert bedboard("restore", "settings", "--dry-run").out == "nothing is missing\n"
    client.update_table(TableName=name, DeletionProtectionEnabled=False)
    looked = bedboard("restore", "settings", "--dry-run")
    assert (looked.status, looked.out) == (1, "is_protected: expected True, found False\n")
    assert "put right" in bedboard("restore", "settings").out
    assert client.describe_table(TableName=name)["Table"]["DeletionProtectionEnabled"]


def test_a_table_that_is_there_is_not_made_anew(bedboard: Bedboard) -> None:
    ran = bedboard("restore", "table", "--yes")
    assert ran.status == 1
    assert "is there: `bedboard restore data`" in ran.err


def test_a_table_that_was_deleted_comes_back_under_its_name_with_its_settings(
    target: Target, table: Table
) -> None:
    """In moto: the tests' stack needs its table."""
    save(table, home())
    backup = table.client.create_backup(TableName=table.name, BackupName="last")
    table.client.delete_table(TableName=table.name)
    backups.of_deleted(table, backup["BackupDetails"]["BackupArn"])
    backups.wait_for(table, table.name, poll_seconds=0, within_seconds=5)
    assert homes.load(table, "1-9000000001")["version"] == 1
    wanted = table_settings.Settings("NEW_IMAGE", keys.EXPIRES, True, False, "PAY_PER_REQUEST")
    table_settings.put_back(table.client, table.name, wanted)
    assert table_settings.found(table.client, table.name) == wanted
