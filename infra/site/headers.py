"""The headers of every page, for CloudFront and for the local site alike."""

from collections.abc import Iterable
from urllib.parse import urlsplit


def page_headers(
    *, sign_in_urls: Iterable[str], map_tiles_url: str = "", upload_url: str = ""
) -> dict[str, str]:
    """Return the security headers, which allow only what the site itself needs.

    `sign_in_urls` are the addresses that the pages fetch tokens from; opening the sign-in page
    needs no permission. `upload_url` is the bucket that a care directory is uploaded to.
    """
    connections = _origins([*sign_in_urls, *([upload_url] if upload_url else [])])
    tiles = _origins([map_tiles_url] if map_tiles_url else [])
    policy = {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", *tiles],
        "connect-src": ["'self'", *connections],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
    return {
        "Content-Security-Policy": "; ".join(
            f"{name} {' '.join(sources)}" for name, sources in policy.items()
        ),
        "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), payment=(), usb=()",
    }


def cache_control(path: str) -> str:
    """Return how long browsers may cache this path. Names of assets change with their content."""
    return "public, max-age=31536000, immutable" if path.startswith("/assets/") else "no-cache"


def _origins(urls: Iterable[str]) -> list[str]:
    """Return each origin once, as a policy writes it; `{s}` in a tiles address is any subdomain."""
    origins = []
    for url in urls:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc.replace('{s}', '*')}"
        if origin not in origins:
            origins.append(origin)
    return origins
