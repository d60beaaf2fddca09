"""Cells of the earth in four sizes: which of them a circle covers, and which it only touches."""

from functools import cache
from itertools import chain
from math import asin, ceil, degrees, floor, sqrt
from typing import Final, NamedTuple

from shared.domain.geo import Circle, Point, earth_xyz

Cell = int
"""A number of its own for each size, row and column; a cell's neighbour to the east is one more."""

# The smallest cells are 4 miles high and, in the middle of the country, about as wide: half as
# high, they would leave half as many alerts near an edge, in twice the memory. The next size is
# four of them, and so on: most of a large circle is then filed under few cells.
_ROW_DEGREES: Final = 4 / 69
_COLUMN_DEGREES: Final = 4 / 41
_SIZES: Final = 4

# More than there are, west and east together.
_ROWS: Final = 4096
_COLUMNS: Final = 4096

_Span = tuple[int, int]
"""Columns start..end, the end not included."""


class Filing(NamedTuple):
    """No place within a covered cell is outside the circle, nor one within no cell inside it."""

    covered: list[Cell]
    touched: list[Cell]
    """Of the smallest size."""


def filing(circle: Circle) -> Filing:
    """The fewest covered cells, large ones first; no place is in two of them."""
    south, north = circle.latitudes
    found = Filing([], [])
    covered: dict[int, _Span] = {}
    for size in reversed(range(_SIZES)):
        larger, covered = covered, {}
        height = _ROW_DEGREES * 2**size
        for row in range(floor(south / height), floor(north / height) + 1):
            span = _covered(circle, size, row)
            if span:
                # A lower row is covered farther: what the larger cells cover is in its midst.
                west, east = larger.get(row >> 1, (0, 0))
                done = (2 * west, 2 * east) if west < east else (span[1], span[1])
                found.covered.extend(_outside(size, row, span, done))
                covered[row] = span
            if size == 0 and (reached := _reached(circle, row)):
                found.touched.extend(_outside(0, row, reached, span or (reached[1], reached[1])))
    return found


def around(point: Point) -> list[Cell]:
    """The cells of every size that the point lies in, the smallest first."""
    row, column = floor(point.latitude / _ROW_DEGREES), floor(point.longitude / _COLUMN_DEGREES)
    return [_first(size, row >> size) + (column >> size) for size in range(_SIZES)]


def _first(size: int, row: int) -> Cell:
    return (size * _ROWS + row) * _COLUMNS


def _outside(size: int, row: int, span: _Span, done: _Span) -> chain[Cell]:
    """The span but for what is done in its midst."""
    first = _first(size, row)
    return chain(range(first + span[0], first + done[0]), range(first + done[1], first + span[1]))


# The squared chord of two points is that of their distances from the earth's axis and heights over
# the equator, and 4 * axis * axis * sin^2(half the difference in longitude); see geo.py. In a row
# the first two terms are largest, and least, at an edge, or 0 at the circle's own latitude.


def _covered(circle: Circle, size: int, row: int) -> _Span | None:
    """The columns all of whose places in this row are inside."""
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
    """The smallest columns that any place inside lies in, in this row."""
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
    """Of the southern edge of a row of the smallest cells: miles from the axis, and height."""
    axis, _, height = earth_xyz(Point(row * _ROW_DEGREES, 0.0))
    return axis, height
