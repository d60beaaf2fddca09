"""The builder reports which postcodes it leaves out, and writes the same bytes every time."""

from math import nan
from pathlib import Path

import pytest

from layer.postcode_table import source_folder, write_table
from shared.places.postcodes import Postcodes
from tests.support.postcode_source import write_source

EXETER = (292500.0, 92400.0)


def test_rows_in_any_order_become_one_sorted_table(tmp_path: Path) -> None:
    easting, northing = EXETER
    names = ["EX2 5DW", "EX100AB", "EX2 1AA", "E1  6AN"]
    rows = [(name, easting, northing + 1000 * km) for km, name in enumerate(names)]
    write_table(write_source(tmp_path / "source", *rows), tmp_path / "table")
    table = Postcodes(tmp_path / "table")
    assert len(table) == len(names)
    places = [table.locate(name) for name in names]
    for km, place in enumerate(places):
        assert place is not None
        assert place.point.latitude == pytest.approx(50.7212 + km * 0.00899, abs=0.0001)
        assert place.point.longitude == pytest.approx(-3.5243, abs=0.001)


def test_postcodes_off_the_british_grid_are_left_out_and_counted(tmp_path: Path) -> None:
    source = write_source(
        tmp_path / "source",
        ("EX2 5DW", *EXETER),
        ("BT1 1AA", 334316.0, 374675.0),
        ("BT1 1AB", nan, nan),
        ("IM1 1AA", nan, nan),
        ("JE2 3AB", nan, nan),
        ("GY1 1AA", nan, nan),
        ("EX2 9XX", nan, nan),
        ("EX4 9XX", 292500.0, nan),
    )
    left_out = write_table(source, tmp_path / "table")
    assert left_out == {
        "Northern Ireland (Irish grid)": 2,
        "Isle of Man": 1,
        "Jersey": 1,
        "Guernsey": 1,
        "no grid reference": 2,
    }
    table = Postcodes(tmp_path / "table")
    assert len(table) == 1
    assert table.locate("EX4") is None


def test_one_stray_postcode_does_not_move_an_outward_codes_centre(tmp_path: Path) -> None:
    near = [(f"EX2 {n}AA", *EXETER) for n in range(8)]
    write_table(
        write_source(tmp_path / "source", *near, ("EX2 9ZZ", 400000.0, 800000.0)),
        tmp_path / "table",
    )
    centre, street = (Postcodes(tmp_path / "table").locate(text) for text in ("EX2", "EX2 0AA"))
    assert centre is not None
    assert street is not None
    assert centre.point == street.point


def test_the_same_source_gives_the_same_bytes(tmp_path: Path) -> None:
    for letter in "FJZ":
        name = f"postcodes_{letter}.msgpack.br"
        (tmp_path / name).write_bytes((source_folder() / name).read_bytes())
    write_table(tmp_path, tmp_path / "once")
    write_table(tmp_path, tmp_path / "again")
    assert (tmp_path / "once").read_bytes() == (tmp_path / "again").read_bytes()


def test_a_duplicate_postcode_is_refused(tmp_path: Path) -> None:
    source = write_source(tmp_path / "source", ("EX2 5DW", *EXETER), ("EX2 5DW", *EXETER))
    with pytest.raises(ValueError, match="EX2 is in the source twice"):
        write_table(source, tmp_path / "table")
    assert not (tmp_path / "table").exists()


def test_an_outward_code_in_two_files_is_refused(tmp_path: Path) -> None:
    source = write_source(tmp_path / "source", ("EX2 5DW", *EXETER))
    write_source(source, ("EX2 5DX", *EXETER), letter="F")
    with pytest.raises(ValueError, match="in two files"):
        write_table(source, tmp_path / "table")


def test_a_folder_without_postcodes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no postcodes in"):
        write_table(tmp_path, tmp_path / "table")
