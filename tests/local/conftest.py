"""Fixtures for tests of the local stack."""

from pathlib import Path

import pytest

OPEN = """
slug = "open"
name = "Open"
search_access = "public"
site = false
callback_urls = ["http://localhost:8000/"]
logout_urls = ["http://localhost:8000/"]
contact = "Whoever is in"
colour = "#00504b"
privacy_url = "https://www.example.org/privacy"
map_tiles_url = "https://{s}.tiles.example.org/{z}/{x}/{y}.png"
map_attribution = "Nobody's map"
"""


@pytest.fixture
def open_council(tmp_path: Path) -> str:
    """Write the settings of a council whose vacancies everyone may read; return the path."""
    path = tmp_path / "open.toml"
    path.write_text(OPEN, "utf-8")
    return str(path)
