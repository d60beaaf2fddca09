"""The custom resource publishes on create and update, and empties the bucket on deletion."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import boto3
import pytest
from moto import mock_aws

from infra.site import publisher as package
from infra.site.publisher.handler import build

BUCKET = "site"
FOLDER = Path(package.__file__).parent


class Publisher(NamedTuple):
    """The function with a built site and a bucket, and the responses to CloudFormation."""

    handler: Callable[[dict[str, Any], Any], None]
    responses: list[str]


@pytest.fixture
def publisher(tmp_path: Path) -> Iterator[Publisher]:
    responses: list[str] = []

    @contextmanager
    def respond(_: Mapping[str, Any], __: object, *, physical_id: str) -> Iterator[None]:
        yield
        responses.append(physical_id)

    (tmp_path / "index.html").write_text("page")
    with mock_aws():
        boto3.client("s3").create_bucket(
            Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-2"}
        )
        handler = build(create_client=boto3.client, site=tmp_path, respond=respond)
        yield Publisher(handler, responses)


def distribution() -> str:
    config: Any = {
        "CallerReference": "once",
        "Comment": "",
        "Enabled": True,
        "Origins": {
            "Quantity": 1,
            "Items": [
                {
                    "Id": "o",
                    "DomainName": "site.s3.amazonaws.com",
                    "S3OriginConfig": {"OriginAccessIdentity": ""},
                }
            ],
        },
        "DefaultCacheBehavior": {
            "TargetOriginId": "o",
            "ViewerProtocolPolicy": "allow-all",
            "MinTTL": 0,
            "ForwardedValues": {"QueryString": False, "Cookies": {"Forward": "none"}},
        },
    }
    made: Any = boto3.client("cloudfront").create_distribution(DistributionConfig=config)
    identifier: str = made["Distribution"]["Id"]
    return identifier


def event(kind: str, distribution: str) -> dict[str, Any]:
    return {
        "RequestType": kind,
        "RequestId": "3f9c",
        "ResourceProperties": {
            "Bucket": BUCKET,
            "Distribution": distribution,
            "Configuration": "{}",
            "KeepAssets": "for ever",
            "KeepPages": "not at all",
        },
    }


def stored_keys() -> set[str]:
    found = boto3.client("s3").list_objects_v2(Bucket=BUCKET)
    return {each["Key"] for each in found.get("Contents", [])}


@pytest.mark.parametrize("kind", ["Create", "Update"])
def test_a_publication_uploads_the_pages_and_clears_cloudfronts_cache(
    publisher: Publisher, kind: str
) -> None:
    where = distribution()
    publisher.handler(event(kind, where), None)
    assert publisher.responses == ["site-in-site"]
    assert stored_keys() == {"index.html", "config.json"}
    made = boto3.client("cloudfront").list_invalidations(DistributionId=where)
    (invalidation,) = made["InvalidationList"]["Items"]
    found = boto3.client("cloudfront").get_invalidation(DistributionId=where, Id=invalidation["Id"])
    assert found["Invalidation"]["InvalidationBatch"]["Paths"]["Items"] == ["/*"]
    assert found["Invalidation"]["InvalidationBatch"]["CallerReference"] == "3f9c"


def test_deleting_the_resource_empties_the_bucket_so_that_it_can_be_deleted(
    publisher: Publisher,
) -> None:
    publisher.handler(event("Create", distribution()), None)
    publisher.handler(event("Delete", "none"), None)
    assert stored_keys() == set()
    assert len(publisher.responses) == 2


def test_the_publisher_needs_only_lambdas_own_packages() -> None:
    """It has no layer, so it may import only the standard library, boto3 and its own modules."""
    known = {"boto3", "types_boto3_s3", "collections", "contextlib", "datetime", "json", "logging"}
    known |= {"mimetypes", "pathlib", "threading", "time", "typing", "urllib"}
    for file in FOLDER.glob("*.py"):
        for line in file.read_text().splitlines():
            if line.strip().startswith(("import ", "from ")):
                name = line.split()[1]
                assert name.startswith(".") or name.split(".")[0] in known, f"{file.name}: {line}"
