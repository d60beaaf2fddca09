"""The sealed part of a member: their address, and the token of their link to stop."""

import json
from typing import NamedTuple, Self

from shared.domain.documents import to_json
from shared.domain.link_secret import Secret


class SealedAddress(NamedTuple):
    """The personal data of a member, in clear while a message is written."""

    address: str
    stop_token: Secret

    def to_text(self) -> str:
        """Write the text to encrypt."""
        return to_json({"address": self.address, "stop_token": self.stop_token.text})

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read what `to_text` wrote."""
        document = json.loads(text)
        return cls(document["address"], Secret(document["stop_token"]))
