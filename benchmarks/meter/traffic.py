"""The requests that this process sends to AWS: how many, how large, and which."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from botocore.client import BaseClient
from botocore.httpsession import URLLib3Session

Json = dict[str, Any]


@dataclass(slots=True)
class Traffic:
    """Requests over the wire, retries included, and the bytes of their bodies."""

    requests: int = 0
    bytes_sent: int = 0
    bytes_received: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """One call of an AWS client, such as `dynamodb` and `Query`, with its response."""

    service: str
    operation: str
    parameters: Json
    response: Json

    @property
    def name(self) -> str:
        """Return service and operation, such as `dynamodb.Query`."""
        return f"{self.service}.{self.operation}"


@contextmanager
def count_traffic() -> Iterator[Traffic]:
    """Count everything that botocore sends from this process while the block runs."""
    traffic = Traffic()
    send = URLLib3Session.send

    def counting_send(session: URLLib3Session, request: Any) -> Any:  # noqa: ANN401 - botocore's own type
        response = send(session, request)
        traffic.requests += 1
        traffic.bytes_sent += len(request.body or b"")
        traffic.bytes_received += len(response.content)
        return response

    with patch.object(URLLib3Session, "send", counting_send):
        yield traffic


@contextmanager
def record_calls() -> Iterator[list[Call]]:
    """Record the calls of every AWS client in this process while the block runs.

    DynamoDB is asked to return the capacity that each call consumed.
    """
    calls: list[Call] = []
    # Private, but the one place that every client passes.
    make_api_call = BaseClient._make_api_call  # type: ignore[attr-defined]  # noqa: SLF001 - botocore has no public name for it

    def recording_call(client: BaseClient, operation: str, parameters: Json) -> Json:
        service = client.meta.service_model
        members = getattr(service.operation_model(operation).input_shape, "members", {})
        if "ReturnConsumedCapacity" in members:
            parameters = {**parameters, "ReturnConsumedCapacity": "TOTAL"}
        response: Json = make_api_call(client, operation, parameters)
        calls.append(Call(service.service_name, operation, parameters, response))
        return response

    with patch.object(BaseClient, "_make_api_call", recording_call):
        yield calls
