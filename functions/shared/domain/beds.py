"""The bed counts of a category and the admission status of a home, with their rules."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final, Self

from shared.domain.errors import Problem
from shared.domain.needs import Suits
from shared.domain.vocabulary import MAX_DAYS, AdmissionState, ClosureReason, NotAvailableReason

_FARTHEST_PLAN: Final = timedelta(days=MAX_DAYS)
"""Any date later than this is taken for a typing error."""


@dataclass(frozen=True, slots=True)
class BedCounts:
    """The beds of one category: every bed is in exactly one of the four counts after the first."""

    maximum_capacity: int
    occupied: int
    reserved: int
    accepting: int
    not_available: int
    not_available_reason: NotAvailableReason | None = None
    available_from: date | None = None
    suits: Suits = Suits.ANY
    """Whom the vacancies suit, such as a place in a shared room."""

    def problems(self, where: str, most: int, today: date) -> list[Problem]:
        """Return what is wrong with the counts; the names of the fields begin with `where`."""
        problems = [
            Problem(f"{where}.{count}", f"a whole number from 0 to {most}")
            for count in (
                "maximum_capacity",
                "occupied",
                "reserved",
                "accepting",
                "not_available",
            )
            if not 0 <= getattr(self, count) <= most
        ]
        total = self.occupied + self.reserved + self.accepting + self.not_available
        if not problems and total != self.maximum_capacity:
            problems.append(
                Problem(
                    f"{where}.maximum_capacity",
                    f"the sum of occupied, reserved, accepting and not_available: {total}",
                )
            )
        if self.not_available_reason and not self.not_available:
            problems.append(
                Problem(f"{where}.not_available_reason", "no reason while not_available is 0")
            )
        if self.available_from and not today <= self.available_from <= today + _FARTHEST_PLAN:
            problems.append(Problem(f"{where}.available_from", "a day from today to a year ahead"))
        return problems

    def without_passed_day(self, today: date) -> "BedCounts":
        """Return the counts without an announced day that has passed: it says nothing any more."""
        if self.available_from and self.available_from < today:
            return replace(self, available_from=None)
        return self

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read the counts of one category from a home's document."""
        reason, free = document.get("not_available_reason"), document.get("available_from")
        return cls(
            document["maximum_capacity"],
            document["occupied"],
            document["reserved"],
            document["accepting"],
            document["not_available"],
            NotAvailableReason(reason) if reason else None,
            date.fromisoformat(free) if free else None,
            Suits(document.get("suits", Suits.ANY)),
        )

    def to_document(self) -> dict[str, Any]:
        """Write the counts for a home's document, with a reason wherever beds are not available."""
        document: dict[str, Any] = {
            "maximum_capacity": self.maximum_capacity,
            "occupied": self.occupied,
            "reserved": self.reserved,
            "accepting": self.accepting,
            "not_available": self.not_available,
        }
        if self.not_available:
            document["not_available_reason"] = (
                self.not_available_reason or NotAvailableReason.NOT_STATED
            )
        if self.available_from:
            document["available_from"] = self.available_from.isoformat()
        if self.suits is not Suits.ANY:
            document["suits"] = self.suits
        return document


@dataclass(frozen=True, slots=True)
class AdmissionStatus:
    """Whether a home is open to admissions. A closed home gives a reason and, if known, a date."""

    status: AdmissionState = AdmissionState.OPEN
    reason: ClosureReason | None = None
    expected_date: date | None = None

    def problems(self, where: str, today: date) -> list[Problem]:
        """Return what is wrong with the status; the names of the fields begin with `where`."""
        closed = self.status is AdmissionState.CLOSED
        problems = []
        if closed and not self.reason:
            problems.append(
                Problem(f"{where}.reason", "a reason: one of " + ", ".join(ClosureReason))
            )
        if not closed and self.reason:
            problems.append(Problem(f"{where}.reason", "no reason while the home is open"))
        if not closed and self.expected_date:
            problems.append(Problem(f"{where}.expected_date", "no date while the home is open"))
        if (
            closed
            and self.expected_date
            and not today <= self.expected_date <= today + _FARTHEST_PLAN
        ):
            problems.append(Problem(f"{where}.expected_date", "a day from today to a year ahead"))
        return problems

    def without_passed_day(self, today: date) -> "AdmissionStatus":
        """Return the status without a day of reopening that has passed."""
        if self.expected_date and self.expected_date < today:
            return replace(self, expected_date=None)
        return self

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read the status from a home's document."""
        reason, until = document.get("reason"), document.get("expected_date")
        return cls(
            AdmissionState(document["status"]),
            ClosureReason(reason) if reason else None,
            date.fromisoformat(until) if until else None,
        )

    def to_document(self) -> dict[str, Any]:
        """Write the status for a home's document."""
        document: dict[str, Any] = {"status": self.status}
        if self.reason:
            document["reason"] = self.reason
        if self.expected_date:
            document["expected_date"] = self.expected_date.isoformat()
        return document
