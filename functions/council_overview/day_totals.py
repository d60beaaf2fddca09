"""What a day's changes of homes add up to."""

from collections import Counter
from collections.abc import Iterable

from shared.domain.availability import free_beds, is_closed
from shared.domain.documents import Document, HomeDocument


def summed(changes: Iterable[tuple[HomeDocument | None, HomeDocument]]) -> Document:
    """Of changes, each once, as (what the home was, what it is).

    The vacancies after a day are those before it, plus `opened`, minus `gone`: filled, or no
    longer offered. A home that was not there before comes with none.
    """
    counts: Counter[str] = Counter()
    opened: Counter[str] = Counter()
    gone: Counter[str] = Counter()
    confirmed: set[str] = set()
    for was, becomes in changes:
        counts["changes"] += 1
        if becomes.get("confirmed_at") != (was or {}).get("confirmed_at"):
            counts["confirmations"] += 1
            confirmed.add(becomes["location_id"])
        before, after = free_beds(was) if was else {}, free_beds(becomes)
        # A Counter's difference keeps only what is above 0.
        opened += Counter(after) - Counter(before)
        gone += Counter(before) - Counter(after)
        if was and is_closed(was) != is_closed(becomes):
            counts["closed" if is_closed(becomes) else "reopened"] += 1
    return {
        "changes": counts["changes"],
        "confirmations": counts["confirmations"],
        "homes_confirmed": len(confirmed),
        "closed": counts["closed"],
        "reopened": counts["reopened"],
        "opened": opened,
        "gone": gone,
    }
