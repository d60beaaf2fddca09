"""Read all documents of a kind: every home, or every alert, that the table holds."""

import json
from collections.abc import Callable, Iterator

from shared.domain.documents import Document
from shared.domain.vocabulary import ChangeKind
from shared.store import keys
from shared.store.change_log import PARTITIONS
from shared.store.table import Page, Table


def all_documents(
    table: Table, kind: ChangeKind, report_unreadable: Callable[[str], None] | None = None
) -> Iterator[Document]:
    """Yield every document of this kind as it is now. Raises BusyError.

    One that cannot be read raises, unless there is a `report_unreadable`: that is called within an
    `except` block, with the sort key of its item, and every other one is used.
    """
    for page in pages(table, kind):
        for item in page.items:
            try:
                document = json.loads(item[keys.DOCUMENT]["S"])
            except Exception:  # it may be anything, and must not hide the rest
                if report_unreadable is None:
                    raise
                report_unreadable(item[keys.SORT]["S"])
                continue
            yield document


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
