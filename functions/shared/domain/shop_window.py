"""What a home says of itself to families and discharge teams."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

from shared.domain.documents import Document


@dataclass(frozen=True, slots=True)
class ShopWindow:
    """How a home describes itself to families and discharge teams; fees in pounds a week."""

    weekly_fee_from: float | None = None
    weekly_fee_to: float | None = None
    vacancies_phone: str | None = None
    website: str | None = None
    description: str | None = None

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read the shop window from a document that may hold other members too."""
        return cls(**{name: document[name] for name in _MEMBERS if name in document})

    def to_document(self) -> Document:
        """Write the shop window; what is not known is left out."""
        values = {name: getattr(self, name) for name in _MEMBERS}
        return {name: value for name, value in values.items() if value is not None}


_MEMBERS = tuple(each.name for each in fields(ShopWindow))
