"""Every handler fits on one screen and decides nothing by itself; shared has rooms only."""

import ast
from pathlib import Path
from typing import Final

import pytest

FUNCTIONS: Final = Path(__file__).parent.parent.parent / "functions"
HANDLERS: Final = sorted(FUNCTIONS.glob("*/handler.py"))
MOST_LINES: Final = 70
HEADING_WIDTH: Final = 18
"""Characters before the names in the map of the domain."""

each_handler: Final = pytest.mark.parametrize(
    "handler", HANDLERS, ids=lambda handler: handler.parent.name
)


def test_every_function_has_a_handler() -> None:
    folders = {path.name for path in FUNCTIONS.iterdir() if any(path.glob("*.py"))}
    assert folders - {"shared"} == {handler.parent.name for handler in HANDLERS}


@each_handler
def test_a_handler_fits_on_one_screen(handler: Path) -> None:
    assert len(handler.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@each_handler
def test_a_handler_is_built_from_its_parts_and_catches_nothing(handler: Path) -> None:
    tree = ast.parse(handler.read_text(encoding="utf-8"))
    built = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    assert "build" in {function.name for function in built}
    assert not any(isinstance(node, ast.Try) for node in ast.walk(tree))


def test_shared_has_no_module_outside_its_rooms() -> None:
    assert [path.name for path in (FUNCTIONS / "shared").glob("*.py")] == ["__init__.py"]


def test_the_map_of_the_domain_names_each_of_its_modules_once() -> None:
    domain = FUNCTIONS / "shared" / "domain"
    text = ast.get_docstring(ast.parse((domain / "__init__.py").read_text(encoding="utf-8"))) or ""
    _, _, rows = text.partition("\n\n")
    names = [name for row in rows.splitlines() for name in row[HEADING_WIDTH:].split()]
    modules = {path.stem for path in domain.glob("*.py")} - {"__init__"}
    assert sorted(names) == sorted(modules), "the head of shared/domain/__init__.py"
