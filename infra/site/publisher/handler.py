"""Publish the site that was deployed with this function, and tell CloudFormation how it went."""

import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import boto3

from .answer import answering
from .publishing import publish

SITE: Final = Path(__file__).parent.parent / "site"

logging.getLogger().setLevel(logging.INFO)


def handler(event: dict[str, Any], context: Any) -> None:  # noqa: ANN401 - Lambda's own type
    """Of a custom resource: create and update publish; deleting leaves what is in the bucket."""
    settings = event["ResourceProperties"]
    with answering(event, context, physical_id=f"site-in-{settings['Bucket']}"):
        if event["RequestType"] == "Delete":
            return
        publish(
            boto3.client("s3"),
            SITE,
            bucket=settings["Bucket"],
            configuration=settings["Configuration"],
            keep_assets=settings["KeepAssets"],
            keep_pages=settings["KeepPages"],
            now=datetime.now(UTC),
        )
        # Of one reference CloudFront makes one, however often Lambda repeats this call.
        boto3.client("cloudfront").create_invalidation(
            DistributionId=settings["Distribution"],
            InvalidationBatch={
                "CallerReference": event["RequestId"],
                "Paths": {"Quantity": 1, "Items": ["/*"]},
            },
        )
