"""Fill DynamoDB tables of a local stack with many items at once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from shared.domain.alert import Alert
from shared.domain.documents import Document, to_json
from shared.store import keys
from shared.store.table import Table

if TYPE_CHECKING:
    from types_boto3_dynamodb import DynamoDBClient

Item = Mapping[str, Any]

_BATCH: Final = 25
"""The most requests that BatchWriteItem takes."""


def put_items(client: "DynamoDBClient", table_name: str, items: Iterable[Item]) -> None:
    """Write the items, in batches."""
    _write(client, table_name, ({"PutRequest": {"Item": item}} for item in items))


def delete_items(client: "DynamoDBClient", table_name: str, items: Iterable[Item]) -> None:
    """Delete the items, in batches, by the keys of Bedboard's table."""
    _write(client, table_name, ({"DeleteRequest": {"Key": _key(item)}} for item in items))


def put_homes(table: Table, documents: Iterable[Document]) -> None:
    """Write homes as if they had been there for long: without entries in the change log."""
    put_items(table.client, table.name, map(home_item, documents))


def home_item(document: Document) -> dict[str, Any]:
    """Return the table's item of a home."""
    return _item(keys.HOMES, document["location_id"], document)


def alert_item(alert: Alert) -> dict[str, Any]:
    """Return the table's item of an alert."""
    return _item(keys.ALERTS, keys.alert(alert.team, alert.alert_id), alert.to_document())


def create_table(table: Table, name: str) -> Table:
    """Create an empty table with the stack's keys and index, but without a stream.

    So writing to it keeps no function busy.
    """
    text: Any = [
        {"AttributeName": each, "AttributeType": "S"}
        for each in (keys.PARTITION, keys.SORT, keys.OF_HOME)
    ]
    index: Any = {
        "IndexName": keys.CHANGES_OF_HOME_INDEX,
        "KeySchema": _key_schema(keys.OF_HOME, keys.SORT),
        "Projection": {"ProjectionType": "ALL"},
    }
    table.client.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=text,
        KeySchema=_key_schema(keys.PARTITION, keys.SORT),
        GlobalSecondaryIndexes=[index],
    )
    return replace(table, name=name)


def _write(client: "DynamoDBClient", table_name: str, requests: Iterable[Any]) -> None:
    remaining: Iterator[Any] = iter(requests)
    while batch := list(islice(remaining, _BATCH)):
        unprocessed: Any = {table_name: batch}
        while unprocessed:
            response = client.batch_write_item(RequestItems=unprocessed)
            unprocessed = response["UnprocessedItems"]


def _item(partition: str, sort: str, document: Document) -> dict[str, Any]:
    return {
        keys.PARTITION: {"S": partition},
        keys.SORT: {"S": sort},
        keys.VERSION: {"N": str(document["version"])},
        keys.DOCUMENT: {"S": to_json(document)},
    }


def _key(item: Item) -> Item:
    return {name: item[name] for name in (keys.PARTITION, keys.SORT)}


def _key_schema(partition: str, sort: str) -> Any:  # noqa: ANN401 - boto3's own type
    return [
        {"AttributeName": partition, "KeyType": "HASH"},
        {"AttributeName": sort, "KeyType": "RANGE"},
    ]
