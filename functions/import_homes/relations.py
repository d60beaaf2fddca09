"""Say in a report which homes it speaks of by name, and which of them may be one building."""

from collections.abc import Iterable, Mapping

from import_homes.plan import ImportPlan
from import_homes.same_place import find_successors, find_twins
from shared.domain.care_home import CareHome, Register
from shared.domain.documents import Document
from shared.domain.vocabulary import Registration


def describe_homes(plan: ImportPlan, homes: Mapping[str, Document]) -> Document:
    """Return the report's `successors`, `twins` and `homes`, as they are once the plan is done.

    `homes` names every home that the report mentions without a row of its own.
    """
    register = {
        location_id: CareHome.from_document(document).register
        for location_id, document in homes.items()
    } | {write.location_id: write.register for write in plan.writes}
    active = _with(Registration.ACTIVE, register)
    gone = _with(Registration.DEREGISTERED, register)
    closed = set(plan.closed)
    new = {write.location_id for write in plan.writes if write.location_id not in homes}
    successors = [
        pair for pair in find_successors(gone, active) if pair.one in closed or pair.other in new
    ]
    twins = find_twins(active)
    named = dict.fromkeys(
        location_id
        for location_ids in (
            plan.closed,
            plan.newly_dormant,
            plan.kept.location_ids,
            *((pair.one, pair.other) for pair in (*successors, *twins)),
        )
        for location_id in location_ids
    )
    return {
        "active_before": plan.active_before,
        "homes": _names(register, named),
        "successors": [
            {"old": pair.one, "new": pair.other, "because": pair.because} for pair in successors
        ],
        "twins": [
            {"location_ids": [pair.one, pair.other], "because": pair.because} for pair in twins
        ],
    }


def _with(registration: Registration, register: Mapping[str, Register]) -> dict[str, Register]:
    return {
        location_id: entry
        for location_id, entry in register.items()
        if entry.registration is registration
    }


def _names(register: Mapping[str, Register], location_ids: Iterable[str]) -> Document:
    return {
        location_id: {
            "name": register[location_id].name,
            "address": f"{register[location_id].address}, {register[location_id].postcode}",
        }
        for location_id in location_ids
    }
