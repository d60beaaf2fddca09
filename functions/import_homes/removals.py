"""The homes that an import removes from search, over all its attempts, so that it can be undone."""

from collections.abc import Callable, Mapping

from import_homes.plan import ImportPlan
from shared.domain.documents import Document
from shared.domain.vocabulary import Registration

FirstRemovals = Callable[[Document], Document]
"""Keep what an attempt is about to remove, and return what the first attempt was."""


def removals(
    plan: ImportPlan, homes: Mapping[str, Document], first_removals: FirstRemovals
) -> Document:
    """Return the registration of each home before it leaves search.

    An attempt that was interrupted has removed some homes already. They are added to the plan, so
    that the report has them.
    """
    planned = {each: homes[each]["registration"] for each in (*plan.closed, *plan.newly_dormant)}
    earlier = {
        location_id: before
        for location_id, before in first_removals(planned).items()
        if homes[location_id]["registration"] not in (before, Registration.ACTIVE)
    }
    for location_id in earlier:
        is_gone = homes[location_id]["registration"] == Registration.DEREGISTERED
        (plan.closed if is_gone else plan.newly_dormant).append(location_id)
    return planned | earlier
