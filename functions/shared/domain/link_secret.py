"""The codes and tokens that messages hold, of which only hashes are stored."""

import hashlib
import hmac
import secrets
from typing import NamedTuple


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

    @property
    def digest(self) -> str:
        """Return its SHA-256 in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def has_digest(self, digest: str | None) -> bool:
        """Tell whether it is the one with this digest, in a time that says nothing about it."""
        return digest is not None and hmac.compare_digest(self.digest, digest)
