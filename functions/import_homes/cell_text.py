"""Read what spreadsheet programs make of ids, whole numbers and formulas."""

import re

from shared.domain.typed_text import visible_text

# What a program shows for a formula that failed, or for a column that is too narrow.
_FAILED_CELL = re.compile(
    r"#(?:N/A|REF!|NAME\?|VALUE!|DIV/0!|NUM!|NULL!|SPILL!|CALC!)|#{3,}|Err:\d+"
)

_WHOLE_NUMBER = re.compile(r"([0-9]+)\.0+", re.ASCII)


def has_failed(text: str) -> bool:
    """Tell whether a cell shows a fault, and so nobody knows what it would say."""
    return text.startswith(("#", "Err:")) and _FAILED_CELL.fullmatch(text) is not None


def without_fraction(text: str) -> str:
    """Return a whole number as its digits: programs that count may write 30 as 30.0."""
    match = _WHOLE_NUMBER.fullmatch(text)
    return match[1] if match else text


def tidy_id(text: str) -> str:
    """Return an id with a plain hyphen, and without the fraction or quote that a program adds."""
    return without_fraction(visible_text(text).replace("\N{EN DASH}", "-").lstrip("'"))
