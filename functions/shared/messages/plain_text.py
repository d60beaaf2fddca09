"""Reduce text to the few characters that an email's subject and a text message can hold."""

import re
import unicodedata
from typing import Final


def one_line(text: str) -> str:
    """Replace line breaks and everything else that cannot be seen with single spaces."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def ascii_only(text: str) -> str:
    """Replace accented letters and typographic punctuation: SNS takes subjects in ASCII only."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_PUNCTUATION))
    return decomposed.encode("ascii", "ignore").decode("ascii")


def gsm(text: str) -> str:
    """Reduce text to characters of GSM 03.38, 160 of which fit into one text message.

    A single character outside that set leaves room for only 70.
    """
    return _NOT_GSM.sub(" ", ascii_only(text))


_PUNCTUATION: Final = str.maketrans("‘’“”–—", "''\"\"--")
_NOT_GSM: Final = re.compile(r"[^A-Za-z0-9 @!\"#$%&'()*+,\-./:;<=>?_]")
