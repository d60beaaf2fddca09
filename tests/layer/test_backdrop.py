"""The map's backdrop: small files that show where postcodes are, and the names of districts."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from layer.backdrop import (
    FAR,
    INDEX,
    NEAR,
    OVERVIEW,
    area_of,
    cells_of,
    encode,
    is_district,
    write_backdrop,
)
from layer.build import backdrop_folder, postcode_package
from layer.postcode_table import write_table
from shared.domain.geo import Point
from shared.places.postcodes import FILE_NAME, Postcodes
from tests.support.postcode_source import write_source

LARGEST = 15_000
"""Bytes of a file when it is zipped, as CloudFront sends it."""

EXETER = (292500.0, 92400.0)


@pytest.fixture(scope="module")
def built() -> Path:
    return backdrop_folder()


def read(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def decode(file: dict[str, Any]) -> dict[tuple[int, int], int]:
    """Read a file's cells by the description at the head of layer/backdrop.py."""
    classes = len(file["counts"])
    row, west = file["first"]
    column = west
    cells = {}
    for character in file["cells"]:
        if character == " ":
            row, column = row + 1, west
        elif character == "~":
            column += 91 // classes
        else:
            gap, kind = divmod(ord(character) - 35, classes)
            cells[row, column + gap] = file["counts"][kind]
            column += gap + 1
    return cells


def invented(folder: Path, *rows: tuple[str, float, float]) -> Postcodes:
    folder.mkdir()
    write_table(write_source(folder / "source", *rows), folder / "table")
    return Postcodes(folder / "table")


def village(outward: str, easting: float, northing: float) -> list[tuple[str, float, float]]:
    """Return eight postcodes that are 20 metres apart."""
    return [(f"{outward:<4}{number}AA", easting + 20 * number, northing) for number in range(8)]


def test_cells_are_written_as_the_page_reads_them() -> None:
    # tests/web/unit/components/backdrop-file.test.js reads this text.
    cells = {
        (20000, -900): 2,
        (20000, -899): 3,
        (20000, -898): 400,
        (20000, -867): 1,
        (20002, -839): 1,
    }
    assert encode(cells, NEAR) == "#$%~#  ~~&"


def test_every_gap_is_read_back() -> None:
    for scale in (NEAR, FAR):
        for gap in range(1, 200):
            cells = {(5, 0): 1, (6, -gap): 10_000, (7, gap): 1, (7, 2 * gap): 1}
            file = {"first": (5, -gap), "counts": scale.counts, "cells": encode(cells, scale)}
            assert decode(file) == {
                place: scale.counts[-1 if count > 1 else 0] for place, count in cells.items()
            }


def test_a_point_on_an_edge_is_in_the_cell_to_its_north_and_east() -> None:
    points = [Point(50.0025, -3.004), Point(50.00249, -3.00401), Point(50.0025, -3.00001)]
    assert cells_of(points, NEAR) == {(20001, -751): 2, (20000, -752): 1}


def test_a_file_has_the_dots_and_the_districts_of_its_area(tmp_path: Path) -> None:
    easting, northing = EXETER
    table = invented(
        tmp_path / "given",
        *village("EX2", easting, northing),
        *village("EX4", easting, northing + 2_000),
        ("EX4 9ZZ", easting, northing + 2_000),
        *village("E1", easting + 250_000, northing + 80_000),
    )
    write_backdrop(table, tmp_path)
    assert {file.name for file in tmp_path.glob("*.json")} == {
        "E.json",
        "EX.json",
        INDEX,
        OVERVIEW,
    }
    file = read(tmp_path / "EX.json")
    assert [name for name, _, _ in file["labels"]] == ["EX4", "EX2"]
    _, latitude, longitude = file["labels"][1]
    assert (latitude, longitude) == pytest.approx((50.7212, -3.5243), abs=0.002)
    cells = decode(file)
    assert len(cells) == 4
    assert (50_7212 // 25, -3_5243 // 40) in cells
    south, west, north, east, *middle = read(tmp_path / INDEX)["areas"]["EX"]
    assert south < 50.7212 < 50.7390 < north
    assert west < -3.5243 < east
    assert middle == pytest.approx([50.739, -3.524], abs=0.002)
    assert len(decode(read(tmp_path / OVERVIEW))) == 3


def test_the_postcodes_of_one_office_are_no_district() -> None:
    offices = [Point(50.7, -3.5 + number / 1000) for number in range(9)]
    assert is_district(offices * 6)
    assert not is_district(offices * 7)
    assert not is_district(offices[:7])


def test_the_area_is_the_letters_before_the_first_digit() -> None:
    assert [area_of(outward) for outward in ("EX2", "E1W", "NPT")] == ["EX", "E", "NP"]


def test_the_same_table_gives_the_same_bytes(tmp_path: Path) -> None:
    table = invented(tmp_path / "given", *village("EX2", *EXETER), *village("E1", *EXETER))
    contents = []
    for name in ("once", "again"):
        (tmp_path / name).mkdir()
        write_backdrop(table, tmp_path / name)
        contents.append({file.name: file.read_bytes() for file in (tmp_path / name).iterdir()})
    assert contents[0] == contents[1]


def test_each_file_is_small(built: Path) -> None:
    sizes = {file.name: len(gzip.compress(file.read_bytes())) for file in built.iterdir()}
    assert {name: size for name, size in sizes.items() if size > LARGEST} == {}
    assert sum(sizes.values()) < 500_000


@pytest.mark.slow
def test_every_postcode_of_an_area_has_a_dot(built: Path) -> None:
    table = Postcodes(postcode_package() / FILE_NAME)
    points = [
        point
        for outward, points in table.outward_codes()
        if area_of(outward) == "EX"
        for point in points
    ]
    counted = cells_of(points, NEAR)
    assert decode(read(built / "EX.json")) == {
        place: NEAR.counts[0 if count < 3 else 1 if count < 10 else 2]
        for place, count in counted.items()
    }
    overview = decode(read(built / OVERVIEW))
    assert cells_of(points, FAR).keys() <= overview.keys()


def test_the_districts_of_exeter_are_named_and_post_office_boxes_are_not(built: Path) -> None:
    names = {name for name, _, _ in read(built / "EX.json")["labels"]}
    assert {"EX1", "EX2", "EX4", "EX39"} <= names
    assert {"BS98", "BS99"}.isdisjoint(name for name, _, _ in read(built / "BS.json")["labels"])
    assert "EC2R" in {name for name, _, _ in read(built / "EC.json")["labels"]}


def test_the_index_names_every_file_and_whom_the_data_is_from(built: Path) -> None:
    index = read(built / INDEX)
    assert {f"{area}.json" for area in index["areas"]} | {INDEX, OVERVIEW} == {
        file.name for file in built.iterdir()
    }
    for statement in (
        "Source: Office for National Statistics licensed under the Open Government Licence v.3.0",
        "Contains OS data © Crown copyright and database right 20",
        "Contains Royal Mail data © Royal Mail copyright and database right 20",
    ):
        assert statement in index["attribution"]


def test_an_up_to_date_backdrop_is_not_built_again(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("layer.backdrop.write_backdrop", refuse)
    assert backdrop_folder() == built
