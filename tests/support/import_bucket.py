"""An import bucket in moto."""

import boto3

from shared.aws import import_files
from shared.aws.import_files import ImportBucket

NAME = "bedboard-imports"


def create_import_bucket() -> ImportBucket:
    """Create the import bucket, with versions, and return it; call it within `mock_aws`."""
    client = boto3.client("s3")
    client.create_bucket(Bucket=NAME, CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
    client.put_bucket_versioning(Bucket=NAME, VersioningConfiguration={"Status": "Enabled"})
    return ImportBucket(import_files.of_this_stack().client, NAME)
