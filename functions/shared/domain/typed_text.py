"""Text as people type and paste it, without what they cannot see in it."""

import re
import unicodedata
from typing import Final

_SPACES: Final = re.compile(r"\s+")
_HYPHENS: Final = str.maketrans("\u2010\u2011\u2212\u00b4\u2018\u2019\u02bc\u2032", "---'''''")
_MOST_INVISIBLE: Final = 1_000
"""Characters: in longer text, which is none of ours, nothing is looked for."""


def visible_text(text: str) -> str:
    """Return the text without invisible characters, with single plain spaces between words.

    Pages, documents and emails add them when text is copied: zero-width and no-break spaces, soft
    hyphens, marks of direction. Hyphens, minus signs and apostrophes become those of a keyboard.
    """
    if text.isascii() or len(text) > _MOST_INVISIBLE:
        return _SPACES.sub(" ", text).strip()
    seen = "".join(each for each in text if unicodedata.category(each) != "Cf")
    return _SPACES.sub(" ", seen.translate(_HYPHENS)).strip()
