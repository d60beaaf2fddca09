"""The codes and tokens that messages hold, of which only hashes are stored."""

import hashlib
import hmac
import secrets
from typing import Final, NamedTuple

_TYPED: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's alphabet: it has no letter that is easily taken for another or for a digit."""

_TYPED_LENGTH: Final = 10
_TAKEN_FOR: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


class Secret(NamedTuple):
    """A code or token as it is sent, of which only the hash is stored."""

    text: str

    @classmethod
    def code(cls) -> "Secret":
        """Draw a code that people can type: six digits."""
        return cls(f"{secrets.randbelow(1_000_000):06d}")

    @classmethod
    def token(cls) -> "Secret":
        """Draw a token that no one can guess: 128 bits."""
        return cls(secrets.token_urlsafe(16))

    @classmethod
    def link_code(cls) -> "Secret":
        """Draw a code that stands in for a link where a mail program breaks links: 50 bits."""
        return cls("".join(secrets.choice(_TYPED) for _ in range(_TYPED_LENGTH)))

    @classmethod
    def typed(cls, text: str) -> "Secret | None":
        """Read the code of a link as people type it; None where it has not the form of one."""
        code = text.upper().translate(_TAKEN_FOR)
        is_code = len(code) == _TYPED_LENGTH and set(code) <= set(_TYPED)
        return cls(code) if is_code else None

    @property
    def spaced(self) -> str:
        """Write the code of a link so that it is easy to type: `7KQ2M-9XW4D`."""
        return f"{self.text[:5]}-{self.text[5:]}"

    def keyed_digest(self, key: bytes) -> str:
        """Return a digest that nobody can guess the text from without the key."""
        return hmac.new(key, f"link code:{self.text}".encode(), hashlib.sha256).hexdigest()

    @property
    def digest(self) -> str:
        """Return its SHA-256 in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def has_digest(self, digest: str | None) -> bool:
        """Tell whether it is the one with this digest, in a time that says nothing about it."""
        return digest is not None and hmac.compare_digest(self.digest, digest)
