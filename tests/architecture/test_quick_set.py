"""`make check` leaves out what takes long, and nothing that no quick test tries on less."""

import ast
from pathlib import Path

import pytest

from tests.support.permissions.plugin import QUICK

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "tests").rglob("test_*.py"))


def marks_of(file: Path) -> dict[str, bool]:
    """Return the tests of a file, and whether each is marked as slow."""
    return {
        node.name: any("pytest.mark.slow" in ast.unparse(each) for each in node.decorator_list)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def test_a_slow_test_has_quick_ones_beside_it() -> None:
    files = {file.name: marks_of(file) for file in FILES if "mark.slow" in file.read_text("utf-8")}
    assert len(files) > 5
    for name, slow in files.items():
        assert not all(slow.values()), f"{name} has nothing that make check runs"


def test_the_makefile_and_the_permissions_mean_the_same_quick_set(
    pytestconfig: pytest.Config,
) -> None:
    assert f"QUICK := {QUICK}\n" in (ROOT / "Makefile").read_text(encoding="utf-8")
    marks = {line.partition(":")[0] for line in pytestconfig.getini("markers")}
    assert {each.removeprefix("not ") for each in QUICK.split(" and ")} <= marks
