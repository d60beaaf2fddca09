"""A postcode directory in the form of the package that the layer's build reads."""

from pathlib import Path

import brotli
import msgpack


def write_source(folder: Path, *rows: tuple[str, float, float], letter: str = "E") -> Path:
    """Write postcodes in seven characters, each with its easting and northing."""
    folder.mkdir(exist_ok=True)
    names, eastings, northings = zip(*rows, strict=True)
    data = {"pcd": names, "oseast1m": eastings, "osnrth1m": northings, "laua": [""] * len(rows)}
    packed = msgpack.packb({"columns": list(data), "data": data})
    (folder / f"postcodes_{letter}.msgpack.br").write_bytes(brotli.compress(packed, quality=1))
    return folder
