"""Files that lie beside the checkout, in ../shared/data, and not in it."""

from pathlib import Path

import pytest

CARE_DIRECTORY = "cqc_care_directory_south_west_2021-04.csv"
"""The 728 care homes of the South West, in the columns of CQC's monthly directory."""

HOSPITALS = "nhs_hospitals.csv"
"""761 NHS hospital sites with their postcodes and coordinates."""

FOLDER = Path(__file__).parents[3] / "shared" / "data"


def shared_data(name: str) -> Path:
    """Return the path of a file; skip the test that asks for it where it is not there."""
    path = FOLDER / name
    if not path.is_file():
        pytest.skip(f"needs {name} in the folder ../shared/data beside the checkout")
    return path
