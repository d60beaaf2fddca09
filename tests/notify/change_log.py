"""The change log as a test reads it back."""

from shared.store import keys
from shared.store.table import Item, Table


def log(table: Table) -> list[Item]:
    """Return every entry of the change log, oldest first."""
    items = table.client.scan(TableName=table.name)["Items"]
    return sorted(
        (item for item in items if item[keys.PARTITION]["S"].startswith(keys.CHANGE_PREFIX)),
        key=lambda item: item[keys.SORT]["S"],
    )
