"""Publishing replaces the site, and at no moment does a page lack the assets that it loads."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto import mock_aws

from infra.site.publisher.publishing import RETIRED_ASSETS_KEPT, expired_assets, publish

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

BUCKET = "site"


@pytest.fixture
def s3() -> Iterator["S3Client"]:
    with mock_aws():
        client = boto3.client("s3")
        client.create_bucket(
            Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-2"}
        )
        yield client


def site(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    return folder


def put(s3: Any, built: Path, configuration: str = "{}", now: datetime | None = None) -> None:
    publish(
        s3,
        built,
        bucket=BUCKET,
        configuration=configuration,
        assets_cache_control="for ever",
        pages_cache_control="not at all",
        now=now or datetime.now(UTC),
    )


def stored_keys(s3: "S3Client") -> set[str]:
    return {each["Key"] for each in s3.list_objects_v2(Bucket=BUCKET).get("Contents", [])}


def test_every_file_has_its_type_and_cache_control(s3: "S3Client", tmp_path: Path) -> None:
    put(s3, site(tmp_path, "index.html", "app.webmanifest", "assets/1/a.js", "assets/1/a.png"))
    found = {
        key: (answer["ContentType"], answer["CacheControl"])
        for key in stored_keys(s3)
        for answer in [s3.get_object(Bucket=BUCKET, Key=key)]
    }
    assert found == {
        "index.html": ("text/html; charset=utf-8", "not at all"),
        "app.webmanifest": ("application/manifest+json", "not at all"),
        "config.json": ("application/json", "not at all"),
        "assets/1/a.js": ("text/javascript; charset=utf-8", "for ever"),
        "assets/1/a.png": ("image/png", "for ever"),
    }


def test_the_configuration_is_published(s3: "S3Client", tmp_path: Path) -> None:
    put(s3, site(tmp_path, "index.html"), '{"council": "ours"}')
    body = s3.get_object(Bucket=BUCKET, Key="config.json")["Body"].read()
    assert body == b'{"council": "ours"}'


def test_assets_are_uploaded_before_pages(tmp_path: Path) -> None:
    order = []

    class Client:
        def put_object(self, **request: Any) -> None:
            order.append(request["Key"])

        def get_paginator(self, _: str) -> "Client":
            return self

        def paginate(self, **_: Any) -> list[Any]:
            return []

    put(Client(), site(tmp_path, "a.html", "assets/1/z.js", "z.html", "assets/1/a.js"))
    assert order == ["assets/1/a.js", "assets/1/z.js", "a.html", "z.html", "config.json"]


def test_a_removed_page_is_deleted_and_its_assets_stay(s3: "S3Client", tmp_path: Path) -> None:
    put(s3, site(tmp_path / "old", "index.html", "gone.html", "assets/1/a.js"))
    put(s3, site(tmp_path / "new", "index.html", "assets/2/a.js"))
    assert stored_keys(s3) == {"index.html", "config.json", "assets/1/a.js", "assets/2/a.js"}


def test_assets_are_deleted_once_retired_for_long_enough() -> None:
    now = datetime.now(UTC)
    before_that = now - RETIRED_ASSETS_KEPT - timedelta(days=1)
    put_at = {
        "assets/1/a.js": before_that - timedelta(days=9),
        "assets/1/b.js": before_that - timedelta(days=9),
        "assets/2/a.js": before_that,
        "assets/3/a.js": now - timedelta(days=1),
        "index.html": now - timedelta(days=1),
    }
    # The second was the site until yesterday, so its pages may still be open.
    assert expired_assets(put_at, {"assets/4/a.js"}, now) == {"assets/1/a.js", "assets/1/b.js"}
    # The first is published again after a rollback.
    assert expired_assets(put_at, {"assets/1/a.js"}, now) == set()


def test_the_current_sites_assets_never_expire(s3: "S3Client", tmp_path: Path) -> None:
    built = site(tmp_path, "index.html", "assets/1/a.js")
    put(s3, built)
    put(s3, built, now=datetime.now(UTC) + timedelta(days=1000))
    assert stored_keys(s3) == {"index.html", "config.json", "assets/1/a.js"}


def test_publishing_twice_changes_nothing(s3: "S3Client", tmp_path: Path) -> None:
    built = site(tmp_path, "index.html", "assets/1/a.js")
    put(s3, built)
    before = stored_keys(s3)
    put(s3, built)
    assert stored_keys(s3) == before
