"""The rule that keeps a home which opens and closes again and again from filling phones with texts.

A phone gets no second text about a home within `QUIET`, unless more beds are free than it was told
of. Email, web hooks and queues get every opening.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Final

from notify.alert_index import NewlyFreeBeds, beds_for
from shared.domain.alert import Alert

QUIET: Final = timedelta(minutes=15)

BedsByCategory = Mapping[str, int]


def beds_to_tell(alerts: Iterable[Alert], free: Iterable[NewlyFreeBeds]) -> dict[str, int]:
    """Return the free beds, by category, that a message about these alerts of a team tells of."""
    free = list(free)
    return {
        beds.category.value: beds.accepting for alert in alerts for beds in beds_for(alert, free)
    }


def is_repeat(beds: BedsByCategory, told: BedsByCategory) -> bool:
    """Tell whether as many beds as these, or more, were told of in every category."""
    return all(number <= told.get(category, 0) for category, number in beds.items())


def with_more(told: BedsByCategory, beds: BedsByCategory) -> dict[str, int]:
    """Return the most beds that were told of in each category."""
    return {name: max(told.get(name, 0), beds.get(name, 0)) for name in {**told, **beds}}
