"""Domain errors: each is one way of saying no, and api.py gives each one status."""

from typing import Any, NamedTuple


class Problem(NamedTuple):
    """One field that cannot be, and what is expected of it."""

    field: str
    expected: str


class BedboardError(Exception):
    """A refusal in words fit for the person who asked."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class MalformedError(BedboardError):
    """The request cannot be read at all."""


class TooLargeError(BedboardError):
    """The request is longer than anything sensible."""


class RefusedError(BedboardError):
    """The request was read, and asks for what cannot be."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(f"{field}: {expected}" for field, expected in problems))
        self.problems = problems


class SignInNeededError(BedboardError):
    """Nobody is known to be asking."""


class ForbiddenError(BedboardError):
    """This caller may not do this."""


class NotFoundError(BedboardError):
    """There is no such thing, or not for this caller."""


class OutdatedError(BedboardError):
    """The state moved on since the caller saw it; carries the state as it is now."""

    def __init__(self, detail: str, current: dict[str, Any]) -> None:
        super().__init__(detail)
        self.current = current


class KeyReusedError(BedboardError):
    """An idempotency key came back with another request."""


class ConflictError(BedboardError):
    """The thing is in a state that does not allow it."""


class BusyError(BedboardError):
    """Too many writers at once, or the store did not answer: the same request may work soon."""
