"""What tests of a stack on this machine share besides the stack."""

from pathlib import Path

import pytest


@pytest.fixture
def open_council(tmp_path: Path) -> str:
    """A settings file of one's own: of a council whose vacancies everybody may read."""
    path = tmp_path / "open.toml"
    path.write_text('slug = "open"\nname = "Open"\nsearch_access = "public"\n', "utf-8")
    return str(path)
