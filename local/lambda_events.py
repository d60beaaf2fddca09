"""Events as API Gateway, streams, queues, EventBridge and its scheduler send them to a function.

The one source of them for tests, benchmarks, the measured cost and the command line.
`tests/contracts` holds their shape to what AWS sends.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final
from uuid import uuid4

from aws_lambda_powertools.utilities.typing import LambdaContext

from shared.store import keys
from shared.store.table import Item

Event = dict[str, Any]

ACCOUNT: Final = "123456789012"

STREAM: Final = (
    f"arn:aws:dynamodb:eu-west-2:{ACCOUNT}:table/bedboard-test/stream/2026-11-22T00:00:00.000"
)

SUBJECT: Final = "00000000-0000-4000-8000-000000000001"
"""The user id of a caller, where a test names no other."""


class Context(LambdaContext):
    """The context that Lambda passes beside an event."""

    def __init__(self, function_name: str = "test") -> None:
        """Give the invocation a request id that no other has."""
        self._function_name = function_name
        self._memory_limit_in_mb = 512
        self._invoked_function_arn = f"arn:aws:lambda:eu-west-2:{ACCOUNT}:function:{function_name}"
        self._aws_request_id = str(uuid4())


def api_request(
    method: str,
    path: str,
    *,
    groups: str | None = None,
    subject: str = SUBJECT,
    query: str = "",
    headers: Mapping[str, str] | None = None,
    body: object = None,
    raw_body: str | None = None,
    base64_encoded: bool = False,
) -> Event:
    """Return a request to the HTTP API (payload version 2.0, `$default` stage).

    `groups` are separated by spaces, as API Gateway writes a list claim; None is a caller who is
    not signed in. `body` is sent as JSON; `raw_body` is sent as it is.
    """
    context: Event = {
        "accountId": ACCOUNT,
        "apiId": "api",
        "domainName": "api.example.org",
        "domainPrefix": "api",
        "http": {
            "method": method,
            "path": path,
            "protocol": "HTTP/1.1",
            "sourceIp": "192.0.2.1",
            "userAgent": "Mozilla/5.0",
        },
        "requestId": str(uuid4()),
        "routeKey": "$default",
        "stage": "$default",
        "time": "22/Nov/2026:12:00:00 +0000",
        "timeEpoch": 1795348800000,
    }
    if groups is not None:
        claims = {"sub": subject, "iss": "https://issuer.example.org"}
        if groups:
            claims["cognito:groups"] = f"[{groups}]"
        context["authorizer"] = {"jwt": {"claims": claims, "scopes": None}}
    event: Event = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": query,
        "headers": {name.lower(): value for name, value in (headers or {}).items()},
        "requestContext": context,
        "isBase64Encoded": base64_encoded,
    }
    if raw_body is not None or body is not None:
        event["body"] = raw_body if raw_body is not None else json.dumps(body)
    return event


def stream_batch(*records: Event) -> Event:
    """Return a batch of the table's stream."""
    return {"Records": list(records)}


def stream_record(
    entry: Item,
    *,
    committed_after: timedelta = timedelta(0),
    sequence_number: str | None = None,
) -> Event:
    """Return the stream's record of a log entry that was committed so long after its stamp.

    The stream rounds its times down to seconds. The same entry gets the same sequence number,
    where none is given.
    """
    sort_key = entry[keys.SORT]["S"]
    committed_at = datetime.fromisoformat(sort_key.partition("#")[0]) + committed_after
    number = sequence_number or str(int(sha256(sort_key.encode()).hexdigest()[:16], 16))
    return {
        "eventID": sha256(sort_key.encode()).hexdigest()[:32],
        "eventName": "INSERT",
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": "eu-west-2",
        "dynamodb": {
            "ApproximateCreationDateTime": float(int(committed_at.timestamp())),
            "Keys": {name: entry[name] for name in (keys.PARTITION, keys.SORT)},
            "NewImage": entry,
            "SequenceNumber": number,
            "SizeBytes": len(json.dumps(entry)),
            "StreamViewType": "NEW_IMAGE",
        },
        "eventSourceARN": STREAM,
    }


def queue_record(message: Mapping[str, Any], queue_arn: str) -> Event:
    """Return the record of a message as SQS returns it to a receiver, with all its attributes."""
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": {
            "ApproximateReceiveCount": "1",
            "SentTimestamp": "1795348800000",
            "SenderId": "AROAEXAMPLE",
            "ApproximateFirstReceiveTimestamp": "1795348800001",
            **message.get("Attributes", {}),
        },
        "messageAttributes": {
            name: {"stringValue": each["StringValue"], "dataType": each["DataType"]}
            for name, each in message.get("MessageAttributes", {}).items()
        },
        "md5OfBody": message.get("MD5OfBody", ""),
        "eventSource": "aws:sqs",
        "eventSourceARN": queue_arn,
        "awsRegion": "eu-west-2",
    }


def queue_batch(*records: Event) -> Event:
    """Return a batch of a queue."""
    return {"Records": list(records)}


def object_created(bucket: str, key: str) -> Event:
    """Return EventBridge's event of a file that was put into a bucket; keys are not encoded."""
    return {
        "version": "0",
        "id": str(uuid4()),
        "source": "aws.s3",
        "detail-type": "Object Created",
        "account": ACCOUNT,
        "time": "2026-11-22T09:30:00Z",
        "region": "eu-west-2",
        "resources": [f"arn:aws:s3:::{bucket}"],
        "detail": {
            "version": "0",
            "event-version": "1.1",
            "bucket": {"name": bucket},
            "object": {
                "key": key,
                "size": 1,
                "etag": "b1946ac92492d2347c6235b4d2611184",
                "version-id": "IYV3p45BT0ac8hjHg1houSdS1a.Mro8e",
                "sequencer": "617f08299329d189",
            },
            "request-id": "N4N7GDK58NMKJ12R",
            "requester": ACCOUNT,
            "source-ip-address": "192.0.2.1",
            "reason": "PutObject",
        },
    }


def schedule(remind_at: str | None = None) -> Event:
    """Return what the scheduler calls `remind_homes` with: a time of day, or none to only look."""
    return {"remind_at": remind_at} if remind_at else {}
