"""Read a telephone number of the register, which may stand there with more than a number."""

import re
from typing import Final, NamedTuple

from shared.domain.contact_details import phone_number

_MOST_CHARACTERS: Final = 200

# Digits with what people put between them; letters and slashes end a number.
_CANDIDATE = re.compile(r"[+(]*[0-9][0-9 ().\u2010-\u2015-]{7,}[0-9]", re.ASCII)


class RegisterPhone(NamedTuple):
    """The number, and whether that is all that the cell says."""

    number: str | None
    is_all: bool


def register_phone(text: str) -> RegisterPhone:
    """Return the first number in a cell; a blank cell has none, and says no more.

    A spreadsheet program that took the digits for a number has lost their 0 or +.
    """
    if number := phone_number(text):
        return RegisterPhone(number, is_all=True)
    if text.isascii() and text.isdigit():
        number = phone_number(f"0{text}") or phone_number(f"+{text}")
        return RegisterPhone(number, is_all=number is not None)
    # A fax machine cannot say whether there is a bed.
    if len(text) > _MOST_CHARACTERS or "fax" in text.casefold():
        return RegisterPhone(None, is_all=False)
    numbers = filter(None, map(phone_number, _CANDIDATE.findall(text)))
    return RegisterPhone(next(numbers, None), is_all=not text)
