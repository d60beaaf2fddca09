"""The errors of the domain. shared.http.response gives each of them its HTTP status."""

from typing import Any, NamedTuple


class Problem(NamedTuple):
    """A field that is not valid, and what is expected."""

    field: str
    expected: str


class BedboardError(Exception):
    """A request that fails, with a message for the person who sent it."""

    def __init__(self, detail: str) -> None:
        """Say in `detail` what is wrong and what to do, without personal data."""
        super().__init__(detail)
        self.detail = detail


class MalformedError(BedboardError):
    """The request cannot be parsed."""


class TooLargeError(BedboardError):
    """The request exceeds a limit of length."""


class RefusedError(BedboardError):
    """The request was parsed, but some of its fields are not valid."""

    def __init__(self, *problems: Problem) -> None:
        """List every field that is not valid."""
        super().__init__("; ".join(f"{field}: {expected}" for field, expected in problems))
        self.problems = problems


class SignInNeededError(BedboardError):
    """The request needs a caller who has signed in."""


class ForbiddenError(BedboardError):
    """The caller lacks the permission."""


class NotFoundError(BedboardError):
    """The thing does not exist, or this caller must not know that it does."""


class OutdatedError(BedboardError):
    """The state changed after the caller loaded it; `current` is the state now."""

    def __init__(self, detail: str, current: dict[str, Any]) -> None:
        """Carry the state as it is now."""
        super().__init__(detail)
        self.current = current


class KeyReusedError(BedboardError):
    """The idempotency key was used for a different request."""


class ConflictError(BedboardError):
    """The state of the thing does not allow the request."""


class BusyError(BedboardError):
    """The service is busy or did not respond; the same request may succeed soon."""
