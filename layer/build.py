"""Assembles the dependency layer and the functions, for Lambda or for this machine.

Run as `python -m layer.build --for lambda`, or `here`. What was built from the same pins, sources
and interpreter is used again.
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
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Literal, get_args
from zipfile import ZIP_DEFLATED, ZipFile

import shared.places.postcodes
from layer import postcode_table

Target = Literal["lambda", "here"]

LAMBDA_PYTHON: Final = (3, 14)
"""The functions' runtime; its processors are arm64."""

BUILD: Final = Path(__file__).parent.parent / "build" / "layer"
FUNCTIONS: Final = Path(__file__).parent.parent / "functions"
_REQUIREMENTS: Final = Path(__file__).with_name("requirements.txt")
_SOURCES: Final = (__file__, postcode_table.__file__, shared.places.postcodes.__file__)

# Amazon Linux 2023, which the runtime is, has glibc 2.34; pip takes each platform literally.
_PIP_OPTIONS: Final[dict[Target, list[str]]] = {
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
"""Every postcode of Great Britain and where it is, for Bedboard's shared.places.postcodes to read.

From the ONS Postcode Directory ({release}).
Source: Office for National Statistics licensed under the Open Government Licence v.3.0.
Contains OS data (c) Crown copyright and database right.
Contains Royal Mail data (c) Royal Mail copyright and database right.
"""
'''


def layer_folder(target: Target) -> Path:
    """The folder to ship as the layer (it contains `python/`), built if it is not up to date."""
    postcodes = postcode_package()

    def assemble(folder: Path) -> None:
        python = folder / "python"
        _say(f"installing packages for {target}")
        _install_packages(target, python)
        shutil.copytree(postcodes, python / postcodes.name)
        _compile(target, folder, at="/opt")
        _let_everyone_read(folder)
        _say(f"for {target}: {zipped_size(folder) / 1e6:.1f} MB zipped")

    return _built(target, assemble)


def functions_folder(target: Target) -> Path:
    """The folder to ship as the functions' code, built if it is not up to date."""

    def assemble(folder: Path) -> None:
        unwanted = shutil.ignore_patterns("__pycache__")
        shutil.copytree(FUNCTIONS, folder, ignore=unwanted, dirs_exist_ok=True)
        _compile(target, folder, at="/var/task")
        _let_everyone_read(folder)

    return _built(f"functions-{target}", assemble, sorted(FUNCTIONS.rglob("*.py")))


def postcode_package() -> Path:
    """The package that holds the postcode table; its parent goes on the path."""

    def write(folder: Path) -> None:
        package = folder / shared.places.postcodes.PACKAGE
        package.mkdir()
        release = f"{postcode_table.SOURCE_DISTRIBUTION} {postcode_table.source_version()}"
        (package / "__init__.py").write_text(_POSTCODE_PACKAGE_INIT.format(release=release))
        table = package / shared.places.postcodes.FILE_NAME
        postcode_table.write_table(postcode_table.source_folder(), table)

    return _built("postcodes", write) / shared.places.postcodes.PACKAGE


def zipped_size(folder: Path) -> int:
    """Bytes of the folder as the zip that is uploaded."""
    archive = BytesIO()
    with ZipFile(archive, "w", ZIP_DEFLATED) as writer:
        for path in sorted(folder.rglob("*")):
            writer.write(path, path.relative_to(folder))
    return len(archive.getbuffer())


def _built(name: str, make: Callable[[Path], None], sources: Sequence[Path] = ()) -> Path:
    """The folder of this name, made whole or not at all, by one process at a time."""
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
    """Of everything the content depends on."""
    parts = [name, postcode_table.source_version(), sys.version, sysconfig.get_platform()]
    digest = sha256("\0".join(parts).encode())
    for source in (_REQUIREMENTS, *map(Path, _SOURCES), *sources):
        digest.update(str(source).encode())
        digest.update(sha256(source.read_bytes()).digest())
    return digest.hexdigest()


def _install_packages(target: Target, python: Path) -> None:
    options = ["--require-hashes", "--only-binary=:all:", "--no-deps", "--no-compile", "--quiet"]
    pip = [sys.executable, "-m", "pip", "install", *options, *_PIP_OPTIONS[target]]
    _run([*pip, "--target", str(python), "-r", str(_REQUIREMENTS)])
    # Scripts begin with this interpreter's path, which must not get into what is shipped, and
    # RECORD has their digests. The rest of the metadata stays: it holds the licences.
    shutil.rmtree(python / "bin", ignore_errors=True)
    for record in python.glob("*.dist-info/RECORD"):
        record.unlink()


def _compile(target: Target, folder: Path, *, at: str) -> None:
    """Byte-compile the folder, if this interpreter's byte code is what will run there.

    On Lambda it is read-only, so otherwise every cold start compiles every module again: 0.17 s of
    the layer, 0.02 s of the functions when measured. Unchecked hashes instead of times, and the
    path on Lambda instead of this one, keep the same source the same bytes.
    """
    if target == "lambda" and sys.version_info[:2] != LAMBDA_PYTHON:
        _say("not byte-compiled: that takes Python {}.{}".format(*LAMBDA_PYTHON))
        return
    command = [sys.executable, "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash"]
    _run([*command, "-s", str(folder), "-p", at, str(folder)])


def _let_everyone_read(folder: Path) -> None:
    """Lambda reads the layer as another user, whatever the umask was here."""
    for path in folder.rglob("*"):
        executable = path.is_dir() or path.stat().st_mode & 0o100
        path.chmod(0o755 if executable else 0o644)


def _run(command: list[str]) -> None:
    # The order of a compiled set must not differ from run to run.
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    subprocess.run(command, env=environment, check=True)  # noqa: S603 - our own words only


def _say(text: str) -> None:
    print(f"layer: {text}", file=sys.stderr, flush=True)


def main() -> None:
    """Build the layer asked for and print its folder."""
    parser = argparse.ArgumentParser(description="Build the dependency layer.")
    parser.add_argument("--for", dest="target", choices=get_args(Target), required=True)
    print(layer_folder(parser.parse_args().target))


if __name__ == "__main__":
    main()
