"""The headers that every page is sent with, by CloudFront and by the local site alike."""

from collections.abc import Iterable
from urllib.parse import urlsplit


def page_headers(
    *, sign_in_urls: Iterable[str], map_tiles_url: str = "", upload_url: str = ""
) -> dict[str, str]:
    """Security headers: nothing runs, loads or is sent but what the site itself needs.

    `sign_in_urls` are those that the pages themselves ask, for tokens; going to the sign-in page
    is no request of theirs. `upload_url` is the bucket that a council's directory is sent to.
    """
    asked = _sources([*sign_in_urls, *([upload_url] if upload_url else [])])
    tiles = _sources([map_tiles_url] if map_tiles_url else [])
    policy = {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", *tiles],
        "connect-src": ["'self'", *asked],
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
    """How long browsers may keep what is at this path: assets have their content in their name."""
    return "public, max-age=31536000, immutable" if path.startswith("/assets/") else "no-cache"


def _sources(urls: Iterable[str]) -> list[str]:
    """Origins, each once, as a policy writes them; `{s}` in a tiles address is any subdomain."""
    found = []
    for url in urls:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc.replace('{s}', '*')}"
        if origin not in found:
            found.append(origin)
    return found
