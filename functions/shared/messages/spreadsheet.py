"""Text for the cells of a spreadsheet: the one rule, which web/assets/components/csv.js repeats."""

import re
from typing import Final

_FORMULA: Final = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
"""How text begins that a spreadsheet program takes for a formula (OWASP, "CSV Injection")."""


def safe_cell(value: object) -> object:
    """Mark text as text with an apostrophe, where a spreadsheet would take it for a formula."""
    if isinstance(value, str) and _FORMULA.match(value):
        return f"'{value}"
    return value
