"""Build the layer and the functions' code, for Lambda or for this machine.

`python -m layer.build --for lambda` (or `here`) builds the layer. A build from the same pins,
sources and interpreter is reused.
"""

import argparse
import fcntl
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Sequence
from hashlib import sha256
from io import BytesIO
from modulefinder import ModuleFinder
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Literal, get_args
from zipfile import ZIP_DEFLATED, ZipFile

import shared.places.postcodes
from layer import backdrop, postcode_table

Platform = Literal["lambda", "here"]

LAMBDA_PYTHON: Final = (3, 14)
"""The Python version of the functions on Lambda, on arm64 processors."""

BUILD: Final = Path(__file__).parent.parent / "build" / "layer"
FUNCTIONS: Final = Path(__file__).parent.parent / "functions"
_REQUIREMENTS: Final = Path(__file__).with_name("requirements.txt")
_SOURCES: Final = (__file__, postcode_table.__file__, shared.places.postcodes.__file__)

# The runtime is Amazon Linux 2023 with glibc 2.34. pip accepts only the platforms named here.
_PIP_OPTIONS: Final[dict[Platform, list[str]]] = {
    "lambda": [
        *("--platform", "manylinux_2_34_aarch64"),
        *("--platform", "manylinux_2_28_aarch64"),
        *("--platform", "manylinux2014_aarch64"),
        *("--python-version", ".".join(map(str, LAMBDA_PYTHON))),
        *("--implementation", "cp"),
    ],
    "here": [],
}

_POSTCODE_PACKAGE_INIT: Final = '''\
"""The location of every postcode of Great Britain, for Bedboard's shared.places.postcodes.

From the ONS Postcode Directory ({release}).
{attribution}
"""
'''


def layer_folder(target: Platform) -> Path:
    """Return the folder to ship as the layer, with `python/` in it, building it if needed."""
    postcodes = postcode_package()

    def assemble(folder: Path) -> None:
        python = folder / "python"
        _say(f"installing packages for {target}")
        _install_packages(target, python)
        shutil.copytree(postcodes, python / postcodes.name)
        _compile(target, folder, at="/opt")
        _let_everyone_read(folder)
        _say(f"for {target}: {zipped_size(folder) / 1e6:.1f} MB zipped")

    return _cached_build(target, assemble)


def functions_folder(target: Platform) -> Path:
    """Return the folder to ship as the functions' code, building it if needed."""

    def assemble(folder: Path) -> None:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(FUNCTIONS, folder, ignore=ignored, dirs_exist_ok=True)
        _compile(target, folder, at="/var/task")
        _let_everyone_read(folder)

    return _cached_build(f"functions-{target}", assemble, sorted(FUNCTIONS.rglob("*.py")))


def single_function_folder(name: str) -> Path:
    """Return the folder to ship as the code of one function that has no layer.

    It holds the modules that the function imports, and none that it does not.
    """
    finder = ModuleFinder(path=[str(FUNCTIONS)])
    finder.run_script(str(FUNCTIONS / name / "handler.py"))
    # It keeps modules of its own kind, which typeshed describes without this attribute.
    files = [getattr(module, "__file__", None) for module in finder.modules.values()]
    modules = {Path(file) for file in files if file}

    def assemble(folder: Path) -> None:
        for module in modules:
            (folder / module.relative_to(FUNCTIONS)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(module, folder / module.relative_to(FUNCTIONS))
        _let_everyone_read(folder)

    return _cached_build(f"function-{name}", assemble, sorted(modules))


def postcode_package() -> Path:
    """Return the package with the postcode table, building it if needed."""

    def write(folder: Path) -> None:
        package = folder / shared.places.postcodes.PACKAGE
        package.mkdir()
        release = f"{postcode_table.SOURCE_DISTRIBUTION} {postcode_table.source_version()}"
        year = postcode_table.source_year()
        attribution = postcode_table.ATTRIBUTION.format(year=year).replace(". ", ".\n")
        init = _POSTCODE_PACKAGE_INIT.format(release=release, attribution=attribution)
        (package / "__init__.py").write_text(init, encoding="utf-8")
        table = package / shared.places.postcodes.FILE_NAME
        postcode_table.write_table(postcode_table.source_folder(), table)

    return _cached_build("postcodes", write) / shared.places.postcodes.PACKAGE


def backdrop_folder() -> Path:
    """Return the folder of the files that the pages' map draws on, building it if needed."""
    table = postcode_package() / shared.places.postcodes.FILE_NAME

    def write(folder: Path) -> None:
        backdrop.write_backdrop(shared.places.postcodes.Postcodes(table), folder)

    return _cached_build("backdrop", write, [Path(backdrop.__file__)])


def zipped_size(folder: Path) -> int:
    """Return the size in bytes of the folder as the zip that is uploaded."""
    archive = BytesIO()
    with ZipFile(archive, "w", ZIP_DEFLATED) as writer:
        for path in sorted(folder.rglob("*")):
            writer.write(path, path.relative_to(folder))
    return len(archive.getbuffer())


def _cached_build(name: str, make: Callable[[Path], None], sources: Sequence[Path] = ()) -> Path:
    """Return the build of this name, made whole or not at all, by one process at a time."""
    folder, stamp = BUILD / name, BUILD / f"{name}.stamp"
    fingerprint = _fingerprint(name, sources)
    BUILD.mkdir(parents=True, exist_ok=True)
    with (BUILD / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if folder.is_dir() and stamp.is_file() and stamp.read_text() == fingerprint:
            return folder
        with TemporaryDirectory(dir=BUILD) as scratch:
            fresh = Path(scratch) / name
            fresh.mkdir()
            make(fresh)
            stamp.unlink(missing_ok=True)
            shutil.rmtree(folder, ignore_errors=True)
            fresh.rename(folder)
            stamp.write_text(fingerprint)
    return folder


def _fingerprint(name: str, sources: Sequence[Path]) -> str:
    """Return a digest of everything that the build depends on."""
    parts = [name, postcode_table.source_version(), sys.version, sysconfig.get_platform()]
    digest = sha256("\0".join(parts).encode())
    for source in (_REQUIREMENTS, *map(Path, _SOURCES), *sources):
        digest.update(str(source).encode())
        digest.update(sha256(source.read_bytes()).digest())
    return digest.hexdigest()


def _install_packages(target: Platform, python: Path) -> None:
    options = ["--require-hashes", "--only-binary=:all:", "--no-deps", "--no-compile", "--quiet"]
    pip = [sys.executable, "-m", "pip", "install", *options, *_PIP_OPTIONS[target]]
    _run([*pip, "--target", str(python), "-r", str(_REQUIREMENTS)])
    # Scripts contain this interpreter's path, which must not be shipped, and RECORD has their
    # digests. The other metadata stays because it holds the licences.
    shutil.rmtree(python / "bin", ignore_errors=True)
    for record in python.glob("*.dist-info/RECORD"):
        record.unlink()


def _compile(target: Platform, folder: Path, *, at: str) -> None:
    """Byte-compile the folder, if this interpreter has the version that will run there.

    Lambda's disk is read-only, so otherwise every cold start compiles every module: 0.17 s for the
    layer and 0.02 s for the functions when measured. Unchecked hashes instead of times, and the
    path on Lambda (`at`) instead of this one, give the same bytes for the same source.
    """
    if target == "lambda" and sys.version_info[:2] != LAMBDA_PYTHON:
        _say("not byte-compiled, because that needs Python {}.{}".format(*LAMBDA_PYTHON))
        return
    command = [sys.executable, "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash"]
    _run([*command, "-s", str(folder), "-p", at, str(folder)])


def _let_everyone_read(folder: Path) -> None:
    """Let every user read the folder: Lambda reads it as another user."""
    for path in folder.rglob("*"):
        executable = path.is_dir() or path.stat().st_mode & 0o100
        path.chmod(0o755 if executable else 0o644)


def _run(command: list[str]) -> None:
    # The order of a compiled set must not differ from run to run.
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    subprocess.run(command, env=environment, check=True)  # noqa: S603 - no words from outside


def _say(text: str) -> None:
    print(f"layer: {text}", file=sys.stderr, flush=True)


def main() -> None:
    """Build the layer for the chosen target and print its folder."""
    parser = argparse.ArgumentParser(description="Build the dependency layer.")
    parser.add_argument("--for", dest="target", choices=get_args(Platform), required=True)
    print(layer_folder(parser.parse_args().target))


if __name__ == "__main__":
    main()
