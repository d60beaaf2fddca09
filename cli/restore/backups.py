"""Copies of a table that DynamoDB makes: of a past moment, or of a table that was deleted."""

import time
from datetime import datetime

from cli.errors import CommandError, UsageError
from shared.domain.documents import timestamp
from shared.store.table import Table

_LONGEST_NAME = 200
"""Characters of the table's name in the copy's name; DynamoDB allows 255 in all."""


def start_copy(table: Table, moment: datetime, now: datetime) -> str:
    """Start a copy of the table as it was at a moment; return the copy's name.

    Raises UsageError where the moment cannot be restored, CommandError where recovery is off.
    """
    name = f"{table.name[:_LONGEST_NAME]}-restored-{now:%Y%m%dT%H%M%S}"
    client = table.client
    try:
        client.restore_table_to_point_in_time(
            SourceTableName=table.name, TargetTableName=name, RestoreDateTime=moment
        )
    except client.exceptions.InvalidRestoreTimeException:
        raise UsageError(
            f"{table.name} cannot be restored to {timestamp(moment)}."
            f" It can be restored to {_restorable_times(table)}."
        ) from None
    except client.exceptions.PointInTimeRecoveryUnavailableException:
        raise CommandError(
            f"{table.name} cannot be restored: point-in-time recovery is off."
            " `bedboard restore settings` switches it on for the future."
        ) from None
    return name


def start_restore_of_deleted(table: Table, backup_arn: str | None) -> None:
    """Start to restore a deleted table under its own name, from its newest backup by default.

    DynamoDB keeps a backup of a table with point-in-time recovery for 35 days after its deletion.
    Raises CommandError where the table exists or there is no backup.
    """
    client = table.client
    try:
        client.describe_table(TableName=table.name)
    except client.exceptions.ResourceNotFoundException:
        pass
    else:
        raise CommandError(
            f"The table {table.name} exists. To restore its content, run `bedboard restore data`."
        )
    if backup_arn is None:
        summaries = client.list_backups(TableName=table.name, BackupType="ALL")["BackupSummaries"]
        usable = [backup for backup in summaries if backup["BackupStatus"] == "AVAILABLE"]
        if not usable:
            raise CommandError(
                f"There is no backup of {table.name} in this AWS account and region."
                " Check that it is the right account (AWS_PROFILE)."
            )
        backup_arn = max(usable, key=lambda backup: backup["BackupCreationDateTime"])["BackupArn"]
    client.restore_table_from_backup(TargetTableName=table.name, BackupArn=backup_arn)


def wait_until_active(
    table: Table, name: str, *, poll_seconds: float, within_seconds: float
) -> bool:
    """Wait until the table with this name can be used; return whether it can."""
    deadline = time.monotonic() + within_seconds
    while time.monotonic() < deadline:
        if table.client.describe_table(TableName=name)["Table"]["TableStatus"] == "ACTIVE":
            return True
        time.sleep(poll_seconds)
    return False


def _restorable_times(table: Table) -> str:
    backups = table.client.describe_continuous_backups(TableName=table.name)
    window = backups["ContinuousBackupsDescription"].get("PointInTimeRecoveryDescription", {})
    first = window.get("EarliestRestorableDateTime")
    last = window.get("LatestRestorableDateTime")
    return f"{timestamp(first)} to {timestamp(last)}" if first and last else "no time yet"
