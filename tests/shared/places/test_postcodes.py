"""Every postcode is found where the directory says it is, and nothing else is found."""

import csv
import re
import sys
import timeit
import warnings
from collections import defaultdict
from pathlib import Path
from string import ascii_uppercase, digits
from typing import NamedTuple

import brotli
import msgpack
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyproj import Transformer
from pyproj.transformer import TransformerGroup

from layer.build import postcode_package
from layer.postcode_table import source_folder
from shared.domain.geo import METRES_PER_MILE, Point, in_great_britain, miles_between
from shared.places import postcodes
from shared.places.postcodes import FILE_NAME, HEADER, MAGIC, PACKAGE, VERSION, Postcodes, normalise
from tests.support.shared_data import HOSPITALS, shared_data

SEEN_WHOLE = ["AB10", "EC1A", "EX2", "M1", "NPT", "W1A", "ZE3"]


class Directory(NamedTuple):
    """Read the eastings and northings of each postcode on the British grid from the source."""

    postcodes: int
    outward_codes: set[str]
    sample: dict[str, tuple[float, float]]
    """The first, the middle and the last postcode of each outward code."""
    whole: dict[str, dict[str, tuple[float, float]]]
    """By outward code, and then by inward code."""


@pytest.fixture(scope="module")
def table() -> Postcodes:
    return Postcodes(postcode_package() / FILE_NAME)


@pytest.fixture(scope="module")
def directory() -> Directory:
    """Read the source directory without the builder's code."""
    postcodes, sample, whole = 0, {}, {}
    outward_codes: set[str] = set()
    for letter in source_folder().glob("*.br"):
        data = msgpack.unpackb(brotli.decompress(letter.read_bytes()))["data"]
        outwards: dict[str, dict[str, tuple[float, float]]] = defaultdict(dict)
        for postcode, *grid in zip(data["pcd"], data["oseast1m"], data["osnrth1m"], strict=True):
            if min(grid) > 0 and not postcode.startswith("BT"):
                outwards[postcode[:-3].strip()][postcode[-3:]] = (grid[0], grid[1])
        for outward, inward_codes in outwards.items():
            postcodes += len(inward_codes)
            in_order = sorted(inward_codes)
            for inward in (in_order[0], in_order[len(in_order) // 2], in_order[-1]):
                sample[f"{outward} {inward}"] = inward_codes[inward]
            if outward in SEEN_WHOLE:
                whole[outward] = inward_codes
        outward_codes |= outwards.keys()
    return Directory(postcodes, outward_codes, sample, whole)


@pytest.fixture(scope="module")
def british_grid() -> Transformer:
    """EPSG's own entry for OSGB36 to WGS 84 without a correction grid."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about the grid that is not wanted here
        group = TransformerGroup(27700, 4326)
    return next(t for t in group.transformers if "OSGB36 to WGS 84 (6)" in t.description)


def metres_between(a: Point, b: Point) -> float:
    return miles_between(a, b) * METRES_PER_MILE


@pytest.mark.slow
def test_the_table_holds_every_postcode_that_has_a_british_grid_reference(
    table: Postcodes, directory: Directory
) -> None:
    assert len(table) == directory.postcodes > 2_600_000


@pytest.mark.slow
def test_each_outward_codes_first_middle_and_last_postcode_is_within_two_metres(
    table: Postcodes, directory: Directory, british_grid: Transformer
) -> None:
    furthest = 0.0
    for label, (easting, northing) in directory.sample.items():
        place = table.locate(label)
        assert place is not None, label
        assert place.label == label
        assert not place.approximate
        assert in_great_britain(place.point)
        there = Point(*british_grid.transform(easting, northing))
        furthest = max(furthest, metres_between(place.point, there))
    assert furthest < 2


@pytest.mark.slow
@pytest.mark.parametrize("outward", SEEN_WHOLE)
def test_only_inward_codes_in_use_are_found(
    table: Postcodes, directory: Directory, british_grid: Transformer, outward: str
) -> None:
    in_use = directory.whole[outward]
    for inward in (f"{d}{a}{b}" for d in digits for a in ascii_uppercase for b in ascii_uppercase):
        place = table.locate(outward + inward)
        assert (place is not None) == (inward in in_use), inward
        if place is not None:
            there = Point(*british_grid.transform(*in_use[inward]))
            assert metres_between(place.point, there) < 2


def test_the_first_and_the_last_postcode_of_the_table_are_found(table: Postcodes) -> None:
    assert table.locate("AB1 0AA") is not None
    assert table.locate("ZE3 9JZ") is not None
    assert table.locate("AA1 0AA") is None
    assert table.locate("ZZ99 9ZZ") is None


@pytest.mark.slow
def test_outward_codes_come_in_order_with_the_points_of_their_postcodes(
    table: Postcodes, directory: Directory
) -> None:
    points = dict(table.outward_codes())
    assert list(points) == sorted(points)
    assert sum(map(len, points.values())) == len(table)
    for outward, in_use in directory.whole.items():
        places = [table.locate(f"{outward} {inward}") for inward in sorted(in_use)]
        assert points[outward] == [place.point for place in places if place]


def test_the_transformation_puts_a_surveyed_tower_within_five_metres(
    british_grid: Transformer,
) -> None:
    # Caister water tower, as Ordnance Survey publishes it: on its grid, and by satellite.
    tower = Point(*british_grid.transform(651409.804, 313177.450))
    assert metres_between(tower, Point(52.658007833, 1.716073973)) < 5


def test_every_nhs_hospital_is_near_its_postcode(table: Postcodes) -> None:
    with shared_data(HOSPITALS).open(encoding="utf-8", newline="") as file:
        hospitals = list(csv.DictReader(file))
    assert len(hospitals) == 761
    for hospital in hospitals:
        place = table.locate(hospital["postcode"])
        assert place is not None, hospital
        there = Point(float(hospital["latitude"]), float(hospital["longitude"]))
        assert miles_between(place.point, there) < 0.5, hospital


@pytest.mark.parametrize("outward", SEEN_WHOLE)
def test_an_outward_code_alone_has_a_place_that_is_marked_approximate(
    table: Postcodes, outward: str
) -> None:
    place = table.locate(outward)
    assert place is not None
    assert (place.label, place.approximate) == (outward, True)
    assert in_great_britain(place.point)


@pytest.mark.slow
def test_every_outward_code_alone_has_a_place_and_it_is_marked_approximate(
    table: Postcodes, directory: Directory
) -> None:
    for outward in directory.outward_codes:
        place = table.locate(outward)
        assert place is not None, outward
        assert place.label == outward
        assert place.approximate
        assert in_great_britain(place.point)


@pytest.mark.slow
def test_an_outward_code_has_half_of_its_postcodes_on_either_side(
    table: Postcodes, directory: Directory, british_grid: Transformer
) -> None:
    place = table.locate("EX2")
    assert place is not None
    points = [Point(*british_grid.transform(*grid)) for grid in directory.whole["EX2"].values()]
    south = sum(point.latitude < place.point.latitude for point in points)
    west = sum(point.longitude < place.point.longitude for point in points)
    assert south == pytest.approx(len(points) / 2, rel=0.05)
    assert west == pytest.approx(len(points) / 2, rel=0.05)


@pytest.mark.parametrize("text", ["ex25dw", " EX2  5DW ", "EX2 5DW", "Ex2 5dW", "E X 2 5 D W"])
def test_spacing_and_case_do_not_change_the_place(table: Postcodes, text: str) -> None:
    place = table.locate(text)
    assert place is not None
    assert place == table.locate("EX2 5DW")
    assert place.label == "EX2 5DW"
    assert metres_between(place.point, Point(50.7166, -3.5067)) < 50


@given(
    st.from_regex(r"([A-Z]{1,2}[0-9][0-9A-Z]?) ([0-9][A-Z]{2})", fullmatch=True),
    st.lists(st.tuples(st.booleans(), st.integers(0, 3)), min_size=8, max_size=8),
)
def test_spaces_and_small_letters_do_not_change_the_normal_form(
    label: str, noise: list[tuple[bool, int]]
) -> None:
    letters = zip(label.replace(" ", ""), noise, strict=False)
    text = "".join(
        " " * spaces + (letter.lower() if small else letter) for letter, (small, spaces) in letters
    )
    assert normalise(text) == label


@given(st.text())
@example("EX²5DW")
@example("ＥＸ２ 5DW")
@example("EX2 5ﬆ")
@example("ıg11aa")
@example("EX٢ 5DW")
def test_any_text_is_a_normal_form_or_not_a_postcode(text: str) -> None:
    label = normalise(text)
    if label is not None:
        assert re.fullmatch(r"[A-Z]{1,3}[0-9]?[0-9A-Z]?( [0-9][A-Z]{2})?", label)
        assert normalise(label) == label


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "E",
        "EX",
        "EX2 5",
        "EX2 5D",
        "W1 1",
        "EX 2",
        "EX2 5DWX",
        "EXE2 5DW",
        "EX2\x005DW",
        "50.72,-3.53",
        "A" * 10_000_000,
        "../EX2",
    ],
    ids=lambda text: repr(text[:12]),
)
def test_text_that_is_not_a_postcode_has_no_normal_form(table: Postcodes, text: str) -> None:
    assert normalise(text) is None
    assert table.locate(text) is None


@pytest.mark.parametrize(
    "text", ["EX2 9ZZ", "ZZ1", "BT1 1AA", "BT1", "JE2 3AB", "GY1 1AA", "IM1 1AA", "QQ9 9QQ"]
)
def test_an_unknown_postcode_has_a_normal_form_and_no_place(table: Postcodes, text: str) -> None:
    assert normalise(text) is not None
    assert table.locate(text) is None


@pytest.mark.parametrize("length", [0, 7, HEADER.size - 1, HEADER.size, 1000, -1])
def test_a_truncated_table_is_refused(tmp_path: Path, length: int) -> None:
    with (postcode_package() / FILE_NAME).open("rb") as whole:
        content = whole.read(None if length < 0 else length)
    short = tmp_path / FILE_NAME
    short.write_bytes(content[:length])
    with pytest.raises(ValueError, match=re.escape(str(short))):
        Postcodes(short)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"PK\x03\x04" + bytes(1000), "is not a postcode table"),
        (HEADER.pack(MAGIC, VERSION + 1, 0, 0), "build it again"),
        (HEADER.pack(MAGIC, VERSION, 0, 0) + b"x", "build it again"),
    ],
    ids=["a zip", "another version", "trailing bytes"],
)
def test_a_foreign_table_is_refused(tmp_path: Path, content: bytes, complaint: str) -> None:
    foreign = tmp_path / FILE_NAME
    foreign.write_bytes(content)
    with pytest.raises(ValueError, match=complaint):
        Postcodes(foreign)


def test_the_table_is_found_beside_the_layers_package(monkeypatch: pytest.MonkeyPatch) -> None:
    postcodes.installed.cache_clear()
    monkeypatch.syspath_prepend(postcode_package().parent)
    assert postcodes.installed().locate("EX2 5DW") is not None
    assert postcodes.installed() is postcodes.installed()
    assert PACKAGE not in sys.modules
    postcodes.installed.cache_clear()


def test_a_missing_layer_is_an_error_that_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    postcodes.installed.cache_clear()
    monkeypatch.setattr(postcodes, "PACKAGE", "bedboard_postcodes_not_there")
    with pytest.raises(FileNotFoundError, match="build the layer"):
        postcodes.installed()


def test_looking_up_takes_microseconds_and_opening_less_than_two_milliseconds(
    table: Postcodes,
) -> None:
    # The best of several, so that a busy machine does not fail it: 3.3 us when measured.
    seconds = min(timeit.repeat(lambda: table.locate("YO8 9ZZ"), number=1000, repeat=10)) / 1000
    assert seconds < 20e-6
    path = postcode_package() / FILE_NAME
    assert min(timeit.repeat(lambda: Postcodes(path), number=1, repeat=10)) < 2e-3
