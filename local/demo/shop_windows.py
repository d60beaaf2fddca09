"""Invent what the demo's fictional homes say of themselves: features and weekly fees.

No figures are published on features. The shares below are assumptions, chosen so that every filter
of a search finds some homes and leaves some out. A home of a real directory gets nothing: what it
offers and costs is not for a demo to invent.
"""

from collections.abc import Iterable
from random import Random
from typing import Final

from shared.domain.documents import HomeDocument
from shared.domain.shop_window import ShopWindow
from shared.domain.vocabulary import Feature, ServiceUserBand

SEED: Final = 20260106
FICTIONAL: Final = "(fictional)"
SILENT: Final = 0.1
"""The share of homes that say nothing of themselves."""

SHARES: Final = {
    Feature.ACCEPTS_LOCAL_AUTHORITY_RATE: 0.6,
    Feature.TRUSTED_ASSESSOR: 0.45,
    Feature.WEEKEND_ADMISSIONS: 0.5,
    Feature.EVENING_ADMISSIONS: 0.25,
    Feature.SAME_DAY_ADMISSIONS: 0.3,
    Feature.DISCHARGE_TO_ASSESS: 0.2,
    Feature.RESPITE: 0.5,
    Feature.END_OF_LIFE: 0.6,
    Feature.BARIATRIC: 0.15,
    Feature.TUBE_FEEDING: 0.15,
    Feature.OXYGEN: 0.25,
    Feature.COUPLES: 0.3,
    Feature.EN_SUITE: 0.6,
    Feature.WHEELCHAIR_ACCESS: 0.8,
    Feature.SECURE_GARDEN: 0.4,
    Feature.PETS: 0.3,
}
"""How many of the homes offer each feature."""

_ONLY_WITH_NURSES: Final = {Feature.TUBE_FEEDING}
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
    features = tuple(
        feature
        for feature, share in SHARES.items()
        if rng.random() < share and (nursing or feature not in _ONLY_WITH_NURSES)
    )
    dementia = ServiceUserBand.DEMENTIA in home["service_user_bands"]
    extra = nursing * _NURSING_EXTRA + dementia * _DEMENTIA_EXTRA
    lowest = _LOWEST_FEE + extra + 10 * rng.randrange(40)
    return ShopWindow(
        features=features,
        weekly_fee_from=lowest,
        weekly_fee_to=lowest + 50 * rng.randrange(1, 9),
    )
