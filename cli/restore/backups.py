"""Copies of a table as DynamoDB makes them: of a moment that is past, or of a deleted table."""

import time
from datetime import datetime

from cli.errors import CommandError, UsageError
from shared.aws.clock import SYSTEM
from shared.domain.documents import timestamp
from shared.store.table import Table


def of_moment(table: Table, moment: datetime) -> str:
    """Start a copy of the table as it was then; the copy's name. Raises UsageError."""
    name = f"{table.name[:200]}-restored-{SYSTEM.now():%Y%m%dT%H%M%S}"
    client = table.client
    try:
        client.restore_table_to_point_in_time(
            SourceTableName=table.name, TargetTableName=name, RestoreDateTime=moment
        )
    except client.exceptions.InvalidRestoreTimeException:
        described = client.describe_continuous_backups(TableName=table.name)
        window = described["ContinuousBackupsDescription"].get("PointInTimeRecoveryDescription", {})
        first, last = (
            window.get("EarliestRestorableDateTime"),
            window.get("LatestRestorableDateTime"),
        )
        told = f"from {timestamp(first)} to {timestamp(last)}" if first and last else "nothing now"
        raise UsageError(f"{timestamp(moment)} cannot be restored; expected: {told}") from None
    except client.exceptions.PointInTimeRecoveryUnavailableException:
        raise CommandError(
            f"point-in-time recovery is off for {table.name}, so there is nothing to go back to;"
            " `bedboard restore settings` switches it on for the future"
        ) from None
    return name


def of_deleted(table: Table, backup_arn: str | None) -> None:
    """Start to make the table anew, under its own name. Raises CommandError.

    DynamoDB keeps a backup of a table with point-in-time recovery for 35 days after its deletion.
    """
    client = table.client
    try:
        client.describe_table(TableName=table.name)
    except client.exceptions.ResourceNotFoundException:
        pass
    else:
        raise CommandError(f"{table.name} is there: `bedboard restore data` brings content back")
    if backup_arn is None:
        found = client.list_backups(TableName=table.name, BackupType="ALL")["BackupSummaries"]
        usable = [each for each in found if each["BackupStatus"] == "AVAILABLE"]
        if not usable:
            raise CommandError(f"there is no backup of {table.name} in this account and region")
        backup_arn = max(usable, key=lambda each: each["BackupCreationDateTime"])["BackupArn"]
    client.restore_table_from_backup(TargetTableName=table.name, BackupArn=backup_arn)


def wait_for(table: Table, name: str, *, poll_seconds: float, within_seconds: float) -> None:
    """Wait until the table can be used; small ones take AWS some minutes. Raises CommandError."""
    deadline = time.monotonic() + within_seconds
    while time.monotonic() < deadline:
        described = table.client.describe_table(TableName=name)["Table"]
        if described["TableStatus"] == "ACTIVE":
            return
        time.sleep(poll_seconds)
    raise CommandError(
        f"{name} is still being made; when it is ACTIVE, run the same with --from-table {name}"
    )
