"""What anyone may read of how often the list was right: one item a month, written once."""

import json
from datetime import timedelta
from typing import Final, NamedTuple

from shared.domain.demand import Period
from shared.domain.documents import to_json
from shared.domain.public_truth import PublicTruth
from shared.store import keys
from shared.store.table import ConditionFailedError, Table

KEPT: Final = timedelta(days=400)


class Published(NamedTuple):
    """What was published when a month was over; it may be of earlier months."""

    month: str
    """`2026-10`."""
    truth: PublicTruth


def newest(table: Table) -> Published | None:
    """Return what was published last, with one small request. Raises BusyError."""
    pages = table.pages(
        "#pk = :pk",
        {":pk": keys.PUBLIC_TRUTH},
        ExpressionAttributeNames={"#pk": keys.PARTITION},
        ScanIndexForward=False,
        Limit=1,
    )
    for item in next(iter(pages)).items:
        document = json.loads(item[keys.DOCUMENT]["S"])
        return Published(item[keys.SORT]["S"], PublicTruth.from_document(document))
    return None


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
