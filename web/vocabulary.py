"""Write the words for needs and terms where people read them: `python -m web.vocabulary`.

The words are in `shared.domain.needs` and `shared.domain.terms` alone, and what CQC's register
suggests is in `shared.domain.suggestions`. The pages get a module of them, and docs/http.md its
tables.
"""

import json
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from shared.domain.needs import GROUP_LABELS, NEEDS
from shared.domain.suggestions import RULES
from shared.domain.terms import ASSESSMENT_LABELS, FUNDING_LABELS
from web.build import ASSETS, ROOT

MODULE: Final = ASSETS / "text" / "needs.js"
DOCS: Final = ROOT / "docs" / "http.md"

_HEAD: Final = """\
// What a person may need of a home, and on which terms it admits. Written by `make vocabulary`.
"""
_TABLE: Final = re.compile(r"(?<=<!-- needs -->\n).*?(?=<!-- /needs -->)", re.DOTALL)


def module() -> str:
    """Return the pages' module, not yet formatted."""
    needs = {
        need.id: {
            "group": need.group,
            "label": need.label,
            "question": need.question,
            **({"help": need.help} if need.help else {}),
            **({"needsNurses": True} if need.needs_nurses else {}),
        }
        for need in NEEDS.values()
    }
    rules = [
        {**({"band": rule.band} if rule.band else {}), "why": rule.why, "answers": {**rule.answers}}
        for rule in RULES
    ]
    parts = [
        _HEAD,
        "/** @typedef {{ group: string, label: string, question: string, help?: string,"
        " needsNurses?: boolean }} Need */",
        f"/** @type {{Record<string, string>}} */\nexport const GROUPS = {_js(GROUP_LABELS)};",
        f"/** @type {{Record<string, Need>}} */\nexport const NEEDS = {_js(needs)};",
        f"/** @type {{Record<string, string>}} */\nexport const FUNDING = {_js(FUNDING_LABELS)};",
        "/** @type {Record<string, string>} */\n"
        f"export const ASSESSMENTS = {_js(ASSESSMENT_LABELS)};",
        "// What CQC's register suggests; a rule without a band is for a home with nurses.\n"
        "/** @typedef {{ band?: string, why: string,"
        " answers: Record<string, Api.Answer> }} Rule */",
        "/** @type {readonly Rule[]} */\n"
        f"export const SUGGESTIONS = {json.dumps(rules, ensure_ascii=False)};",
    ]
    return "\n\n".join(parts) + "\n"


def table() -> str:
    """Return the table of the needs for docs/http.md."""
    lines = ["", "| need | group | what a home is asked |", "| --- | --- | --- |"]
    for need in NEEDS.values():
        question = f"{need.question} {need.help}".strip()
        lines.append(f"| `{need.id}` | {need.group} | {question} |")
    return "\n".join([*lines, "", ""])


def with_table(text: str) -> str:
    """Return the text of docs/http.md with the table as it is now."""
    return _TABLE.sub(lambda _: table(), text)


def _js(values: Mapping[Any, object]) -> str:
    return json.dumps(dict(values), ensure_ascii=False)


def write(module_path: Path = MODULE, docs_path: Path = DOCS) -> None:
    """Write both; Prettier formats the module."""
    command = ["npx", "--no", "--", "prettier", "--stdin-filepath", str(MODULE)]
    pretty = subprocess.run(  # noqa: S603 - a path of our own
        command, cwd=ROOT, check=True, capture_output=True, input=module(), encoding="utf-8"
    )
    module_path.write_text(pretty.stdout, encoding="utf-8")
    docs_path.write_text(with_table(docs_path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    write()
