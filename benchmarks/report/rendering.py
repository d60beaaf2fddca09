"""Write pages from their Jinja templates."""

from collections.abc import Callable, Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def render(file: Path, filters: Mapping[str, Callable[..., object]], **values: object) -> str:
    """Fill a Markdown template. Raises UndefinedError where it names a value that is missing."""
    environment = Environment(
        loader=FileSystemLoader(file.parent),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - Markdown of our own figures
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(filters)
    return environment.get_template(file.name).render(**values)
