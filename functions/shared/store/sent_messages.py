"""The record of who was sent a message about one thing, so that no one is sent it twice."""

from datetime import datetime

from shared.store import keys
from shared.store.table import Table


def recipients(table: Table, partition: str, now: datetime) -> set[str]:
    """Return everyone on record in a partition such as `keys.sent(change_id)`.

    Expired records do not count: DynamoDB may delete them days later. Raises BusyError.
    """
    items = table.query(
        "#pk = :pk",
        {":pk": partition},
        ProjectionExpression="#sk, #expires",
        ExpressionAttributeNames={
            "#pk": keys.PARTITION,
            "#sk": keys.SORT,
            "#expires": keys.EXPIRES,
        },
    )
    return {
        item[keys.SORT]["S"] for item in items if int(item[keys.EXPIRES]["N"]) > now.timestamp()
    }


def record(
    table: Table, partition: str, recipient: str, message_id: str, expires_at: datetime
) -> None:
    """Record that the recipient was sent the message with this SNS id. Raises BusyError."""
    table.put(
        {
            keys.PARTITION: {"S": partition},
            keys.SORT: {"S": recipient},
            "message_id": {"S": message_id},
            keys.EXPIRES: {"N": str(int(expires_at.timestamp()))},
        }
    )
