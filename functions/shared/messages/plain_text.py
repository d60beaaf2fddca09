"""Text in the few characters that the subject of an e-mail and a text message can take."""

import re
import unicodedata
from typing import Final


def one_line(text: str) -> str:
    """Without line breaks or anything else that cannot be seen."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def ascii_only(text: str) -> str:
    """As the subject of an e-mail from SNS must be."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_PUNCTUATION))
    return decomposed.encode("ascii", "ignore").decode("ascii")


def gsm(text: str) -> str:
    """In characters of which a text message holds 160: one of any other halves that or worse."""
    return _NOT_GSM.sub(" ", ascii_only(text))


_PUNCTUATION: Final = str.maketrans("‘’“”–—", "''\"\"--")
_NOT_GSM: Final = re.compile(r"[^A-Za-z0-9 @!\"#$%&'()*+,\-./:;<=>?_]")
