"""The rules that keep a home which changes again and again from filling phones and mailboxes.

A phone gets no second text about a home within `QUIET`, unless more beds are free than it was told
of. Email, web hooks and queues get every opening. When a home with the same beds comes to fit an
alert, nobody is told that twice within `FIT_QUIET` for that alert.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Final

from notify.opening import Opening
from shared.domain.alert import Alert

QUIET: Final = timedelta(minutes=15)
FIT_QUIET: Final = timedelta(days=1)

BedsByCategory = Mapping[str, int]


def beds_to_tell(alerts: Iterable[Alert], opening: Opening) -> dict[str, int]:
    """Return the free beds, by category, that a message about these alerts of a team tells of."""
    return {
        beds.category.value: beds.accepting for alert in alerts for beds in opening.beds_for(alert)
    }


def is_repeat(beds: BedsByCategory, told: BedsByCategory) -> bool:
    """Tell whether as many beds as these, or more, were told of in every category."""
    return all(number <= told.get(category, 0) for category, number in beds.items())


def with_more(told: BedsByCategory, beds: BedsByCategory) -> dict[str, int]:
    """Return the most beds that were told of in each category."""
    return {name: max(told.get(name, 0), beds.get(name, 0)) for name in {**told, **beds}}
