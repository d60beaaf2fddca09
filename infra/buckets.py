"""The buckets of a council: private and encrypted."""

from collections.abc import Sequence

from aws_cdk import RemovalPolicy
from aws_cdk import aws_s3 as s3
from constructs import Construct


def private_bucket(
    scope: Construct,
    *,
    removal_policy: RemovalPolicy,
    versioned: bool = False,
    lifecycle_rules: Sequence[s3.LifecycleRule] | None = None,
    cors: Sequence[s3.CorsRule] | None = None,
) -> s3.Bucket:
    """Create the bucket of this construct, which only grants and TLS give access to."""
    return s3.Bucket(
        scope,
        "Bucket",
        block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
        object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
        encryption=s3.BucketEncryption.S3_MANAGED,
        enforce_ssl=True,
        versioned=versioned,
        lifecycle_rules=lifecycle_rules,
        cors=cors,
        removal_policy=removal_policy,
    )
