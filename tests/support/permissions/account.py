"""The account in which moto runs the tests, and what the template's resources are called there."""

from typing import Final

ACCOUNT: Final = "123456789012"
REGION: Final = "eu-west-2"
SLUG: Final = "test"
TABLE: Final = "bedboard-test"
IMPORT_BUCKET: Final = "bedboard-imports"
SITE_BUCKET: Final = "site"
DELIVERY_QUEUE: Final = "deliveries"
EMAIL_FROM: Final = "bedboard@beds.example.org"
CONFIGURATION_SET: Final = "bedboard-test"

_PSEUDO_PARAMETERS: Final = {
    "AWS::Partition": "aws",
    "AWS::AccountId": ACCOUNT,
    "AWS::Region": REGION,
    "AWS::URLSuffix": "amazonaws.com",
}


def value_of(kind: str, logical_id: str, attribute: str) -> str:
    """Return what `Ref` or an attribute of a template's resource is in the tests' account.

    A resource that no function calls by itself keeps its logical id: `<DeadLetters.Arn>`.
    """
    if logical_id in _PSEUDO_PARAMETERS:
        return _PSEUDO_PARAMETERS[logical_id]
    table = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{TABLE}"
    bucket = SITE_BUCKET if logical_id.startswith("Site") else IMPORT_BUCKET
    if kind == "AWS::SQS::Queue" and logical_id.startswith("Delivery"):
        return f"arn:aws:sqs:{REGION}:{ACCOUNT}:{DELIVERY_QUEUE}"
    known = {
        ("AWS::DynamoDB::Table", "Ref"): TABLE,
        ("AWS::DynamoDB::Table", "Arn"): table,
        ("AWS::DynamoDB::Table", "StreamArn"): f"{table}/stream/2026-11-22T00:00:00.000",
        ("AWS::S3::Bucket", "Ref"): bucket,
        ("AWS::S3::Bucket", "Arn"): f"arn:aws:s3:::{bucket}",
        # moto draws these ids.
        ("AWS::Cognito::UserPool", "Arn"): f"arn:aws:cognito-idp:{REGION}:{ACCOUNT}:userpool/*",
        ("AWS::KMS::Key", "Arn"): f"arn:aws:kms:{REGION}:{ACCOUNT}:key/*",
        ("AWS::SES::ConfigurationSet", "Ref"): CONFIGURATION_SET,
        ("AWS::CloudFront::Distribution", "Ref"): "*",
    }
    return known.get((kind, attribute), f"<{logical_id}.{attribute}>")
