"""Where homes are: around towns whose sizes follow Zipf's law, as those of real towns do.

Some are in the country between the towns.
"""

from typing import Final, Literal

import numpy as np
import numpy.typing as npt

TOWNS: Final = {"england": 900, "world": 20_000}
_BOX: Final = {"england": (50.1, 55.5, -5.2, 1.6), "world": (-55.0, 70.0, -179.0, 179.0)}
_SHARE_IN_THE_COUNTRY: Final = 0.15

Land = Literal["england", "world"]
Floats = npt.NDArray[np.float64]


def locations(dice: np.random.Generator, count: int, land: Land) -> tuple[Floats, Floats]:
    """Return the latitudes and longitudes of so many homes, in degrees."""
    south, north, west, east = _BOX[land]
    towns = TOWNS[land]
    town_latitude, town_longitude = (
        dice.uniform(south, north, towns),
        dice.uniform(west, east, towns),
    )
    share = 1 / np.arange(1, towns + 1)
    town = dice.choice(towns, count, p=share / share.sum())
    # The larger a town the wider it is: as the square root of its share of all.
    width = 0.02 + 0.12 * np.sqrt(share / share[0])[town]
    latitude = town_latitude[town] + dice.normal(0, 1, count) * width
    longitude = town_longitude[town] + dice.normal(0, 1.6, count) * width
    country = dice.random(count) < _SHARE_IN_THE_COUNTRY
    latitude[country] = dice.uniform(south, north, int(country.sum()))
    longitude[country] = dice.uniform(west, east, int(country.sum()))
    # As the register has them: six decimals.
    return latitude.clip(-89, 89).round(6), longitude.clip(-179.9, 179.9).round(6)
