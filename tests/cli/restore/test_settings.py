"""Lost settings of the table, and a deleted table, are restored."""

from cli import table_settings
from cli.restore import backups
from cli.target import Target
from shared.store import homes, keys
from shared.store.table import Table
from tests.cli.conftest import Bedboard
from tests.support.builders import home, save


def test_a_lost_setting_is_reported_and_restored(target: Target, bedboard: Bedboard) -> None:
    client, name = target.table.client, target.table.name
    bedboard("restore", "settings")
    assert bedboard("restore", "settings", "--dry-run").out == "all settings are right\n"
    client.update_table(TableName=name, DeletionProtectionEnabled=False)
    dry_run = bedboard("restore", "settings", "--dry-run")
    assert (dry_run.status, dry_run.out) == (1, "deletion protection: expected on, found off\n")
    assert "found off; restored\n" in bedboard("restore", "settings").out
    assert client.describe_table(TableName=name)["Table"]["DeletionProtectionEnabled"]


def test_a_table_that_exists_is_not_restored_from_a_backup(bedboard: Bedboard) -> None:
    result = bedboard("restore", "table", "--yes")
    assert result.status == 1
    assert "exists. To restore its content, run `bedboard restore data`" in result.err


def test_a_deleted_table_is_restored_under_its_name_with_its_settings(table: Table) -> None:
    """Run in moto, because the tests' stack needs its table."""
    save(table, home())
    backup = table.client.create_backup(TableName=table.name, BackupName="last")
    table.client.delete_table(TableName=table.name)
    backups.start_restore_of_deleted(table, backup["BackupDetails"]["BackupArn"])
    assert backups.wait_until_active(table, table.name, poll_seconds=0, within_seconds=5)
    assert homes.load(table, "1-9000000001")["version"] == 1
    expected = table_settings.TableSettings(
        "NEW_IMAGE", keys.EXPIRES, True, False, "PAY_PER_REQUEST"
    )
    table_settings.apply_settings(table.client, table.name, expected)
    assert table_settings.read_settings(table.client, table.name) == expected
