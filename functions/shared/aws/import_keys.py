"""The keys of the objects in the import bucket: uploaded directories, and the reports on them.

This module imports nothing of AWS, so that the stack's template can use the prefixes too.
"""

from typing import Final

DIRECTORIES: Final = "directory/"
"""Prefix of the directories that councils upload."""

CONFIRMED: Final = f"{DIRECTORIES}confirmed/"
"""Prefix of the directories whose closures a council officer has confirmed."""

REPORTS: Final = "reports/"
"""Prefix of the reports on imports."""


REMOVALS: Final = "removals/"
"""Prefix of the notes of which homes an import is about to remove from search."""


def directory_key(file_name: str, *, closures_confirmed: bool) -> str:
    """Return `directory/2026-11.ods`, or `directory/confirmed/2026-11.ods`."""
    return f"{CONFIRMED if closures_confirmed else DIRECTORIES}{file_name}"


def closures_are_confirmed(key: str) -> bool:
    """Return whether a directory was uploaded with its closures confirmed."""
    return key.startswith(CONFIRMED)


def report_prefix(key: str) -> str:
    """Return `reports/2026-11.ods.`: the start of the key of every report on this directory."""
    return f"{REPORTS}{key.removeprefix(DIRECTORIES)}."


def report_key(key: str, version: str) -> str:
    """Return `reports/2026-11.ods.<version>.json`: the key of the report on this version."""
    return f"{report_prefix(key)}{version}.json"


def removals_key(key: str, version: str) -> str:
    """Return `removals/2026-11.ods.<version>.json`: the key of the note on this version."""
    return f"{REMOVALS}{key.removeprefix(DIRECTORIES)}.{version}.json"


def file_name(key: str) -> str:
    """Return a key without its folders: `2026-11.ods`, or `2026-11.ods.<version>.json`."""
    name = key.removeprefix(DIRECTORIES).removeprefix(REPORTS)
    return name.removeprefix(CONFIRMED.removeprefix(DIRECTORIES))
