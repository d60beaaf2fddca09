"""Dead letters in the forms that the Lambda and EventBridge developer guides give."""

import json
from typing import Any

from local.lambda_events import object_created

FUNCTION = "arn:aws:lambda:eu-west-2:123456789012:function:bedboard-x-Notify"
STREAM = "arn:aws:dynamodb:eu-west-2:123456789012:table/bedboard-x/stream/2026-11-14T00:04:06.388"

UPLOADED = object_created("imports", "directory/2026-11.csv")


def message(body: Any, **attributes: str) -> dict[str, Any]:
    """Return a message as SQS hands it out, with attributes of type string."""
    return {
        "MessageId": "3f9c0d1e-8a72-4f0e-9f0e-0123456789ab",
        "Body": body if isinstance(body, str) else json.dumps(body),
        "MessageAttributes": {
            name: {"DataType": "String", "StringValue": value} for name, value in attributes.items()
        },
    }


def stream_failure(
    *,
    function: str = FUNCTION,
    stream: str = STREAM,
    shard: str = "shardId-00000001573689847184-864758bb",
    first: str = "800000000003126276362",
    last: str = "800000000003126276364",
    arrived: str = "2026-11-22T09:30:00Z",
    arrived_last: str = "",
) -> dict[str, Any]:
    """Return what an event source mapping sends about records that it gave up on."""
    return {
        "requestContext": {
            "requestId": "316aa6d0-8154-xmpl-9af7-85d5f4a6bc81",
            "functionArn": function,
            "condition": "RetryAttemptsExhausted",
            "approximateInvokeCount": 21,
        },
        "responseContext": {
            "statusCode": 200,
            "executedVersion": "$LATEST",
            "functionError": "Unhandled",
        },
        "version": "1.0",
        "timestamp": "2026-11-22T10:13:49.717Z",
        "DDBStreamBatchInfo": {
            "shardId": shard,
            "startSequenceNumber": first,
            "endSequenceNumber": last,
            "approximateArrivalOfFirstRecord": arrived,
            "approximateArrivalOfLastRecord": arrived_last or arrived,
            "batchSize": 2,
            "streamArn": stream,
        },
    }


def invocation_failure(event: Any, *, function: str = FUNCTION) -> dict[str, Any]:
    """Return what an asynchronous invocation sends when its retries are exhausted."""
    return {
        "version": "1.0",
        "timestamp": "2026-11-22T10:13:49.717Z",
        "requestContext": {
            "requestId": "e4b46cbf-b738-xmpl-8880-a18cdf61200e",
            "functionArn": f"{function}:$LATEST",
            "condition": "RetriesExhausted",
            "approximateInvokeCount": 2,
        },
        "requestPayload": event,
        "responseContext": {
            "statusCode": 200,
            "executedVersion": "$LATEST",
            "functionError": "Unhandled",
        },
        "responsePayload": {"errorMessage": "the store is busy", "errorType": "BusyError"},
    }
