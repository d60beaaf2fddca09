"""Requests for a stack's addresses reach the emulator, and no others leave this machine."""

import httpx
import pytest

from local.emulator.stack import LocalStack
from local.emulator.transport import EmulatorTransport


def test_the_api_is_reached_by_its_name_on_aws(stack: LocalStack) -> None:
    api = stack.api_url.rpartition("/")[2]
    with httpx.Client(transport=EmulatorTransport(stack.endpoint_url), timeout=30) as client:
        for address in (
            f"https://{api}.execute-api.eu-west-2.amazonaws.com",
            stack.api_url,
        ):
            assert client.get(f"{address}/alerts").status_code == 401
        assert client.get(f"{stack.api_url}/no-such-path").status_code == 404


def test_other_machines_are_not_reached(stack: LocalStack) -> None:
    transport = EmulatorTransport(stack.endpoint_url)
    with (
        httpx.Client(transport=transport) as client,
        pytest.raises(httpx.ConnectError, match="the emulator is not www"),
    ):
        client.get("https://www.example.org/")
