"""The local stack's table, filled with many homes at once; events as API Gateway sends them."""

import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import islice
from types import SimpleNamespace
from typing import Any, Final

from layer.build import postcode_package
from local.emulator.stack import LocalStack
from local.lambda_events import api_request
from shared.domain.documents import Document, to_json
from shared.store import keys
from shared.store.table import Table

_AT_ONCE: Final = 25  # the most that BatchWriteItem takes

CONTEXT: Final[Any] = SimpleNamespace(
    function_name="bench",
    memory_limit_in_mb=512,
    invoked_function_arn="arn:aws:lambda:eu-west-2:000000000000:function:bench",
    aws_request_id="00000000-0000-4000-8000-000000000000",
)
"""What Lambda tells a function of itself, as far as one asks."""


def environment(stack: LocalStack, table_name: str | None = None) -> dict[str, str]:
    """What a function of the stack finds around it, on this machine."""
    return {
        "AWS_ACCESS_KEY_ID": stack.access_key_id,
        "AWS_SECRET_ACCESS_KEY": stack.secret_access_key,
        "AWS_DEFAULT_REGION": stack.region,
        "AWS_ENDPOINT_URL": stack.endpoint_url,
        "TABLE_NAME": table_name or stack.table_name,
        "TEAM_TOPIC_PREFIX": stack.team_topic_prefix,
        "SEARCH_ACCESS": "public",
        "POWERTOOLS_SERVICE_NAME": "bench",
        "POWERTOOLS_METRICS_NAMESPACE": "Bedboard",
        "POWERTOOLS_METRICS_DISABLED": "true",
        "POWERTOOLS_TRACE_DISABLED": "true",
        "POWERTOOLS_LOG_LEVEL": "WARNING",
        "NO_PROXY": "127.0.0.1,localhost",
    }


def become_a_function(stack: LocalStack) -> None:
    """Have this process import and run handlers as the stack's functions do."""
    os.environ.update(environment(stack))
    place = str(postcode_package().parent)
    if place not in sys.path:
        sys.path.insert(0, place)


def fill(table: Table, documents: Iterable[Document]) -> None:
    """Put homes where they are kept, as if they had been there for long: no log entries."""
    items = (
        {
            keys.PARTITION: {"S": keys.HOMES},
            keys.SORT: {"S": document["location_id"]},
            "version": {"N": str(document["version"])},
            "document": {"S": to_json(document)},
        }
        for document in documents
    )
    put_all(table, table.name, items)


def own_table(table: Table, name: str) -> Table:
    """An empty table of one's own with the keys and the index of the stack's, but no stream: what
    is put there keeps no function busy meanwhile."""
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


def _key_schema(partition: str, sort: str) -> Any:  # noqa: ANN401
    return [
        {"AttributeName": partition, "KeyType": "HASH"},
        {"AttributeName": sort, "KeyType": "RANGE"},
    ]


def put_all(table: Table, name: str, items: Iterable[Mapping[str, Any]]) -> None:
    """Write many items of any table of the stack's account."""
    left = iter(items)
    while some := list(islice(left, _AT_ONCE)):
        asked: Any = {name: [{"PutRequest": {"Item": item}} for item in some]}
        while asked:
            asked = table.client.batch_write_item(RequestItems=asked)["UnprocessedItems"]


def event(method: str, path: str, query: str = "", body: str | None = None) -> dict[str, Any]:
    """Return a request by someone of a team, a home's staff and the council."""
    return api_request(
        method,
        path,
        groups="team:exeter-discharge council home:1-0000000001",
        query=query,
        headers={"accept": "application/json", "content-type": "application/json"},
        raw_body=body,
    )
