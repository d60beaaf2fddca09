"""The template is written by the CDK app, and again only when something has changed."""

import json
from pathlib import Path

import pytest

from local.emulator.assembly import assembly
from local.emulator.stack import COUNCIL

pytestmark = pytest.mark.emulator


def described(folder: Path) -> str:
    """What the template says that it is."""
    template = json.loads((folder / "Bedboard.template.json").read_text("utf-8"))
    description: str = template["Description"]
    return description


def test_it_is_used_again_while_nothing_changes() -> None:
    manifest = assembly(COUNCIL) / "manifest.json"
    written = manifest.stat().st_mtime_ns
    assert assembly(COUNCIL) / "manifest.json" == manifest
    assert manifest.stat().st_mtime_ns == written


def test_a_settings_file_of_ones_own_has_one_of_its_own(open_council: str) -> None:
    assert described(assembly(open_council)) == "Bedboard of Open"
    assert described(assembly(COUNCIL)) != "Bedboard of Open"
