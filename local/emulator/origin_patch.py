"""Let the emulator's CloudFront reach the emulator's API Gateway.

On AWS the origin of `/api/*` is `https://<api>.execute-api.<region>.amazonaws.com`. The emulator's
is a name with a port, `<api>.execute-api.127.0.0.1:<port>`, which speaks plain HTTP and which no
resolver knows. So the connection, and nothing else, is led to the emulator's own address. Paths,
headers and the Host that an HTTP API demands are the distribution's. An origin that does not insist
on HTTPS is left alone, and fails: API Gateway accepts no plain HTTP.
"""

# ruff: noqa: SLF001, ANN401 - ministack has no public name for this, and no types

import os
from typing import Any


def install(cloudfront: Any) -> None:
    """Have ministack's distributions connect to its own HTTP APIs."""
    configured = cloudfront._origin_connect_target
    host, port = os.environ["MINISTACK_HOST"], int(os.environ["GATEWAY_PORT"])

    def target(origin: dict[str, Any], viewer_is_https: bool) -> tuple[str, int, bool]:
        name, port_of_origin, https = configured(origin, viewer_is_https)
        if https and name.endswith(f".execute-api.{host}:{port}"):
            return host, port, False
        return name, port_of_origin, https

    cloudfront._origin_connect_target = target
