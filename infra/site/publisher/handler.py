"""Publish the site that ships with this function, and report the result to CloudFormation."""

import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import boto3

from .publishing import publish
from .response import responding

SITE: Final = Path(__file__).parent.parent / "site"

logging.getLogger().setLevel(logging.INFO)


def handler(event: dict[str, Any], context: Any) -> None:  # noqa: ANN401 - Lambda's own type
    """Publish when the custom resource is created or updated; on deletion keep the bucket."""
    settings = event["ResourceProperties"]
    with responding(event, context, physical_id=f"site-in-{settings['Bucket']}"):
        if event["RequestType"] == "Delete":
            return
        publish(
            boto3.client("s3"),
            SITE,
            bucket=settings["Bucket"],
            configuration=settings["Configuration"],
            assets_cache_control=settings["KeepAssets"],
            pages_cache_control=settings["KeepPages"],
            now=datetime.now(UTC),
        )
        # CloudFront creates one invalidation for a reference, even if Lambda retries.
        boto3.client("cloudfront").create_invalidation(
            DistributionId=settings["Distribution"],
            InvalidationBatch={
                "CallerReference": event["RequestId"],
                "Paths": {"Quantity": 1, "Items": ["/*"]},
            },
        )
