"""Invent what the demo's fictional homes cost.

A home of a real directory gets nothing: what it costs is not for a demo to invent.
"""

from collections.abc import Iterable
from random import Random
from typing import Final

from shared.domain.documents import HomeDocument
from shared.domain.shop_window import ShopWindow
from shared.domain.vocabulary import ServiceUserBand

SEED: Final = 20260106
FICTIONAL: Final = "(fictional)"
SILENT: Final = 0.1
"""The share of homes that say nothing of their fees."""

_LOWEST_FEE, _NURSING_EXTRA, _DEMENTIA_EXTRA = 800, 250, 80
"""Pounds a week."""


def shop_windows(homes: Iterable[HomeDocument], seed: int = SEED) -> dict[str, ShopWindow]:
    """Return what each active fictional home says of itself, by location id.

    The same homes and seed give the same result; the order of the homes does not matter.
    """
    rng = Random(seed)  # noqa: S311 - nothing secret: the same every time
    return {
        home["location_id"]: _shop_window(rng, home)
        for home in sorted(homes, key=lambda home: str(home["location_id"]))
        if home["registration"] == "active"
        and home["name"].endswith(FICTIONAL)
        and rng.random() >= SILENT
    }


def _shop_window(rng: Random, home: HomeDocument) -> ShopWindow:
    nursing = bool(home["nursing"])
    dementia = ServiceUserBand.DEMENTIA in home["service_user_bands"]
    extra = nursing * _NURSING_EXTRA + dementia * _DEMENTIA_EXTRA
    lowest = _LOWEST_FEE + extra + 10 * rng.randrange(40)
    return ShopWindow(
        weekly_fee_from=lowest,
        weekly_fee_to=lowest + 50 * rng.randrange(1, 9),
    )
