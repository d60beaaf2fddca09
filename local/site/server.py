"""A small server that takes the place of CloudFront for a browser on this machine.

It serves the built site with its headers, the API under `/api`, and the configuration that says
where to sign in. The emulator serves the stack's own distribution as well, but under a name that no
browser finds, with pages that send people to the real Amazon Cognito to sign in.
"""

import gzip
import json
import mimetypes
import sys
from functools import lru_cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import httpx

from infra.council.load import load_council
from infra.council.pages_config import pages_config
from infra.site.headers import cache_control, page_headers
from infra.site.paths import SHORT_ADDRESS
from local.emulator.stack import LocalStack

_TYPES: Final = {".js": "text/javascript", ".webmanifest": "application/manifest+json"}
_SMALL: Final = 500
"""Content of fewer bytes is not compressed: it would save nothing."""

_REQUEST_HEADERS: Final = (
    "authorization",
    "content-type",
    "accept",
    "if-match",
    "idempotency-key",
    "observed-ago",
)
_RESPONSE_HEADERS: Final = (
    "content-type",
    "etag",
    "retry-after",
    "cache-control",
    "idempotency-replayed",
    "www-authenticate",
)


class Server(ThreadingHTTPServer):
    """A server of one built folder, one configuration and one API."""

    daemon_threads = True

    def __init__(self, port: int, site: Path, stack: LocalStack, council: str) -> None:
        self.client = httpx.Client(timeout=60)
        super().__init__(("127.0.0.1", port), _Handler)
        self.site, self.api_url = site, stack.api_url
        # The address of the real service: tokens name it, wherever the emulator listens.
        issuer = f"https://cognito-idp.{stack.region}.amazonaws.com/{stack.user_pool_id}"
        settings = load_council(council)
        document = pages_config(
            settings,
            issuer=issuer,
            client_id=stack.client_id,
            sign_in_url=stack.endpoint_url,
            account_url=f"{stack.endpoint_url}/",
        )
        self.configuration = json.dumps(document).encode()
        self.headers = page_headers(
            sign_in_urls=[stack.endpoint_url],
            map_tiles_url=settings.map_tiles_url,
            upload_url=stack.endpoint_url,
        )

    @property
    def url(self) -> str:
        return f"http://localhost:{self.server_port}"

    def server_close(self) -> None:
        super().server_close()
        self.client.close()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as above it
        """Ignore a browser that closes the connection."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        if path.partition("#")[0] == SHORT_ADDRESS:
            path = f"{SHORT_ADDRESS}.html"
        if path.startswith("/api/"):
            self._forward()
        elif path == "/config.json":
            self._send(HTTPStatus.OK, path, self.server.configuration)
        else:
            file = (self.server.site / ("index.html" if path == "/" else path[1:])).resolve()
            if file.is_file() and file.is_relative_to(self.server.site.resolve()):
                self._send(HTTPStatus.OK, f"/{file.name}" if path == "/" else path, _content(file))
            else:
                missing = self.server.site / "not-found.html"
                self._send(HTTPStatus.NOT_FOUND, "/not-found.html", _content(missing))

    def _forward(self) -> None:
        headers = {name: self.headers[name] for name in _REQUEST_HEADERS if name in self.headers}
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        if not self.path.startswith("/api/"):
            self._send(
                HTTPStatus.METHOD_NOT_ALLOWED,
                "/refused.txt",
                b"Only GET requests are allowed here.\n",
            )
            return
        response = self.server.client.request(
            self.command,
            self.server.api_url + self.path.removeprefix("/api"),
            headers=headers,
            content=body,
        )
        headers = {
            name: response.headers[name] for name in _RESPONSE_HEADERS if name in response.headers
        }
        self._respond(response.status_code, headers, response.content)

    do_HEAD = do_GET  # noqa: N815 - the names that the library calls
    do_POST = do_PUT = do_PATCH = do_DELETE = _forward  # noqa: N815 - the names that the library calls

    def _send(self, status: HTTPStatus, path: str, content: bytes) -> None:
        kind = _TYPES.get(Path(path).suffix) or mimetypes.guess_type(path)[0] or "text/plain"
        charset = "; charset=utf-8" if kind.startswith("text/") else ""
        cached = cache_control(path)
        self._respond(status, {"Content-Type": kind + charset, "Cache-Control": cached}, content)

    def _respond(self, status: int, headers: dict[str, str], content: bytes) -> None:
        kind = headers.get("content-type") or headers.get("Content-Type", "")
        textual = kind.startswith("text/") or "json" in kind or "svg" in kind
        accepted = self.headers.get("accept-encoding", "")
        if textual and len(content) > _SMALL and "gzip" in accepted:
            content = _zipped(content)
            headers["Content-Encoding"] = "gzip"
        self.send_response(status)
        # The names from httpx are in lower case: a header that the API sets is not set twice.
        ours = {n: v for n, v in self.server.headers.items() if n.lower() not in headers}
        for name, value in {**ours, **headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name above
        """Log nothing: what people search for is private."""


@lru_cache(maxsize=256)
def _zipped(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)


def _content(file: Path) -> bytes:
    return file.read_bytes()
