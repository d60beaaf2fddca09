"""Count the alerts that a home's vacancies fit now, to show its staff what their update is for."""

from collections.abc import Iterable
from typing import Any

from shared.domain.alert import Alert
from shared.domain.documents import AlertDocument, HomeDocument
from shared.search_index.board import Board
from shared.search_index.query import SearchQuery


def count_matching_alerts(home: HomeDocument, alerts: Iterable[AlertDocument]) -> dict[str, Any]:
    """Return how many alerts would find the home if they searched now, and of how many teams."""
    board = Board(lambda _home, _today: "")
    board.put(home)
    active = (each for each in alerts if not each.get("deleted") and not each.get("paused"))
    teams = [each["team"] for each in active if board.search(_query(each)).total]
    return {"alerts": len(teams), "teams": len(set(teams))}


def _query(document: AlertDocument) -> SearchQuery:
    alert = Alert.from_document(document)
    return SearchQuery(
        centre=alert.point,
        radius_miles=alert.radius_miles,
        categories=alert.categories,
        beds=alert.beds,
        service_user_bands=alert.service_user_bands,
        features=alert.features,
        min_rating=alert.min_rating,
        limit=1,
    )
