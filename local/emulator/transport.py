"""Reach what a stack has on the internet at the emulator instead, by the same addresses.

The pages, the API and the sign-in pages have names of AWS. Here a request for one of them goes to
the emulator, and a request to any other machine goes nowhere.
"""

import re
from typing import Final

import httpx

_API: Final = re.compile(r"([0-9a-z]+)\.execute-api\.(?:[a-z0-9-]+\.amazonaws\.com|127\.0\.0\.1)")
_BY_HOST: Final = (".cloudfront.net",)
"""Services that the emulator tells by the request's Host header."""
_BY_PATH: Final = (".amazoncognito.com", ".amazonaws.com")
"""Services that it tells by the request's path."""
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost"})


class EmulatorTransport(httpx.BaseTransport):
    """Sends every request to one emulator."""

    def __init__(self, endpoint_url: str) -> None:
        self._endpoint = httpx.URL(endpoint_url)
        self._transport = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request to the emulator. Raises ConnectError where it has no such service."""
        host = request.url.host
        if host in _LOOPBACK:
            return self._transport.handle_request(request)
        path = request.url.raw_path
        if api := _API.fullmatch(host):
            path = f"/_aws/execute-api/{api[1]}".encode() + path
        elif not host.endswith((*_BY_HOST, *_BY_PATH)):
            raise httpx.ConnectError(f"the emulator is not {host}", request=request)
        headers = request.headers.copy()
        if not host.endswith(_BY_HOST):
            headers["Host"] = self._endpoint.netloc.decode()
        return self._transport.handle_request(
            httpx.Request(
                request.method,
                self._endpoint.copy_with(raw_path=path),
                headers=headers,
                stream=request.stream,
                extensions=request.extensions,
            )
        )

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()
