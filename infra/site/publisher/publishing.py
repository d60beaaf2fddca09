"""Put a built site into its bucket and remove what is no longer part of it."""

import mimetypes
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

ASSETS: Final = "assets/"
CONFIGURATION: Final = "config.json"

RETIRED_ASSETS_KEPT: Final = timedelta(days=30)
"""How long old assets stay: a page that was open during a deployment still loads its modules."""

_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
}


def publish(
    s3: "S3Client",
    site: Path,
    *,
    bucket: str,
    configuration: str,
    assets_cache_control: str,
    pages_cache_control: str,
    now: datetime,
) -> None:
    """Make the bucket hold this site and `/config.json`.

    If it stops half-way, the site still works, as the old one or a mixture. Running it again
    completes it.
    """
    before = _objects(s3, bucket)
    files = {each.relative_to(site).as_posix(): each for each in site.rglob("*") if each.is_file()}
    assets = {key for key in files if key.startswith(ASSETS)}
    # A page must not arrive before the assets that it loads.
    for key in sorted(files, key=lambda key: (key not in assets, key)):
        cache_control = assets_cache_control if key in assets else pages_cache_control
        _put(s3, bucket, key, files[key].read_bytes(), cache_control)
    _put(s3, bucket, CONFIGURATION, configuration.encode(), pages_cache_control)
    current = {*files, CONFIGURATION}
    removed = {key for key in before if not key.startswith(ASSETS)} - current
    for key in sorted(removed | expired_assets(before, assets, now)):
        s3.delete_object(Bucket=bucket, Key=key)


def empty(s3: "S3Client", bucket: str) -> None:
    """Delete every object of the bucket, which keeps no old versions."""
    for key in _objects(s3, bucket):
        s3.delete_object(Bucket=bucket, Key=key)


def _objects(s3: "S3Client", bucket: str) -> dict[str, datetime]:
    """Return every key of the bucket with the time when it was uploaded."""
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    return {
        each["Key"]: each["LastModified"] for page in pages for each in page.get("Contents", [])
    }


def _put(s3: "S3Client", bucket: str, key: str, content: bytes, cache_control: str) -> None:
    suffix = Path(key).suffix
    s3.put_object(
        Bucket=bucket,
        Key=key,
        Body=content,
        CacheControl=cache_control,
        ContentType=_TYPES.get(suffix)
        or mimetypes.types_map.get(suffix, "application/octet-stream"),
    )


def expired_assets(uploaded_at: dict[str, datetime], assets: set[str], now: datetime) -> set[str]:
    """Return the assets of earlier sites that were replaced more than RETIRED_ASSETS_KEPT ago.

    Each published site has its own folder, `assets/<hash>/`.
    """
    published: dict[str, datetime] = {}
    for key, time in uploaded_at.items():
        if key.startswith(ASSETS):
            folder = _folder(key)
            published[folder] = max(time, published.get(folder, time))
    current = {_folder(key) for key in assets}
    retired = set()
    replaced_at = now
    for folder in sorted(published, key=lambda each: published[each], reverse=True):
        if folder not in current and now - replaced_at > RETIRED_ASSETS_KEPT:
            retired.add(folder)
        replaced_at = published[folder]
    return {key for key in uploaded_at if key.startswith(ASSETS) and _folder(key) in retired}


def _folder(key: str) -> str:
    return key.split("/")[1]
