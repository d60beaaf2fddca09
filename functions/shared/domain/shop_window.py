"""What a home says of itself to families and discharge teams."""

from dataclasses import dataclass

from shared.domain.vocabulary import Feature


@dataclass(frozen=True, slots=True)
class ShopWindow:
    """How a home describes itself to families and discharge teams; fees in pounds a week."""

    features: tuple[Feature, ...] = ()
    weekly_fee_from: float | None = None
    weekly_fee_to: float | None = None
    vacancies_phone: str | None = None
    website: str | None = None
    description: str | None = None
