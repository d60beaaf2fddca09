"""A council's settings, read from `councils/<name>.toml`."""

import tomllib
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from infra.council.model import Council

__all__ = ["COUNCILS", "ROOT", "Council", "SettingsError", "read"]

ROOT = Path(__file__).parent.parent.parent
COUNCILS = ROOT / "councils"


class SettingsError(Exception):
    """The settings cannot be used; a line per problem names the key and what is expected."""


def read(council: str) -> Council:
    """The settings of `councils/<council>.toml`, or of a file whose path ends in .toml.

    Raises SettingsError.
    """
    path = Path(council) if council.endswith(".toml") else COUNCILS / f"{council}.toml"
    try:
        return Council.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        known = ", ".join(sorted(each.stem for each in COUNCILS.glob("*.toml")))
        raise SettingsError(f"there is no {path.name} in {path.parent}; known: {known}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path.name} is not TOML: {error}") from None
    except ValidationError as error:
        problems = [f"{path.name}: {_told(each)}" for each in error.errors()]
        raise SettingsError("\n".join(problems)) from None


def _told(problem: ErrorDetails) -> str:
    key = str(problem["loc"][0])
    field = Council.model_fields.get(key)
    if field is None:
        return f"unknown key {key}; expected one of {', '.join(Council.model_fields)}"
    if problem["type"] == "missing":
        return f"{key} is missing; expected {field.description}"
    reason = problem.get("ctx", {}).get("error") or f"{problem['input']!r} cannot be used"
    return f"{key}: {reason}; expected {field.description}"
