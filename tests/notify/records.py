"""Log entries as the table's stream brings them."""

from datetime import datetime, timedelta
from typing import Any

from shared.store import keys
from shared.store.table import Item, Table


def log(table: Table) -> list[Item]:
    """Every entry of the change log, oldest first."""
    items = table.client.scan(TableName=table.name)["Items"]
    return sorted(
        (item for item in items if item[keys.PARTITION]["S"].startswith(keys.CHANGE_PREFIX)),
        key=lambda item: item[keys.SORT]["S"],
    )


def record(item: Item, *, took: timedelta = timedelta(0)) -> dict[str, Any]:
    """The record of an item that was put so long after its stamp."""
    stamp = item[keys.SORT]["S"].partition("#")[0]
    written = datetime.fromisoformat(stamp) + took
    return {
        "eventID": f"event of {item[keys.SORT]['S']}",
        "eventName": "INSERT",
        "eventSource": "aws:dynamodb",
        "awsRegion": "eu-west-2",
        "dynamodb": {
            "ApproximateCreationDateTime": float(int(written.timestamp())),
            "Keys": {name: item[name] for name in (keys.PARTITION, keys.SORT)},
            "NewImage": item,
            "SequenceNumber": sequence_number(item),
            "StreamViewType": "NEW_IMAGE",
        },
    }


def sequence_number(item: Item) -> str:
    return f"number of {item[keys.SORT]['S']}"
