"""Of a distribution's origins, only the emulator's own API is reached in another way."""

from types import ModuleType
from typing import Any

import pytest

from local.emulator.origin_patch import install

API = "abcd1234.execute-api.127.0.0.1:4566"


@pytest.fixture
def cloudfront(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a patched module that connects to an origin as ministack does."""
    monkeypatch.setenv("MINISTACK_HOST", "127.0.0.1")
    monkeypatch.setenv("GATEWAY_PORT", "4566")
    module: Any = ModuleType("cloudfront")

    def configured(origin: dict[str, Any], viewer_is_https: bool) -> tuple[str, int, bool]:
        https = origin["policy"] == "https-only" or viewer_is_https
        return origin["name"], 443 if https else 80, https

    module._origin_connect_target = configured
    install(module)
    return module


@pytest.mark.parametrize(
    ("name", "policy", "target"),
    [
        (API, "https-only", ("127.0.0.1", 4566, False)),
        # API Gateway has no port for plain HTTP.
        (API, "http-only", (API, 80, False)),
        ("www.example.org", "https-only", ("www.example.org", 443, True)),
    ],
)
def test_https_to_the_api_goes_to_the_emulator(
    cloudfront: Any, name: str, policy: str, target: tuple[str, int, bool]
) -> None:
    origin = {"name": name, "policy": policy}
    assert cloudfront._origin_connect_target(origin, False) == target
