"""Add to the emulator's SNS the question whether a phone's owner has stopped all texts."""

# ruff: noqa: SLF001, ANN401 - ministack has no public name for this, and no types

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

OPTED_OUT: Final = "+447700900000"
"""The one number that has. Ofcom keeps it, as its neighbours, for fiction."""

_ACTION: Final = "CheckIfPhoneNumberIsOptedOut"


def install(sns: Any) -> None:
    """Have ministack's SNS answer the question."""
    known: Callable[..., Awaitable[Any]] = sns.handle_request

    async def handle_request(
        method: str, path: str, headers: Any, body: bytes, query_params: Any
    ) -> Any:
        form = parse_qs((body or b"").decode(errors="replace"))
        if form.get("Action") != [_ACTION]:
            return await known(method, path, headers, body, query_params)
        is_opted_out = str(form.get("phoneNumber") == [OPTED_OUT]).lower()
        result = f"<{_ACTION}Result><isOptedOut>{is_opted_out}</isOptedOut></{_ACTION}Result>"
        return sns._xml(200, f"{_ACTION}Response", result)

    sns.handle_request = handle_request
