"""Keep what the CDK made of the template's sources, until one of them changes.

A synthesis takes most of a second, and the first of a process takes six. Half of the processor
time of `make check` would go into making the same templates of the same files as the last time.
A run with all examples, as `make test` is, makes everything again.
"""

import json
import sys
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import sha256
from modulefinder import ModuleFinder
from pathlib import Path
from shutil import rmtree
from typing import Any, Final

from tests.support.examples import PROFILE

ROOT: Final = Path(__file__).parents[2]
FUNCTIONS: Final = ROOT / "functions"
KEPT: Final = ROOT / "build" / "kept"

_FOLDERS: Final = ("infra", "benchmarks/cost", "tests/infra", "tests/benchmarks/cost")
"""Whose every file counts: what a module reads is not to be seen in its imports."""

_FILES: Final = ("requirements.txt", "cdk.json", "tests/support/synthesis_cache.py")
_SCRIPTS: Final = ("infra/app.py", "functions/withhold_roles/handler.py")
"""What is in the template by its content: the second is the code of a function without a layer."""


def kept(what: str, make: Callable[[], Any], *, anew: bool = PROFILE == "full") -> Any:
    """Return what `make` returns, as JSON would have it, or what it returned the last time.

    `what` names it, with everything that it depends on besides the sources.
    """
    folder = KEPT / digest_of_sources()
    file = folder / f"{sha256(what.encode()).hexdigest()}.json"
    if anew or not file.is_file():
        made = json.dumps(make())
        for old in set(KEPT.glob("*")) - {folder}:
            rmtree(old, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        file.with_suffix(".new").write_text(made, encoding="utf-8")
        file.with_suffix(".new").rename(file)
    return json.loads(file.read_text(encoding="utf-8"))


@cache
def digest_of_sources() -> str:
    """Return what tells one state of everything that a template is made from from another."""
    digest = sha256(sys.version.encode())
    for file in sorted(set(sources())):
        digest.update(
            f"{file.relative_to(ROOT)} {sha256(file.read_bytes()).hexdigest()}\n".encode()
        )
    return digest.hexdigest()[:32]


def sources() -> Iterator[Path]:
    """Yield every file of this project on which a template depends."""
    yield from (ROOT / each for each in _FILES)
    for folder in _FOLDERS:
        for file in (ROOT / folder).rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts:
                yield file
    for script in _SCRIPTS:
        # Only this project's own folders: the packages are those of requirements.txt.
        finder = ModuleFinder(path=[str(ROOT), str(FUNCTIONS)])
        finder.run_script(str(ROOT / script))
        for module in finder.modules.values():
            if file_name := getattr(module, "__file__", None):
                yield Path(file_name)
