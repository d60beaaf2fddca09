"""The layer holds what the functions import, for the right machine, and nothing else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from layer import build
from layer.build import (
    FUNCTIONS,
    LAMBDA_PYTHON,
    Platform,
    functions_folder,
    layer_folder,
    postcode_package,
    single_function_folder,
    zipped_size,
)

MEGABYTE = 1_000_000
AARCH64 = 183  # e_machine in the ELF specification


@pytest.fixture(scope="module")
def lambda_layer() -> Path:
    return layer_folder("lambda")


@pytest.fixture(scope="module")
def here_layer() -> Path:
    return layer_folder("here")


@pytest.mark.parametrize("package", ["pydantic_core", "python_calamine"])
def test_compiled_packages_are_for_the_lambda_runtime(lambda_layer: Path, package: str) -> None:
    (library,) = (lambda_layer / "python" / package).glob("*.so")
    assert ".cpython-{}{}-aarch64-".format(*LAMBDA_PYTHON) in library.name
    assert int.from_bytes(library.read_bytes()[18:20], "little") == AARCH64


@pytest.mark.slow
@pytest.mark.parametrize("target", ["lambda", "here"])
def test_the_layer_is_at_most_twenty_megabytes_zipped(target: Platform) -> None:
    assert zipped_size(layer_folder(target)) <= 20 * MEGABYTE


@pytest.mark.parametrize("target", ["lambda", "here"])
def test_the_layer_holds_only_the_expected_packages(target: Platform) -> None:
    python = layer_folder(target) / "python"
    names = {path.name for path in python.iterdir() if not path.name.endswith(".dist-info")}
    assert names - {"__pycache__"} == {
        "annotated_types",
        "aws_lambda_powertools",
        "bedboard_postcodes",
        "jmespath",
        "pydantic",
        "pydantic_core",
        "python_calamine",
        "typing_extensions.py",
        "typing_inspection",
    }


def test_the_layer_imports_without_other_packages(here_layer: Path, tmp_path: Path) -> None:
    program = """
import sys
from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from aws_lambda_powertools.utilities.batch import BatchProcessor
import python_calamine
from pydantic import BaseModel
class Beds(BaseModel):
    accepting: int
assert Beds.model_validate_json('{"accepting": 2}').accepting == 2
assert not {"boto3", "botocore", "numpy", "pandas"} & set(sys.modules)
from shared.places.postcodes import installed
print(installed().locate("ex25dw").label)
"""
    functions = Path(build.__file__).parent.parent / "functions"
    run = subprocess.run(
        [sys.executable, "-S", "-c", program],  # -S: none of this interpreter's own packages
        env={"PYTHONPATH": f"{here_layer / 'python'}{os.pathsep}{functions}"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout) == (0, "EX2 5DW\n"), run.stderr


@pytest.mark.parametrize("target", ["lambda", "here"])
def test_the_layer_does_not_depend_on_place_or_time_of_the_build(target: Platform) -> None:
    layer = layer_folder(target)
    traces = {str(layer).encode(), str(build.BUILD).encode(), sys.prefix.encode()}
    for path in layer.rglob("*"):
        assert path.name not in {"RECORD", "bin", "direct_url.json"}
        if path.is_file() and path.suffix != ".so":
            content = path.read_bytes()
            assert not any(trace in content for trace in traces), path
            if path.suffix == ".pyc":
                # PEP 552: 0b01 is a hash instead of a time, not to be compared with the source.
                assert content[4:8] == b"\x01\0\0\0", path


def test_the_local_layer_is_compiled_ahead(here_layer: Path) -> None:
    sources = [path for path in here_layer.rglob("*.py") if "__pycache__" not in path.parts]
    tag = sys.implementation.cache_tag
    assert sources
    for source in sources:
        assert (source.parent / "__pycache__" / f"{source.stem}.{tag}.pyc").is_file()


def test_every_function_module_is_shipped_and_compiled() -> None:
    folder = functions_folder("here")
    sources = {path.relative_to(FUNCTIONS) for path in FUNCTIONS.rglob("*.py")}
    assert {path.relative_to(folder) for path in folder.rglob("*.py")} == sources
    tag = sys.implementation.cache_tag
    compiled = {
        path.parent.parent.relative_to(folder) / f"{path.name.split('.')[0]}.py"
        for path in folder.rglob(f"*.{tag}.pyc")
    }
    assert compiled == sources


def test_the_same_source_compiles_to_the_same_bytes_anywhere(tmp_path: Path) -> None:
    compiled = []
    for name in ("one", "another"):
        (tmp_path / name).mkdir()
        source = tmp_path / name / "module.py"
        source.write_text("SIDES = 'left' in {'left', 'right', 'both', 'neither'}\n")
        build._compile("here", tmp_path / name, at="/opt")
        (byte_code,) = (tmp_path / name / "__pycache__").iterdir()
        compiled.append(byte_code.read_bytes())
    assert compiled[0] == compiled[1]


def test_everyone_may_read_the_layer(lambda_layer: Path) -> None:
    for path in lambda_layer.rglob("*"):
        expected = 0o555 if path.is_dir() else 0o444
        assert path.stat().st_mode & expected == expected, path


def test_an_up_to_date_layer_is_not_rebuilt(
    lambda_layer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(command: list[str]) -> None:
        raise AssertionError(command)

    monkeypatch.setattr(build, "_run", refuse)
    assert layer_folder("lambda") == lambda_layer


def test_changed_pins_rebuild_the_layer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = []

    def make(folder: Path) -> None:
        built.append(folder)
        (folder / "content").write_text(str(len(built)))

    pins = tmp_path / "requirements.txt"
    pins.write_text("one")
    monkeypatch.setattr(build, "BUILD", tmp_path / "build")
    monkeypatch.setattr(build, "_REQUIREMENTS", pins)
    for text, times in (("one", 1), ("one", 1), ("two", 2), ("two", 2)):
        pins.write_text(text)
        folder = build._cached_build("something", make)
        assert (folder / "content").read_text() == str(times)


def test_a_failed_build_keeps_the_old_layer_and_is_retried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make(folder: Path) -> None:
        (folder / "content").write_text("whole")

    def fail(folder: Path) -> None:
        (folder / "content").write_text("half")
        raise OSError("disk full")

    pins = tmp_path / "requirements.txt"
    pins.write_text("one")
    monkeypatch.setattr(build, "BUILD", tmp_path / "build")
    monkeypatch.setattr(build, "_REQUIREMENTS", pins)
    folder = build._cached_build("something", make)
    pins.write_text("two")
    with pytest.raises(OSError, match="disk full"):
        build._cached_build("something", fail)
    assert (folder / "content").read_text() == "whole"
    assert {path.name for path in (tmp_path / "build").iterdir()} == {
        "something",
        "something.lock",
        "something.stamp",
    }
    build._cached_build("something", make)
    assert (folder / "content").read_text() == "whole"


def test_the_postcode_package_states_its_licence() -> None:
    text = (postcode_package() / "__init__.py").read_text()
    assert "Open Government Licence v.3.0" in text
    assert "Royal Mail" in text


def test_a_function_without_a_layer_is_shipped_with_what_it_imports_alone() -> None:
    folder = single_function_folder("withhold_roles")
    shipped = {path.relative_to(folder).parts[0] for path in folder.rglob("*.py")}
    assert shipped == {"withhold_roles", "shared"}
    run = "import withhold_roles.handler, sys; print(*(m for m in sys.modules if '.' not in m))"
    # Only what Lambda brings, besides: neither Powertools nor pydantic.
    done = subprocess.run(
        [sys.executable, "-P", "-c", run],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(folder), "SECOND_STEP_FOR": "council"},
        capture_output=True,
        text=True,
        check=True,
    )
    imported = set(done.stdout.split())
    assert "botocore" in imported
    assert not imported & {"aws_lambda_powertools", "pydantic"}
