"""The CDK app writes the cloud assembly, and again only when something has changed."""

import json
from pathlib import Path

import pytest

from local.emulator.assembly import assembly
from local.emulator.stack import COUNCIL

pytestmark = pytest.mark.emulator


def description(folder: Path) -> str:
    """Return the description in the template."""
    template = json.loads((folder / "App.template.json").read_text("utf-8"))
    description: str = template["Description"]
    return description


def test_an_assembly_is_reused_while_nothing_changes() -> None:
    manifest = assembly(COUNCIL) / "manifest.json"
    written = manifest.stat().st_mtime_ns
    assert assembly(COUNCIL) / "manifest.json" == manifest
    assert manifest.stat().st_mtime_ns == written


def test_another_settings_file_has_another_assembly(open_council: str) -> None:
    assert description(assembly(open_council)) == "Bedboard for Open"
    assert description(assembly(COUNCIL)) != "Bedboard for Open"
