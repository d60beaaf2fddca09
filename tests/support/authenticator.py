"""What an authenticator app shows: a code that changes every 30 seconds (RFC 6238)."""

import base64
import hashlib
import hmac
import struct
import time

STEP_SECONDS = 30


def security_code(secret: str) -> str:
    """Return the six digits of this moment; `secret` is in base 32, as people type it."""
    key = base64.b32decode(secret.replace(" ", "").upper())
    moment = struct.pack(">Q", int(time.time()) // STEP_SECONDS)
    digest = hmac.new(key, moment, hashlib.sha1).digest()
    (number,) = struct.unpack_from(">I", digest, digest[-1] & 0xF)
    return f"{(number & 0x7FFFFFFF) % 10**6:06d}"
