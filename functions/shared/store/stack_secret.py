"""The secret of a stack, which keys the digests of what could be guessed: addresses and codes.

It is drawn once, and sealed as the addresses of people are.
"""

import secrets
from typing import Final

from shared.aws.address_key import AddressKey
from shared.domain.errors import BusyError
from shared.store import keys
from shared.store.table import Table


def drawn(table: Table, key: AddressKey) -> bytes:
    """Return the secret, which the first request to need it draws. Raises BusyError."""
    secret = existing(table, key)
    if secret is None:
        pk, sk = _SECRET
        sealed = key.seal(secrets.token_hex(32), pk, sk)
        new = {keys.PARTITION: {"S": pk}, keys.SORT: {"S": sk}, keys.SEALED: {"B": sealed}}
        table.put_new(new)  # another request may have drawn it just now
        secret = existing(table, key)
        if secret is None:
            raise BusyError("The database is busy. Send the same request again.")
    return secret


def existing(table: Table, key: AddressKey) -> bytes | None:
    """Return the secret; None before it was drawn. Raises BusyError."""
    (item,) = table.get(_SECRET)
    if item is None:
        return None
    return bytes.fromhex(key.open(bytes(item[keys.SEALED]["B"]), *_SECRET))


_SECRET: Final = (keys.STACK_SECRET, keys.NO_SORT)
