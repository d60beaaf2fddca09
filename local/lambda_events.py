"""Events as API Gateway, the table's stream, EventBridge and its scheduler bring them."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from shared.store import keys

Json = dict[str, Any]


def request(method: str, path: str, groups: str, *, query: str = "", body: object = None) -> Json:
    """Of somebody in these groups, as a browser sends it."""
    claims = {
        "sub": "5e0b6b1c-0000-4000-8000-000000000001",
        "iss": "https://issuer.example.org",
        "cognito:groups": f"[{groups}]",
    }
    event: Json = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": query,
        "headers": {
            "accept-encoding": "gzip, deflate, br",
            "content-type": "application/json",
            "idempotency-key": str(uuid4()),
        },
        "requestContext": {
            "accountId": "000000000000",
            "apiId": "api",
            "authorizer": {"jwt": {"claims": claims, "scopes": None}},
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
        },
        "isBase64Encoded": False,
    }
    if body is not None:
        event["body"] = json.dumps(body)
    return event


def appended(entry: Mapping[str, Any]) -> Json:
    """A log entry in the table's stream, put in the second of its stamp."""
    stamp = entry[keys.SORT]["S"].partition("#")[0]
    at = float(int(datetime.fromisoformat(stamp).timestamp()))
    return {
        "Records": [
            {
                "eventID": uuid4().hex,
                "eventName": "INSERT",
                "eventSource": "aws:dynamodb",
                "awsRegion": "eu-west-2",
                "dynamodb": {
                    "ApproximateCreationDateTime": at,
                    "Keys": {name: entry[name] for name in (keys.PARTITION, keys.SORT)},
                    "NewImage": entry,
                    "SequenceNumber": uuid4().hex,
                    "StreamViewType": "NEW_IMAGE",
                },
            }
        ]
    }


def uploaded(bucket: str, key: str) -> Json:
    """A directory that was put into the import bucket."""
    return {
        "id": str(uuid4()),
        "source": "aws.s3",
        "detail-type": "Object Created",
        "detail": {"bucket": {"name": bucket}, "object": {"key": key}},
    }
