"""An e-mail address as the pool has it. It is personal: the pool keeps it, nothing else does."""

import re
from typing import Final

from shared.domain.errors import Problem, RefusedError

_LONGEST: Final = 254
_LONGEST_LOCAL_PART: Final = 64

_PART = r"[a-z0-9_'+&-]+"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ADDRESS = re.compile(rf"{_PART}(?:\.{_PART})*@(?:{_LABEL}\.)+[a-z][a-z0-9-]{{0,61}}[a-z0-9]", re.A)
# Nothing that a filter of the pool's would take for more than a letter.
_BEGINNING = re.compile(r"[a-z0-9_'+&.@-]+", re.ASCII)


def address(text: str) -> str:
    """The address in lower case: no provider tells two people apart by it. Raises RefusedError."""
    lower = text.strip().lower()
    fits = len(lower) <= _LONGEST and lower.find("@") <= _LONGEST_LOCAL_PART
    if not (fits and _ADDRESS.fullmatch(lower)):
        raise RefusedError(Problem("email", "an e-mail address, such as a.carer@example.org"))
    return lower


def beginning(text: str) -> str:
    """What an address may begin with, in lower case. Raises RefusedError."""
    lower = text.strip().lower()
    if not (len(lower) <= _LONGEST and _BEGINNING.fullmatch(lower)):
        raise RefusedError(Problem("email_begins", "how an e-mail address begins, such as a.carer"))
    return lower
