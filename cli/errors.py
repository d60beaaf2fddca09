"""How a command ends that cannot do what it was asked: one message, one exit status."""

from typing import Final

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    EndpointConnectionError,
    NoCredentialsError,
)

from infra.council.load import SettingsError
from shared.domain.errors import BedboardError

FINE: Final = 0
PROBLEM: Final = 1
"""It was done, or looked at, and something is wrong."""
USAGE: Final = 2
"""It was asked in a way that cannot be: nothing was done."""


class CommandError(Exception):
    """Why it cannot be, and what to do; `status` is the exit status."""

    def __init__(self, message: str, status: int = PROBLEM) -> None:
        super().__init__(message)
        self.status = status


class UsageError(CommandError):
    """The command line itself has to be changed."""

    def __init__(self, message: str) -> None:
        super().__init__(message, USAGE)


EXPECTED: Final = (CommandError, BedboardError, SettingsError, ClientError, BotoCoreError, OSError)

BUGS: Final = (LookupError, TypeError, ValueError, AttributeError, AssertionError, ArithmeticError)


def told(error: Exception) -> tuple[str, int]:
    """What to say of an expected failure, and the exit status."""
    match error:
        case CommandError():
            return str(error), error.status
        case SettingsError():
            return str(error), USAGE
        case BedboardError():
            return error.detail, PROBLEM
        case NoCredentialsError():
            return "no AWS credentials were found: sign in (aws sso login), or set AWS_PROFILE", 2
        case EndpointConnectionError():
            return f"nothing answers at {error.kwargs['endpoint_url']}: is the stack up?", PROBLEM
        case ClientError():
            return _of_aws(error), PROBLEM
    return f"{type(error).__name__}: {error}", PROBLEM


def _of_aws(error: ClientError) -> str:
    said = error.response["Error"]
    code, operation = said.get("Code", "?"), error.operation_name
    message = f"AWS refused {operation}: {code}: {said.get('Message', '')}"
    if code in {"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"}:
        return f"{message}\nThe credentials in use may not do this; ask for {operation}."
    if code in {"ExpiredToken", "ExpiredTokenException", "UnrecognizedClientException"}:
        return f"{message}\nSign in again (aws sso login), or set AWS_PROFILE."
    return message
