"""Tables that were measured again after a whole run, with a date and a machine of their own."""

from collections.abc import Mapping
from typing import Any

Results = dict[str, Any]


def put_into(whole: Results, later: Results) -> Results:
    """Return the results of a whole run with later tables in the place of earlier ones."""
    tables = {**whole["tables"], **later["tables"]}
    when = {"measured": later["measured"], "machine": later["machine"]}
    return {
        **whole,
        "left_out": list(dict.fromkeys([*whole["left_out"], *later["left_out"]])),
        "again": {**whole.get("again", {}), **dict.fromkeys(later["tables"], when)},
        "tables": tables,
    }


def note_on(name: str, results: Mapping[str, Any]) -> str:
    """Say when a table was measured, and where other than the rest; nothing of the whole run."""
    again = results.get("again", {}).get(name)
    if again is None:
        return ""
    whole = results["machine"]
    others = [
        f"{part} {each}" for part, each in again["machine"].items() if whole.get(part) != each
    ]
    where = f", with {'; '.join(others)}" if others else ", on the same machine and versions"
    return f"Measured apart on {again['measured']}{where}."
