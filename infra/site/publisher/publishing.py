"""What goes into the site's bucket, what leaves it, and in which order."""

import mimetypes
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

ASSETS: Final = "assets/"
CONFIGURATION: Final = "config.json"

RETIRED_ASSETS_KEPT: Final = timedelta(days=30)
"""A page that was open when the next site came still loads its modules."""

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
    keep_assets: str,
    keep_pages: str,
    now: datetime,
) -> None:
    """Have the bucket hold this site, and `/config.json`; `keep_...` are Cache-Control values.

    What breaks off half-way leaves a site that works, the old one or a mixture, and doing it
    again completes it.
    """
    before = _held(s3, bucket)
    files = {each.relative_to(site).as_posix(): each for each in site.rglob("*") if each.is_file()}
    assets = {key for key in files if key.startswith(ASSETS)}
    # A page must not be there before what it loads.
    for key in sorted(files, key=lambda key: (key not in assets, key)):
        _put(s3, bucket, key, files[key].read_bytes(), keep_assets if key in assets else keep_pages)
    _put(s3, bucket, CONFIGURATION, configuration.encode(), keep_pages)
    wanted = {*files, CONFIGURATION}
    gone = {key for key in before if not key.startswith(ASSETS)} - wanted
    for key in sorted(gone | long_retired(before, assets, now)):
        s3.delete_object(Bucket=bucket, Key=key)


def _held(s3: "S3Client", bucket: str) -> dict[str, datetime]:
    """Every key of the bucket, and when it was put there."""
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    return {
        each["Key"]: each["LastModified"] for page in pages for each in page.get("Contents", [])
    }


def _put(s3: "S3Client", bucket: str, key: str, content: bytes, keep: str) -> None:
    ending = Path(key).suffix
    s3.put_object(
        Bucket=bucket,
        Key=key,
        Body=content,
        CacheControl=keep,
        ContentType=_TYPES.get(ending)
        or mimetypes.types_map.get(ending, "application/octet-stream"),
    )


def long_retired(held: dict[str, datetime], assets: set[str], now: datetime) -> set[str]:
    """The assets of former sites whose successor came long enough ago.

    A site's assets are in a folder of their own, `assets/<hash>/`, put there when it was published.
    """
    published: dict[str, datetime] = {}
    for key, put in held.items():
        if key.startswith(ASSETS):
            folder = _folder(key)
            published[folder] = max(put, published.get(folder, put))
    current = {_folder(key) for key in assets}
    retired = set()
    successor_came = now
    for folder in sorted(published, key=lambda each: published[each], reverse=True):
        if folder not in current and now - successor_came > RETIRED_ASSETS_KEPT:
            retired.add(folder)
        successor_came = published[folder]
    return {key for key in held if key.startswith(ASSETS) and _folder(key) in retired}


def _folder(key: str) -> str:
    return key.split("/")[1]
