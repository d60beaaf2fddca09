"""What anyone may read of how often the list was right: one item a month, written once."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Final, NamedTuple

from shared.domain.demand import Period
from shared.domain.documents import to_json
from shared.domain.public_truth import PublicTruth
from shared.store import keys
from shared.store.readable import readable, sort_key
from shared.store.table import ConditionFailedError, Item, Table

KEPT: Final = timedelta(days=400)


class Published(NamedTuple):
    """What was published when a month was over; it may be of earlier months."""

    month: str
    """`2026-10`."""
    truth: PublicTruth


def newest(table: Table, report_unreadable: Callable[[str], None]) -> Published | None:
    """Return what was published last and can be read, usually with one small request.

    The sort key of what cannot be read is given to `report_unreadable`, within an `except` block.
    Raises BusyError.
    """
    pages = table.pages(
        "#pk = :pk",
        {":pk": keys.PUBLIC_TRUTH},
        ExpressionAttributeNames={"#pk": keys.PARTITION},
        ScanIndexForward=False,
        Limit=1,
    )
    items = (item for page in pages for item in page.items)
    return next(readable(items, _published, sort_key, report_unreadable), None)


def _published(item: Item) -> Published:
    document = json.loads(item[keys.DOCUMENT]["S"])
    return Published(item[keys.SORT]["S"], PublicTruth.from_document(document))


def publish(table: Table, month: Period, truth: PublicTruth) -> bool:
    """Publish it for a month; return False if something is published for that, and stays.

    Raises BusyError.
    """
    write = {
        "Item": {
            keys.PARTITION: {"S": keys.PUBLIC_TRUTH},
            keys.SORT: {"S": month.id},
            keys.DOCUMENT: {"S": to_json(truth.to_document())},
            keys.EXPIRES: {"N": str(int((month.end + KEPT).timestamp()))},
        },
        "ConditionExpression": "attribute_not_exists(#pk)",
        "ExpressionAttributeNames": {"#pk": keys.PARTITION},
    }
    try:
        table.transact([write])
    except ConditionFailedError:
        return False
    return True
