"""The KMS key that seals the addresses of people: what is sealed opens only for its own member."""

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shared.aws import clients
from shared.aws.settings import settings

if TYPE_CHECKING:
    from types_boto3_kms import KMSClient


@dataclass(frozen=True, slots=True)
class AddressKey:
    """The key of one stack."""

    client: "KMSClient"
    key_id: str

    def seal(self, text: str, owner: str, member_id: str) -> bytes:
        """Encrypt text of at most 4,096 bytes for one member. Raises BusyError."""
        response = clients.call(
            "KMS",
            lambda: self.client.encrypt(
                KeyId=self.key_id,
                Plaintext=text.encode(),
                EncryptionContext=_context(owner, member_id),
            ),
            is_personal=True,
        )
        return response["CiphertextBlob"]

    def open(self, sealed: bytes, owner: str, member_id: str) -> str:
        """Decrypt what was sealed for this member, and for no other. Raises BusyError."""
        response = clients.call(
            "KMS",
            lambda: self.client.decrypt(
                KeyId=self.key_id,
                CiphertextBlob=sealed,
                EncryptionContext=_context(owner, member_id),
            ),
            is_personal=True,
        )
        return response["Plaintext"].decode()


def _context(owner: str, member_id: str) -> dict[str, str]:
    return {"owner": owner, "member": member_id}


@functools.cache
def of_this_stack() -> AddressKey:
    """Return the key that this function was deployed to use."""
    return AddressKey(clients.on_first_use(clients.kms), settings().address_key)
