"""The choices that a council has for its pages: a colour and the tiles of a map."""

import re
from typing import Final

LEAST_CONTRAST: Final = 4.5
"""The contrast of text against its background: WCAG 2.2, success criterion 1.4.3 (AA)."""

_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
_TILES: Final = re.compile(
    r"https://(\{s\}\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d+)?/[\w./{}@?&=~-]*", re.ASCII
)


def contrast_with_white(colour: str) -> float:
    """Return the contrast of `#rrggbb` with white, from 1 to 21.

    The formulas are WCAG 2.2, "contrast ratio" and "relative luminance".
    """
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    )
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def check_colour(colour: str) -> str:
    """Return the colour, or the empty string. Raises ValueError if white on it is hard to read."""
    if colour and not _COLOUR.fullmatch(colour):
        raise ValueError(f"'{colour}' is not a colour")
    if colour and contrast_with_white(colour) < LEAST_CONTRAST:
        raise ValueError(
            f"white text on '{colour}' has a contrast of {contrast_with_white(colour):.1f} to 1"
        )
    return colour


def check_map_tiles(url: str) -> str:
    """Return the address of map tiles, or the empty string. Raises ValueError."""
    # The host goes into the pages' security policy, so the address must hold nothing else.
    if url and not (_TILES.fullmatch(url) and all(each in url for each in ("{z}", "{x}", "{y}"))):
        raise ValueError(f"'{url}' is not an address of map tiles")
    return url
