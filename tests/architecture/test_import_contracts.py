"""The walls between the rooms, as import_contracts.toml draws them, hold for all code."""

import re
from pathlib import Path

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).parent.parent.parent
CONTRACTS = Path(__file__).with_name("import_contracts.toml")


def contracts_for(functions: list[str]) -> str:
    """Return the contracts with FUNCTIONS replaced by the names of the functions."""
    text = CONTRACTS.read_text()
    as_items = ", ".join(f'"{name}"' for name in functions)
    as_layer = f'"{" | ".join(functions)}"'
    text = re.sub(r'(?m)^(layers = .*)"FUNCTIONS"', rf"\1{as_layer}", text)
    return text.replace('"FUNCTIONS"', as_items)


def test_imports_respect_the_walls_between_rooms(tmp_path: Path) -> None:
    functions = sorted(handler.parent.name for handler in (ROOT / "functions").glob("*/handler.py"))
    assert {"update_vacancy", "search", "notify"} <= set(functions)
    config = tmp_path / "import_contracts.toml"
    config.write_text(contracts_for(functions))
    status = lint_imports(config_filename=str(config), cache_dir=str(tmp_path), no_logo=True)
    assert status == EXIT_STATUS_SUCCESS, "a wall is broken: the report above says which"
