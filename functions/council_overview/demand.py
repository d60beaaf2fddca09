"""What teams searched for in one period, beside the nearby homes that say yes to it.

All figures about searches come from the published table. What homes say is no secret.
"""

from collections.abc import Iterable
from typing import Final

from council_overview.overview import HomeEntry
from shared.domain.demand import ANY_CATEGORY, LEAST_COUNTS
from shared.domain.documents import Document
from shared.domain.errors import Problem, RefusedError
from shared.domain.geo import miles_between
from shared.places.districts import AREA_MILES
from shared.places.postcodes import Place, Postcodes
from shared.store.demand import Published

_NONE: Final[Document] = {"periods": [], "period": None, "districts": [], "rows": []}


def demand_document(
    published: list[Published],
    period_id: str | None,
    homes: Iterable[HomeEntry],
    postcodes: Postcodes,
) -> Document:
    """Return the figures of a period, the newest without an id. Raises RefusedError.

    Rows are those that the fewest homes say yes to first, then those searched for most.
    """
    head = {"least_counts": LEAST_COUNTS, "area_miles": AREA_MILES}
    if not published and period_id is None:
        return _NONE | head
    shown = next((each for each in published if period_id in (None, each.period.id)), None)
    if shown is None:
        known = ", ".join(each.period.id for each in published[:5]) or "nothing yet"
        raise RefusedError(Problem("period", f"a published period, such as {known}"))
    places = {
        code: place
        for code in sorted({cell.district for cell in shown.cells})
        if (place := postcodes.locate(code))
    }
    homes = list(homes)
    near = {code: _near(place, homes) for code, place in places.items()}
    rows = [
        {
            **cell._asdict(),
            "searches": searches,
            "homes_saying_yes": sum(
                cell.need in home.says_yes_to
                and (cell.category == ANY_CATEGORY or cell.category in home.categories)
                for home in near.get(cell.district, ())
            ),
        }
        for cell, searches in shown.cells.items()
    ]
    rows.sort(key=lambda row: (row["homes_saying_yes"], -row["searches"]))
    return head | {
        "periods": [each.period.to_document() for each in published],
        "period": shown.period.to_document(),
        "districts": [
            {
                "district": code,
                "latitude": round(place.point.latitude, 4),
                "longitude": round(place.point.longitude, 4),
            }
            for code, place in places.items()
        ],
        "rows": rows,
    }


def _near(district: Place, homes: Iterable[HomeEntry]) -> list[HomeEntry]:
    return [home for home in homes if miles_between(district.point, home.point) <= AREA_MILES]
