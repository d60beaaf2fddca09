"""The totals of one day's changes to homes."""

from collections import Counter
from collections.abc import Iterable

from shared.domain.availability import free_beds, is_closed
from shared.domain.documents import Document, HomeDocument


def day_totals(changes: Iterable[tuple[HomeDocument | None, HomeDocument]]) -> Document:
    """Add up changes, each given once as the home before and after it; before is None at first.

    The vacancies at the end of a day are those at its beginning, plus `opened`, minus `gone`:
    filled, or no longer offered. A new home starts without vacancies.
    """
    counts: Counter[str] = Counter()
    opened: Counter[str] = Counter()
    gone: Counter[str] = Counter()
    confirmed: set[str] = set()
    for before, after in changes:
        counts["changes"] += 1
        if _is_confirmation(before, after):
            counts["confirmations"] += 1
            confirmed.add(after["location_id"])
        free_before, free_after = free_beds(before) if before else {}, free_beds(after)
        # The difference of Counters keeps only what is above 0.
        opened += Counter(free_after) - Counter(free_before)
        gone += Counter(free_before) - Counter(free_after)
        if before and is_closed(before) != is_closed(after):
            counts["closed" if is_closed(after) else "reopened"] += 1
    return {
        "changes": counts["changes"],
        "confirmations": counts["confirmations"],
        "homes_confirmed": len(confirmed),
        "closed": counts["closed"],
        "reopened": counts["reopened"],
        "opened": opened,
        "gone": gone,
    }


def _is_confirmation(before: HomeDocument | None, after: HomeDocument) -> bool:
    """Tell whether the home confirmed its counts: not if it took over those of an old id."""
    confirmed = after.get("confirmed_at")
    if not confirmed or confirmed == (before or {}).get("confirmed_at"):
        return False
    taken_over: str = after.get("home_before", {}).get("vacancies_at", "")
    return bool(confirmed > taken_over)
