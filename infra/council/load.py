"""Read a council's settings from `councils/<name>.toml`."""

import tomllib
from pathlib import Path
from typing import Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from infra.council.model import Council

ROOT: Final = Path(__file__).parent.parent.parent
COUNCILS: Final = ROOT / "councils"


class SettingsError(Exception):
    """A settings file that cannot be used, with one line for each problem.

    A line names the file, the setting and what is expected.
    """


def load_council(name: str) -> Council:
    """Read `councils/<name>.toml`, or the file itself if the name is a path ending in .toml.

    Raises SettingsError.
    """
    path = Path(name) if name.endswith(".toml") else COUNCILS / f"{name}.toml"
    try:
        return Council.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        known = ", ".join(sorted(file.stem for file in COUNCILS.glob("*.toml")))
        raise SettingsError(
            f"there is no file {path.name} in {path.parent}; the councils there are: {known}"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path.name} is not a TOML file: {error}") from None
    except ValidationError as error:
        problems = [f"{path.name}: {_problem_text(each)}" for each in error.errors()]
        raise SettingsError("\n".join(problems)) from None


def _problem_text(problem: ErrorDetails) -> str:
    """Return what is wrong with a setting and what is expected, without the file's name."""
    key = str(problem["loc"][0])
    field = Council.model_fields.get(key)
    if field is None:
        return f"unknown setting {key}; expected one of {', '.join(Council.model_fields)}"
    if problem["type"] == "missing":
        return f"{key} is missing; expected {field.description}"
    reason = problem.get("ctx", {}).get("error") or f"{problem['input']!r} cannot be used"
    return f"{key}: {reason}; expected {field.description}"
