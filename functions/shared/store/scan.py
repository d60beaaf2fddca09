"""Read all documents of a kind: every home, or every alert, that the table holds."""

import json
from collections.abc import Iterator

from shared.domain.documents import Document
from shared.domain.vocabulary import ChangeKind
from shared.store import keys
from shared.store.change_log import PARTITIONS
from shared.store.table import Page, Table


def all_documents(table: Table, kind: ChangeKind) -> Iterator[Document]:
    """Yield every document of this kind as it is now. Raises BusyError."""
    for page in pages(table, kind):
        for item in page.items:
            yield json.loads(item[keys.DOCUMENT]["S"])


def pages(table: Table, kind: ChangeKind) -> Iterator[Page]:
    """Yield the pages of these documents, each with its id and its JSON. Raises BusyError."""
    return table.pages(
        "#pk = :pk",
        {":pk": PARTITIONS[kind]},
        ProjectionExpression="#sk, #document",
        ExpressionAttributeNames={
            "#pk": keys.PARTITION,
            "#sk": keys.SORT,
            "#document": keys.DOCUMENT,
        },
    )
