"""Write text in the characters that a text message can hold.

No letter is lost: one that is missing there is written with those that are, as `ß` with `ss`.
"""

import unicodedata
from typing import Final


def one_line(text: str) -> str:
    """Replace line breaks and other white space with single spaces; remove what is invisible."""
    seen = (c for c in text if unicodedata.category(c) != "Cf")
    return " ".join("".join(c if c.isprintable() else " " for c in seen).split())


def gsm(text: str) -> str:
    """Write text in the basic alphabet of GSM 03.38, 160 of which fit into one text message.

    A single character outside that alphabet leaves room for only 70, and those of its extension
    count twice: `[` is written as `(`.
    """
    return "".join(map(_written, unicodedata.normalize("NFC", text)))


_ASCII: Final = frozenset(map(chr, range(0x20, 0x7F)))
# Without capital Greek letters: they would stand for Latin ones that look alike.
_GSM: Final = (_ASCII - set("[\\]^`{|}~")) | set("£¥èéùìòÇØøÅåÆæßÉ¤¡ÄÖÑÜ§¿äöñüà")

_UNKNOWN: Final = "?"
"""Stands for a letter of another script, so that its reader sees that something is missing."""

# Letters that Unicode does not decompose, and the usual punctuation of documents.
_WRITTEN_AS: Final = {
    "ẞ": "SS",
    "œ": "oe",
    "Œ": "OE",
    "ł": "l",
    "Ł": "L",
    "đ": "d",
    "Đ": "D",
    "ð": "d",
    "Ð": "D",
    "þ": "th",
    "Þ": "Th",
    "ħ": "h",
    "Ħ": "H",
    "ı": "i",
    "ĸ": "k",
    "ŋ": "ng",
    "Ŋ": "Ng",
    "ŧ": "t",
    "Ŧ": "T",
    "ɓ": "b",
    "Ɓ": "B",
    "ɗ": "d",
    "Ɗ": "D",
    "ƙ": "k",
    "Ƙ": "K",
    "ə": "e",
    "Ə": "E",
    **dict.fromkeys("‘’‚‛′ʹʻʼʽ´`", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−•·", "-"),
    "‹": "<",
    "›": ">",
    "⁄": "/",
    "×": "x",
    "©": "(c)",
    "®": "(R)",
    "°": " deg",
    "¦": "/",
    "€": "EUR ",
    "[": "(",
    "{": "(",
    "]": ")",
    "}": ")",
    "\\": "/",
    "|": "/",
    "^": "'",
    "~": "-",
}


def _written(character: str) -> str:
    """Return a character as GSM has it; the pieces of a compatible one, each by itself."""
    if character in _GSM:
        return character
    if character in _WRITTEN_AS:
        return "".join(map(_written, _WRITTEN_AS[character]))
    pieces = unicodedata.normalize("NFKD", character)
    if pieces != character:
        return "".join(map(_written, pieces))
    category = unicodedata.category(character)
    if category.startswith(("L", "N")):
        return _UNKNOWN
    return " " if category.startswith("Z") or category == "Cc" else ""
