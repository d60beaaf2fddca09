"""Read every home, or every alert, that the table holds."""

import json
from collections.abc import Iterator

from shared.domain.documents import Document
from shared.domain.vocabulary import ChangeKind
from shared.store import keys
from shared.store.change_log import PARTITIONS
from shared.store.table import Page, Table


def all_documents(table: Table, kind: ChangeKind) -> Iterator[Document]:
    """Every thing of this kind as it stands."""
    for page in pages(table, kind):
        for item in page.items:
            yield json.loads(item["document"]["S"])


def pages(table: Table, kind: ChangeKind) -> Iterator[Page]:
    """The same as the table has it: each item's `is` is a document as JSON."""
    return table.pages(
        "#pk = :pk",
        {":pk": PARTITIONS[kind]},
        ProjectionExpression="#document",
        ExpressionAttributeNames={"#pk": keys.PARTITION, "#document": "document"},
    )
