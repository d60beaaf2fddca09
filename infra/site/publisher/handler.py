"""Publish the site that ships with this function, and report the result to CloudFormation.

The folder ships by itself, with no layer: it can use no module of `shared`.
"""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import boto3

from .publishing import empty, publish
from .response import responding

SITE: Final = Path(__file__).parent.parent / "site"

logging.getLogger().setLevel(logging.INFO)


def build(
    *,
    create_client: Callable[..., Any],
    site: Path,
    respond: Callable[..., AbstractContextManager[None]] = responding,
) -> Callable[[dict[str, Any], Any], None]:
    """Return the function, with these parts; `site` is the folder of the built site."""

    def handler(event: dict[str, Any], context: Any) -> None:  # noqa: ANN401 - Lambda's own type
        """Publish when the custom resource is created or updated; on deletion empty the bucket."""
        settings = event["ResourceProperties"]
        with respond(event, context, physical_id=f"site-in-{settings['Bucket']}"):
            if event["RequestType"] == "Delete":
                # CloudFormation deletes the bucket next, and S3 deletes only empty ones.
                empty(create_client("s3"), settings["Bucket"])
                return
            publish(
                # Created here, so that CloudFormation is told if it fails.
                create_client("s3"),
                site,
                bucket=settings["Bucket"],
                configuration=settings["Configuration"],
                assets_cache_control=settings["KeepAssets"],
                pages_cache_control=settings["KeepPages"],
                now=datetime.now(UTC),
            )
            # CloudFront creates one invalidation for a reference, even if Lambda retries.
            create_client("cloudfront").create_invalidation(
                DistributionId=settings["Distribution"],
                InvalidationBatch={
                    "CallerReference": event["RequestId"],
                    "Paths": {"Quantity": 1, "Items": ["/*"]},
                },
            )

    return handler


handler = build(create_client=boto3.client, site=SITE)
