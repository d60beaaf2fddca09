"""Read all documents of a kind: every home, or every alert, that the table holds."""

import json
from collections.abc import Callable, Iterator

from shared.domain.documents import Document
from shared.domain.vocabulary import ChangeKind
from shared.store import keys
from shared.store.change_log import PARTITIONS
from shared.store.readable import readable, sort_key
from shared.store.table import Item, Page, Table


def all_documents(
    table: Table, kind: ChangeKind, report_unreadable: Callable[[str], None] | None = None
) -> Iterator[Document]:
    """Yield every document of this kind as it is now. Raises BusyError.

    One that cannot be read raises, unless there is a `report_unreadable`: that is called within an
    `except` block, with the sort key of its item, and every other one is used.
    """
    items = (item for page in pages(table, kind) for item in page.items)
    if report_unreadable is None:
        return map(_document, items)
    return readable(items, _document, sort_key, report_unreadable)


def _document(item: Item) -> Document:
    document: Document = json.loads(item[keys.DOCUMENT]["S"])
    return document


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
