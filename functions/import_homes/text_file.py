"""Decode a text file in UTF-8 or Windows-1252, also where some of its bytes are in the other."""

import codecs
import re
from contextlib import suppress
from typing import Final

UNKNOWN: Final = "\N{REPLACEMENT CHARACTER}"
"""Stands for a byte that is a character in neither encoding."""

_FOREIGN: Final = 0xF0000
"""A byte that is not UTF-8 becomes the private character of this number and its own."""

_FOREIGN_CHARACTERS = re.compile("[\U000f0080-\U000f00ff]")
_OTHER_CHARACTERS = re.compile("[^\0-\x7f\U000f0080-\U000f00ff]")

_LIKELY_CHARACTERS = re.compile("[^\0-\x7f\u0180-\u07ff]")

# A capital letter and a quotation mark or dash in Windows-1252, as in "CAFÉ’S", have the form of a
# character in UTF-8, but of none that is in English, Welsh, French or Polish names.
_UNLIKELY_UTF_8 = re.compile(rb"([\xc6-\xdf][\x80-\xbf])")


def decode(content: bytes) -> str | None:
    """Return the text, or None if it is in neither encoding.

    In a file that is partly in UTF-8, the other characters stay foreign until a cell is read.
    """
    # A zero byte occurs in text only where it is in UTF-16 or UTF-32.
    if b"\0" in content:
        return None
    unmarked = content.removeprefix(codecs.BOM_UTF8)
    with suppress(UnicodeDecodeError):
        text = unmarked.decode()
        if text.isascii() or _LIKELY_CHARACTERS.search(text):
            return text
    pieces = _UNLIKELY_UTF_8.split(unmarked)
    text = "".join(
        piece.decode("ascii" if at % 2 else "utf-8", _HANDLER) for at, piece in enumerate(pieces)
    )
    is_mixed = len(unmarked) < len(content) or _OTHER_CHARACTERS.search(text) is not None
    return text if is_mixed else read_foreign(text)


def is_foreign(text: str) -> bool:
    """Tell whether some of the text was not in the encoding of its file."""
    return not text.isprintable() and _FOREIGN_CHARACTERS.search(text) is not None


def read_foreign(text: str) -> str:
    """Return the text with its foreign characters read as Windows-1252."""
    return _FOREIGN_CHARACTERS.sub(
        lambda each: bytes([ord(each[0]) - _FOREIGN]).decode("cp1252", "replace"), text
    )


def _to_foreign(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return "".join(chr(_FOREIGN + byte) for byte in wrong), error.end


_HANDLER: Final = "import_homes.foreign"
codecs.register_error(_HANDLER, _to_foreign)
