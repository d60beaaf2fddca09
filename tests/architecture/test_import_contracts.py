"""The walls between the rooms, as import_contracts.toml draws them, hold for all code."""

import os
import re
import subprocess
import sys
from pathlib import Path

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
    # In a process of its own: import-linter switches off every logger that is there already.
    run = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    linter = subprocess.run(
        [sys.executable, "-c", run, "--config", str(config), "--cache-dir", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'functions'}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert linter.returncode == 0, linter.stdout + linter.stderr
