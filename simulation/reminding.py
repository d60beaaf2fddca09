"""Reminders to homes: who gets one in the morning, and who posts because of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random
from typing import Final

from shared.domain.reminder_value import NOTHING_PUBLISHED, is_quiet, reminder_value
from simulation.homes import SimulatedHome
from simulation.parameters import Reminding

BEFORE_POSTS: Final = timedelta(hours=2)
"""Reminders go out at ten, and homes post at noon."""

_A_DAY: Final = timedelta(days=1)


class Rule(StrEnum):
    """Whom the council reminds, at most once a day."""

    NOBODY = "nobody"
    OLDER_THAN_A_DAY = "older than a day"
    BY_VALUE = "by value"
    """As the product does, but every category is sought alike."""


class Reminders:
    """The reminders of a morning."""

    def __init__(self, reminding: Reminding, rng: Random) -> None:
        """Remind by this rule."""
        self._reminding: Final = reminding
        self._rule: Final = Rule(reminding.rule)
        self._rng: Final = rng

    def sent(self, homes: Sequence[SimulatedHome], posts_at: datetime) -> list[SimulatedHome]:
        """Return the homes that are reminded on the morning before `posts_at`."""
        if self._rule is Rule.NOBODY:
            return []
        now = posts_at - BEFORE_POSTS
        return [home for home in homes if self._is_reminded(home, now)]

    def answered(self, reminded: Sequence[SimulatedHome]) -> set[SimulatedHome]:
        """Draw which of these post today because they were reminded."""
        return {home for home in reminded if self._rng.random() < self._reminding.answered}

    def _is_reminded(self, home: SimulatedHome, now: datetime) -> bool:
        if self._rule is Rule.OLDER_THAN_A_DAY:
            confirmed = home.said.confirmed_at
            return confirmed is None or now - confirmed > _A_DAY
        if is_quiet(home.document, now):
            return False
        return reminder_value(home.document, NOTHING_PUBLISHED, now) >= self._reminding.worth
