"""An account whose services answer what a test says, in the shapes of AWS's own models."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import boto3
import httpx
import pytest
from botocore.stub import Stubber

from cli.preflight.account import Account
from infra.council.model import Council

ACCOUNT = "123456789012"
Answer = tuple[str, str, Any]
"""Of a client (`sesv2`, or `ssm/us-east-1`), the operation, and a response or an error's code."""


class StubbedAccount(Account):
    """An account whose clients answer in the order of the answers given."""

    def __init__(self, settings: dict[str, Any], clients: dict[str, Any], caller: str) -> None:
        council = Council.model_validate({"slug": "devon", "name": "Devon", **settings})
        super().__init__(council, ACCOUNT, caller, httpx.Client())
        self._clients = clients

    def client(self, service: str, region: str | None = None) -> Any:
        return self._clients[f"{service}/{region or self.council.region}"]

    def __setattr__(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, value)


@pytest.fixture
def account() -> Iterator[Callable[..., Account]]:
    """Return a function that makes an account; each answer is checked against AWS's models."""
    with ExitStack() as stack:

        def build(
            settings: dict[str, Any],
            *answers: Answer,
            caller: str = f"arn:aws:sts::{ACCOUNT}:assumed-role/Deployer/jo",
        ) -> Account:
            clients: dict[str, Any] = {}
            stubbers: dict[str, Stubber] = {}
            for where, operation, answer in answers:
                service, _, region = where.partition("/")
                name = f"{service}/{region or 'eu-west-2'}"
                if name not in clients:
                    make: Any = boto3.client
                    clients[name] = make(service, region_name=region or "eu-west-2")
                    stubbers[name] = stack.enter_context(Stubber(clients[name]))
                if isinstance(answer, dict):
                    stubbers[name].add_response(operation, answer)
                else:
                    code, _, message = answer.partition(": ")
                    stubbers[name].add_client_error(operation, code, message)
            return StubbedAccount(settings, clients, caller)

        yield build
