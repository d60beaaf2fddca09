"""Find the cells of a grid, in four sizes, that a circle covers and those that its edge crosses."""

from functools import cache
from itertools import chain
from math import asin, ceil, degrees, floor, sqrt
from typing import Final, NamedTuple

from shared.domain.geo import Circle, Point, earth_xyz

Cell = int
"""A number that stands for size, row and column; the next cell to the east is one more."""

# The smallest cells are 4 miles high and, in the middle of the country, about as wide. Half as
# high, they would leave half as many alerts at an edge, but take twice the memory. A cell of the
# next size is four of them, and so on, so that few cells cover most of a large circle.
_ROW_DEGREES: Final = 4 / 69
_COLUMN_DEGREES: Final = 4 / 41
_SIZES: Final = 4

# More than there are, west and east together.
_ROWS: Final = 4096
_COLUMNS: Final = 4096

_Span = tuple[int, int]
"""Columns from a start to an end; the end is not included."""


class CircleCells(NamedTuple):
    """The cells of a circle; no place lies in two of them."""

    covered: list[Cell]
    """Every place in them lies in the circle."""
    edge: list[Cell]
    """Cells of the smallest size that hold every other place of the circle."""


def cells_of(circle: Circle) -> CircleCells:
    """Return the cells of a circle: as few as possible, so the largest that fit."""
    south, north = circle.latitudes
    cells = CircleCells([], [])
    covered: dict[int, _Span] = {}
    for size in reversed(range(_SIZES)):
        larger, covered = covered, {}
        height = _ROW_DEGREES * 2**size
        for row in range(floor(south / height), floor(north / height) + 1):
            span = _covered(circle, size, row)
            if span:
                # The larger cells cover a part in the middle of the row.
                west, east = larger.get(row >> 1, (0, 0))
                done = (2 * west, 2 * east) if west < east else (span[1], span[1])
                cells.covered.extend(_without(size, row, span, done))
                covered[row] = span
            if size == 0 and (reached := _reached(circle, row)):
                cells.edge.extend(_without(0, row, reached, span or (reached[1], reached[1])))
    return cells


def cells_at(point: Point) -> list[Cell]:
    """Return the cell of each size in which the point lies, the smallest first."""
    row, column = floor(point.latitude / _ROW_DEGREES), floor(point.longitude / _COLUMN_DEGREES)
    return [_first(size, row >> size) + (column >> size) for size in range(_SIZES)]


def _first(size: int, row: int) -> Cell:
    return (size * _ROWS + row) * _COLUMNS


def _without(size: int, row: int, span: _Span, done: _Span) -> chain[Cell]:
    """Return the cells of the span except those in its middle that are done."""
    first = _first(size, row)
    return chain(range(first + span[0], first + done[0]), range(first + done[1], first + span[1]))


# By their distances r from the earth's axis and their heights z, the squared chord between two
# points is (r1 - r2)^2 + (z1 - z2)^2 + 4 r1 r2 sin^2(half the difference in longitude); see geo.py.
# In a row the first two terms are largest, and smallest, at an edge, or 0 at the latitude of the
# circle.


def _covered(circle: Circle, size: int, row: int) -> _Span | None:
    """Return the columns that lie inside the circle with every place in this row."""
    south_axis, south_height = _edge(row << size)
    north_axis, north_height = _edge(row + 1 << size)
    left = circle.inner - max(
        (south_axis - circle.axis) ** 2 + (south_height - circle.height) ** 2,
        (north_axis - circle.axis) ** 2 + (north_height - circle.height) ** 2,
    )
    if left <= 0:
        return None
    half = _half_span(left / (4 * circle.axis * max(south_axis, north_axis)))
    width = _COLUMN_DEGREES * 2**size
    west = ceil((circle.point.longitude - half) / width)
    east = floor((circle.point.longitude + half) / width)
    return (west, east) if west < east else None


def _reached(circle: Circle, row: int) -> _Span | None:
    """Return the columns of the smallest size in which any place of this row lies in the circle."""
    south_axis, south_height = _edge(row)
    north_axis, north_height = _edge(row + 1)
    left = circle.outer
    if not south_height <= circle.height <= north_height:
        left -= min(
            (south_axis - circle.axis) ** 2 + (south_height - circle.height) ** 2,
            (north_axis - circle.axis) ** 2 + (north_height - circle.height) ** 2,
        )
    if left < 0:
        return None
    half = _half_span(left / (4 * circle.axis * min(south_axis, north_axis)))
    west = floor((circle.point.longitude - half) / _COLUMN_DEGREES)
    east = floor((circle.point.longitude + half) / _COLUMN_DEGREES)
    return west, east + 1


def _half_span(sine_squared: float) -> float:
    return degrees(2 * asin(sqrt(min(1.0, sine_squared))))


@cache
def _edge(row: int) -> tuple[float, float]:
    """Return the distance from the axis and the height, in miles, of a row's southern edge."""
    axis, _, height = earth_xyz(Point(row * _ROW_DEGREES, 0.0))
    return axis, height
