"""The parts of a home that a council may show to the public: the only list of them."""

from collections.abc import Mapping
from typing import Any, Final

from shared.domain.documents import HomeDocument

PUBLIC_MEMBERS: Final = frozenset(
    {
        *("location_id", "version", "registration", "successor"),
        *("name", "address", "postcode", "local_authority", "latitude", "longitude", "phone"),
        *("registered_beds", "rating", "nursing", "service_user_bands", "provider_id"),
        *("register_website", "website", "vacancies_phone", "description"),
        *("weekly_fee_from", "weekly_fee_to"),
        *("needs", "needs_said_on", "also_as", "funding", "top_up_from", "respite_nights"),
        *("assesses_by", "assesses_within_hours", "admission_hours"),
        *("beds", "admission_status", "admission_status_at", "confirmed_at"),
        *("said_at", "fill_records", "home_before"),
    }
)
"""The members of a home's document that anyone may see; a new one is hidden until it is here."""

CALCULATED_MEMBERS: Final = frozenset({"listings", "reminder_value"})
"""What a response adds to them: from them, and from the share of all posts that are wrong from the
outset, which follows the audit's calls as far as `disclosure` allows."""

PUBLIC_MEMBERS_OF_HOME_BEFORE: Final = frozenset(
    {"location_id", "carried", "building", "vacancies_at", "has_questions"}
)
"""What the old owner promised is not among them: the home has not said it."""


def public_home(home: Mapping[str, Any]) -> HomeDocument:
    """Return a home's document, or the part of it that a change replaced, as anyone may see it."""
    public = {name: value for name, value in home.items() if name in PUBLIC_MEMBERS}
    if before := public.get("home_before"):
        public["home_before"] = {
            name: value for name, value in before.items() if name in PUBLIC_MEMBERS_OF_HOME_BEFORE
        }
    return public
