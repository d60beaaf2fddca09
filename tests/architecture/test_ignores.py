"""Every comment that silences a tool says why, on its own line."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
PYTHON: Final = (
    *("benchmarks", "claims", "cli", "functions", "infra", "layer", "local", "simulation"),
    *("tests", "web"),
)
WEB: Final = ("web", "tests/web/unit")

_IN_PYTHON: Final = re.compile(r"# ((?:ruff: )?noqa|type: ignore)(.*)")
_IN_WEB: Final = re.compile(r"(?:(?:eslint|stylelint)-disable|@ts-(?:ignore|expect-error))(.*)")
_CODES: Final = re.compile(r"noqa: [A-Z]+[0-9]+(, [A-Z]+[0-9]+)*|type: ignore\[[\w, -]+\]")


def places_without_a_reason() -> Iterator[str]:
    """Yield where a tool is silenced without codes, or without two words that say why."""
    for path, number, line in lines(PYTHON, "*.py"):
        if found := _IN_PYTHON.search(line):
            comment = found[0].removeprefix("# ")
            why = _CODES.sub("", comment)
            if why == comment or len(re.findall(r"\w+", why)) < 2:
                yield f"{path}:{number}"
    for suffix in ("*.js", "*.css"):
        for path, number, line in lines(WEB, suffix):
            if (found := _IN_WEB.search(line)) and " -- " not in found[1]:
                yield f"{path}:{number}"


def lines(folders: tuple[str, ...], pattern: str) -> Iterator[tuple[Path, int, str]]:
    """Yield each line of the files with its number."""
    for folder in folders:
        for path in (ROOT / folder).rglob(pattern):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                yield path.relative_to(ROOT), number, line


def test_every_silenced_finding_has_a_reason() -> None:
    assert list(places_without_a_reason()) == []
