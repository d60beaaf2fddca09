"""Write the backdrop of the pages' map from the postcode table: where people live, as dots.

There is a file for each postcode area (`EX.json`), one of the whole country for small scales
(`overview.json`), and `index.json`: the south, west, north and east edge of each area, and its
middle. Postcodes ring the coast and leave the moors out, so dots of their density show the land
without a map from elsewhere. A file holds:

    cell    height and width of a cell, in hundred-thousandths of a degree
    first   row and column of the first character; rows count cells from the equator, columns
            from Greenwich
    counts  how many postcodes a cell of each class stands for
    cells   row after row from the south, each from the west: a character for each cell that has
            postcodes, which says its class and how many empty cells are before it
    labels  each outward code, its latitude and longitude; first those with the most postcodes

In `cells`, a space ends a row, and `~` stands for as many empty cells as fit into no character.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median_low
from typing import Any, Final

from layer.postcode_table import ATTRIBUTION, LICENCE, source_year
from shared.domain.geo import Point
from shared.places.postcodes import Postcodes

INDEX: Final = "index.json"
OVERVIEW: Final = "overview.json"

END_OF_ROW: Final = " "
LONG_GAP: Final = "~"
FIRST_CHARACTER: Final = "#"
_CHARACTERS: Final = ord(LONG_GAP) - ord(FIRST_CHARACTER)

_UNITS_PER_DEGREE: Final = 100_000

# Codes of large users and of post-office boxes have no district: all their postcodes are at the
# door of a few offices. The narrowest real district is EC2R, with 353 postcodes at 127 points.
FEWEST_POINTS: Final = 8
MOST_AT_A_POINT: Final = 6


@dataclass(frozen=True, slots=True)
class Scale:
    """The size of a grid's cells, and the classes of how many postcodes one has."""

    height: int
    """In hundred-thousandths of a degree, as the width is."""
    width: int
    least: tuple[int, ...]
    """The fewest postcodes of each class, ascending from 1."""
    counts: tuple[int, ...]
    """How many postcodes a cell of each class stands for."""


NEAR: Final = Scale(250, 400, least=(1, 3, 10), counts=(1, 5, 18))
"""For a file of one area: cells of about 280 metres."""
FAR: Final = Scale(3000, 4800, least=(1, 15, 60, 240, 960), counts=(5, 30, 120, 480, 1500))
"""For the whole country: cells of about 3.3 kilometres."""

Cells = Mapping[tuple[int, int], int]
"""How many postcodes a cell has, by row and column."""


def write_backdrop(table: Postcodes, folder: Path) -> None:
    """Write the files of every area that the table has. The same table gives the same bytes."""
    points: dict[str, list[Point]] = defaultdict(list)
    districts: dict[str, list[tuple[str, list[Point]]]] = defaultdict(list)
    for outward, all_points in table.outward_codes():
        area = area_of(outward)
        points[area] += all_points
        if is_district(all_points):
            districts[area].append((outward, all_points))
    everywhere: Counter[tuple[int, int]] = Counter()
    index: dict[str, list[float]] = {}
    for area in sorted(points):
        everywhere.update(cells_of(points[area], FAR))
        cells = cells_of(points[area], NEAR)
        index[area] = [*_bounds(cells, NEAR), *_middle(points[area])]
        _write(folder / f"{area}.json", _document(cells, NEAR, districts[area]))
    _write(folder / OVERVIEW, _document(everywhere, FAR, []))
    attribution = ATTRIBUTION.format(year=source_year())
    _write(folder / INDEX, {"attribution": attribution, "licence": LICENCE, "areas": index})


def area_of(outward: str) -> str:
    """Return the postcode area of an outward code: "EX" of "EX2"; "NPT" is of NP."""
    letters = re.match(r"[A-Z]{1,2}", outward)
    if letters is None:
        raise ValueError(f"{outward!r} is not an outward code")
    return letters[0]


def is_district(points: Iterable[Point]) -> bool:
    """Tell whether an outward code's postcodes are spread over a district."""
    at_point = Counter(points)
    return len(at_point) >= FEWEST_POINTS and at_point.total() <= len(at_point) * MOST_AT_A_POINT


def cells_of(points: Iterable[Point], scale: Scale) -> Counter[tuple[int, int]]:
    """Count the postcodes in each cell."""
    # Rounded first, so that a point on the edge of two cells is always in the same one.
    return Counter(
        (
            round(latitude * _UNITS_PER_DEGREE) // scale.height,
            round(longitude * _UNITS_PER_DEGREE) // scale.width,
        )
        for latitude, longitude in points
    )


def encode(cells: Cells, scale: Scale) -> str:
    """Write the classes of the cells as text; see the head of this module."""
    south, west = _first(cells)
    classes = len(scale.least)
    longest_gap = _CHARACTERS // classes - 1
    text = ""
    row, column = south, west
    for (cell_row, cell_column), count in sorted(cells.items()):
        if cell_row > row:
            text += END_OF_ROW * (cell_row - row)
            row, column = cell_row, west
        long_gaps, gap = divmod(cell_column - column, longest_gap + 1)
        kind = sum(count >= least for least in scale.least) - 1
        text += LONG_GAP * long_gaps + chr(ord(FIRST_CHARACTER) + gap * classes + kind)
        column = cell_column + 1
    return text


def _document(
    cells: Cells, scale: Scale, named: Iterable[tuple[str, list[Point]]]
) -> dict[str, Any]:
    by_size = sorted(named, key=lambda each: (-len(each[1]), each[0]))
    return {
        "cell": [scale.height, scale.width],
        "first": _first(cells),
        "counts": scale.counts,
        "cells": encode(cells, scale),
        "labels": [[name, *_middle(points)] for name, points in by_size],
    }


def _first(cells: Cells) -> tuple[int, int]:
    return min(row for row, _ in cells), min(column for _, column in cells)


def _bounds(cells: Cells, scale: Scale) -> list[float]:
    """Return the south, west, north and east edges in degrees."""
    rows, columns = zip(*cells, strict=True)
    edges = (
        (min(rows) * scale.height, min(columns) * scale.width),
        ((max(rows) + 1) * scale.height, (max(columns) + 1) * scale.width),
    )
    return [edge / _UNITS_PER_DEGREE for corner in edges for edge in corner]


def _middle(points: Iterable[Point]) -> tuple[float, float]:
    # Not the mean: one postcode that is far from its district would move that.
    latitudes, longitudes = zip(*points, strict=True)
    return round(median_low(latitudes), 4), round(median_low(longitudes), 4)


def _write(path: Path, document: Mapping[str, Any]) -> None:
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text, encoding="utf-8")
