"""Count the alerts that a home's vacancies fit now, to show its staff what their update is for."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from shared.domain.alert import Alert
from shared.domain.documents import AlertDocument, HomeDocument
from shared.domain.placing_stop import CouncilMark
from shared.domain.uk_time import uk_day
from shared.search_index.board import Board
from shared.search_index.query import SearchQuery


def count_matching_alerts(
    home: HomeDocument,
    mark: CouncilMark,
    alerts: Iterable[AlertDocument],
    report_unreadable: Callable[[str], None],
    now: datetime,
) -> dict[str, Any]:
    """Return how many alerts would find the home if they searched now, and of how many teams.

    A home where the council is not placing fits none. An alert that cannot be read is left out,
    and reported by its id.
    """
    if mark.fires_no_alert(uk_day(now)):
        return {"alerts": 0, "teams": 0}
    board = Board(lambda _home, _today: "")
    board.put(home)
    teams = []
    for alert in alerts:
        try:
            if alert.get("deleted"):
                continue
            read = Alert.from_document(alert)
            if read.was_active_at(now) and board.search(_query(read)).total:
                teams.append(read.team)
        except Exception:  # it may be anything, and must not hide the rest
            report_unreadable(str(alert.get("alert_id")))
    return {"alerts": len(teams), "teams": len(set(teams))}


def _query(alert: Alert) -> SearchQuery:
    return SearchQuery(
        centre=alert.point,
        radius_miles=alert.radius_miles,
        categories=alert.categories,
        beds=alert.beds,
        service_user_bands=alert.service_user_bands,
        min_rating=alert.min_rating,
        requirements=alert.requirements,
        limit=1,
    )
