"""What a home says of itself to families and discharge teams."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

from shared.domain.documents import Document
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

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read the shop window from a document that may hold other members too."""
        texts = {name: document[name] for name in _TEXTS_AND_FEES if name in document}
        return cls(tuple(Feature(name) for name in document.get("features", ())), **texts)

    def to_document(self) -> Document:
        """Write the shop window; what is not known is left out."""
        values = {name: getattr(self, name) for name in _TEXTS_AND_FEES}
        known = {name: value for name, value in values.items() if value is not None}
        return {**known, **({"features": list(self.features)} if self.features else {})}


_TEXTS_AND_FEES = tuple(each.name for each in fields(ShopWindow) if each.name != "features")
