"""The council's audit: when a working day is over, listings are drawn and called."""

from collections import Counter
from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from shared.domain.audit import CALLS_A_DAY, ListedBeds, draw_calls, is_audit_day
from shared.domain.outcome import CallResult, Outcome
from shared.domain.truth import age_band
from simulation.council import Council
from simulation.homes import BedGroup
from simulation.outcomes import outcome_of
from simulation.parameters import Auditing

AFTER_POSTS: Final = timedelta(hours=12)
"""Homes post at noon, and the calls are made at the end of the day."""


class Audit:
    """Several audits of one council side by side, and what is true of all that they draw from.

    Each calls its own listings of a day's draw, so each is as good as a draw by itself.
    """

    def __init__(self, council: Council, auditing: Auditing, name: str, rng: Random) -> None:
        """Begin without a call; the council's name decides what is drawn."""
        self._council: Final = council
        self._auditing: Final = auditing
        self._name: Final = name
        self._rng: Final = rng
        self.outcomes: Final[list[list[Outcome]]] = [[] for _ in range(auditing.audits)]
        """What the calls of each audit found."""
        self.listed: Final[Counter[str]] = Counter()
        """Categories of homes listed with a free bed, over all working days, by band of age."""
        self.there: Final[Counter[str]] = Counter()
        """Of these, those with a bed."""

    def call(self, day: date, now: datetime) -> None:
        """Draw the listings of a day and call them, if it is a working day."""
        if not is_audit_day(day):
            return
        called_at = now + AFTER_POSTS
        listed = [group for group in self._council.groups if group.listed]
        for group in listed:
            band = age_band(group.said_at, called_at).id
            self.listed[band] += 1
            self.there[band] += group.admittable > 0
        keys = [ListedBeds(group.home.said.location_id, group.category) for group in listed]
        drawn = draw_calls(self._name, day, keys, CALLS_A_DAY * len(self.outcomes))
        for number, call in enumerate(drawn):
            group = self._council.by_place[call.listing]
            if self._rng.random() >= self._auditing.uncalled:
                result = self._result(group)
                outcome = outcome_of(group, result, called_at, audit_day=day)
                self.outcomes[number // CALLS_A_DAY].append(outcome)

    def _result(self, group: BedGroup) -> CallResult:
        if self._rng.random() < self._auditing.unanswered:
            return CallResult.NO_ANSWER
        return CallResult.PURSUING if group.admittable else CallResult.GONE
