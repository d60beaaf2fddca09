"""Where the council puts CQC's directory, and what follows when it does."""

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_lambda_destinations as destinations
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.council.model import Council
from infra.function import Function
from shared.aws.import_keys import DIRECTORIES, REPORTS

DIRECTORIES_KEPT: Final = Duration.days(30)
"""And as long again as a version that was deleted: CQC publishes the next in a month."""


def page_origins(council: Council) -> list[str]:
    """Where the council's pages are, as a bucket writes it: `*` stands for any characters.

    A form that the API gave is what lets a file in; this only has other sites' pages not use it.
    """
    found = [f"https://{council.domain}"] if council.domain else []
    if council.site:
        # Its own name would make a circle: the distribution's policy names this bucket.
        found.append("https://*.cloudfront.net")
    for url in council.callback_urls:
        parts = urlsplit(url)
        # On one's own machine the pages are wherever there is room.
        found.append(
            "http://localhost:*"
            if parts.hostname == "localhost"
            else f"{parts.scheme}://{parts.netloc}"
        )
    return list(dict.fromkeys(found))


class ImportBucket(Construct):
    """A directory goes to `directory/`; the report on it appears under `reports/`."""

    def __init__(self, scope: Construct, construct_id: str, *, pages: Sequence[str]) -> None:
        """`pages`: origins of the pages that may send a file here, by a form of the API's."""
        super().__init__(scope, construct_id)
        self._bucket = s3.Bucket(
            self,
            "Bucket",
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            encryption=s3.BucketEncryption.S3_MANAGED,
            enforce_ssl=True,
            versioned=True,
            lifecycle_rules=[
                # CQC's file names registered managers; its report, which stays, names nobody.
                s3.LifecycleRule(
                    prefix=DIRECTORIES,
                    expiration=DIRECTORIES_KEPT,
                    noncurrent_version_expiration=DIRECTORIES_KEPT,
                ),
                s3.LifecycleRule(
                    noncurrent_version_expiration=Duration.days(90),
                    abort_incomplete_multipart_upload_after=Duration.days(1),
                ),
            ],
            cors=[
                s3.CorsRule(
                    allowed_methods=[s3.HttpMethods.POST], allowed_origins=list(pages), max_age=3000
                )
            ],
            removal_policy=RemovalPolicy.RETAIN,
        )
        # Not event_bridge_enabled: that brings a custom resource and its function for one flag.
        resource = self._bucket.node.default_child
        assert isinstance(resource, s3.CfnBucket)  # noqa: S101 - what Bucket makes
        resource.notification_configuration = s3.CfnBucket.NotificationConfigurationProperty(
            event_bridge_configuration=s3.CfnBucket.EventBridgeConfigurationProperty(
                event_bridge_enabled=True
            )
        )
        self.name = self._bucket.bucket_name
        self.arn = self._bucket.bucket_arn
        self.url = f"https://{self._bucket.bucket_regional_domain_name}"
        self.directories_arn = self._bucket.arn_for_objects(f"{DIRECTORIES}*")
        self.reports_arn = self._bucket.arn_for_objects(f"{REPORTS}*")

    def on_upload(self, *, call: Function, failed: sqs.IQueue) -> None:
        """Call a function with each object put under `directory/`."""
        # A file that cannot be read is reported, not retried: what fails is the machinery.
        call.function.configure_async_invoke(
            on_failure=destinations.SqsDestination(failed),
            retry_attempts=1,
            max_event_age=Duration.hours(1),
        )
        events.Rule(
            self,
            "Uploaded",
            event_pattern=events.EventPattern(
                source=["aws.s3"],
                detail_type=["Object Created"],
                detail={
                    "bucket": {"name": [self.name]},
                    "object": {"key": [{"prefix": DIRECTORIES}]},
                },
            ),
            targets=[
                targets.LambdaFunction(
                    call.function,
                    dead_letter_queue=failed,
                    retry_attempts=3,
                    max_event_age=Duration.hours(1),
                )
            ],
        )
