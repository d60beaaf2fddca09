"""The bucket that receives CQC's care directory, and the import that an upload starts."""

from typing import Final
from urllib.parse import urlsplit

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_lambda_destinations as destinations
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.buckets import private_bucket
from infra.council.model import Council
from infra.function import Function, Resources
from shared.aws.import_keys import DIRECTORIES, REMOVALS, REPORTS

DIRECTORIES_KEPT: Final = Duration.days(30)
"""A deleted directory stays as long again as an old version. CQC publishes one every month."""


def page_origins(council: Council) -> list[str]:
    """Return the origins of the council's pages, for CORS: `*` stands for any characters.

    CORS only keeps other websites' pages from sending files. What lets a file in is the signed form
    that the API gives.
    """
    origins = [f"https://{council.domain}"] if council.domain else []
    if council.site:
        # CloudFront's exact name would be circular: the distribution's policy names this bucket.
        origins.append("https://*.cloudfront.net")
    for url in council.callback_urls:
        parts = urlsplit(url)
        # On a developer's machine the pages may be on any port.
        origins.append(
            "http://localhost:*"
            if parts.hostname == "localhost"
            else f"{parts.scheme}://{parts.netloc}"
        )
    return list(dict.fromkeys(origins))


class ImportBucket(Construct):
    """Directories are uploaded to `directory/`; the reports on them appear in `reports/`."""

    def __init__(self, scope: Construct, construct_id: str, council: Council) -> None:
        super().__init__(scope, construct_id)
        self._bucket = private_bucket(
            self,
            removal_policy=RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
            versioned=True,
            lifecycle_rules=[
                # CQC's file names registered managers, so it expires. The report names no one.
                s3.LifecycleRule(
                    prefix=DIRECTORIES,
                    expiration=DIRECTORIES_KEPT,
                    noncurrent_version_expiration=DIRECTORIES_KEPT,
                ),
                # An interrupted import is retried for hours, and undone for a day.
                s3.LifecycleRule(prefix=REMOVALS, expiration=DIRECTORIES_KEPT),
                s3.LifecycleRule(
                    noncurrent_version_expiration=Duration.days(90),
                    abort_incomplete_multipart_upload_after=Duration.days(1),
                ),
            ],
            cors=[
                s3.CorsRule(
                    allowed_methods=[s3.HttpMethods.POST],
                    allowed_origins=page_origins(council),
                    max_age=3000,
                )
            ],
        )
        # The CDK's event_bridge_enabled would add a custom resource and a function for one flag.
        resource = self._bucket.node.default_child
        assert isinstance(resource, s3.CfnBucket)  # noqa: S101 - Bucket creates one
        resource.notification_configuration = s3.CfnBucket.NotificationConfigurationProperty(
            event_bridge_configuration=s3.CfnBucket.EventBridgeConfigurationProperty(
                event_bridge_enabled=True
            )
        )
        self.name = self._bucket.bucket_name
        self.url = f"https://{self._bucket.bucket_regional_domain_name}"
        self.directories_arn = self._bucket.arn_for_objects(f"{DIRECTORIES}*")
        self.reports_arn = self._bucket.arn_for_objects(f"{REPORTS}*")
        self.removals_arn = self._bucket.arn_for_objects(f"{REMOVALS}*")
        self.list_of_reports = Resources(
            [self._bucket.bucket_arn], {"StringLike": {"s3:prefix": f"{REPORTS}*"}}
        )


class Uploads(Construct):
    """Invoke a function with each object that is uploaded to `directory/`."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        imports: ImportBucket,
        function: Function,
        dead_letters: sqs.IQueue,
    ) -> None:
        super().__init__(scope, construct_id)
        # The function reports a file that it cannot read; only a fault or a timeout is retried.
        function.resource.configure_async_invoke(
            on_failure=destinations.SqsDestination(dead_letters),
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
                    "bucket": {"name": [imports.name]},
                    "object": {"key": [{"prefix": DIRECTORIES}]},
                },
            ),
            targets=[
                targets.LambdaFunction(
                    function.resource,
                    # By its ARN, because the CDK would add this rule to the queue's own policy,
                    # and so make the stack of the data depend on this one.
                    dead_letter_queue=sqs.Queue.from_queue_arn(
                        self, "DeadLetters", dead_letters.queue_arn
                    ),
                    retry_attempts=3,
                    max_event_age=Duration.hours(1),
                )
            ],
        )
