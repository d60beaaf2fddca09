"""The request body in which a council says that a new location id took the place of an old one."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import Field

from shared.domain.availability import is_registered
from shared.domain.care_home import CareHome
from shared.domain.carry_over import CarryOver, carry_over, outlook, take_back
from shared.domain.errors import ConflictError, Problem, RefusedError
from shared.domain.home_before import CarriedPart, LastInSearch
from shared.domain.placing_stop import CouncilMark
from shared.http.body import Body
from shared.store.homes import SuccessionDecision


class Successor(Body):
    """The id that took the place of the home's, and what to carry over; None takes it back."""

    location_id: str | None
    carry: list[CarriedPart] = Field(default_factory=list, max_length=len(CarriedPart))
    carry_placing_stop: bool = False
    """Whether the council's mark on the old id is to be on the new one too."""

    def check(self, old_id: str) -> None:
        """Raise RefusedError if it carries over to nothing, or to the old id itself."""
        if self.location_id is None and self.carry:
            raise RefusedError(Problem("carry", "nothing while location_id is null"))
        if self.location_id is None and self.carry_placing_stop:
            raise RefusedError(Problem("carry_placing_stop", "false while location_id is null"))
        if self.location_id == old_id:
            raise RefusedError(_registered_home())

    def decide(
        self, old: CareHome, new: CareHome | None, last: LastInSearch | None, today: date
    ) -> SuccessionDecision:
        """Return the old home with its successor, and that with what carries over to it.

        Raises ConflictError, RefusedError.
        """
        require_left_register(old)
        successor = require_registered(new)
        if old.successor not in (None, successor.location_id):
            raise ConflictError(
                f"This id has another successor, {old.successor}. Take that back first."
            )
        carried = carry_over(old, successor, self.carry, last, today)
        pointing = old.with_successor(successor.location_id)
        return SuccessionDecision(pointing, carried.home, _members(carried))


def decide_to_take_back(old: CareHome, new: CareHome | None) -> SuccessionDecision:
    """Return both homes without the succession. Raises ConflictError."""
    if new is None or old.successor != new.location_id:
        raise ConflictError("This id got another successor in the meantime. Load it again.")
    return SuccessionDecision(old.with_successor(None), take_back(old, new), {})


def require_left_register(old: CareHome) -> None:
    """Check that the old id may have a successor. Raises ConflictError."""
    if is_registered(old.to_document()):
        raise ConflictError(
            "This home is still on CQC's register. Only an id that left it has a successor."
        )


def require_registered(new: CareHome | None) -> CareHome:
    """Return the new home, if it is registered. Raises RefusedError."""
    if new is None or not is_registered(new.to_document()):
        raise RefusedError(_registered_home())
    return new


def outlook_document(
    old: CareHome, new: CareHome, marks: Mapping[str, CouncilMark], today: date
) -> dict[str, Any]:
    """Return what the council looks at before it decides: both homes, their marks, each part."""
    stops = {name: mark.shown(today, to_council=True) for name, mark in marks.items()}
    return {
        "placing_stops": {
            name: stop.to_document() if stop else None for name, stop in stops.items()
        },
        "old": old.to_document(),
        "new": new.to_document(),
        "parts": [
            {
                "part": each.part,
                "state": each.state,
                **({"why": each.why} if each.why else {}),
                "value": each.value,
            }
            for each in outlook(old, new, today)
        ],
    }


def _registered_home() -> Problem:
    return Problem(
        "location_id", "a registered care home of this council's directory, with its own id"
    )


def _members(carried: CarryOver) -> dict[str, Any]:
    return {
        "carried": list(carried.carried),
        "not_carried": [{"part": part, "why": why} for part, why in carried.not_carried.items()],
    }
