"""Which standing searches a home's vacancies fit now: what its staff's update is good for."""

from collections.abc import Iterable
from typing import Any

from shared.domain.alert import Alert
from shared.domain.documents import AlertDocument, HomeDocument
from shared.search_index.board import Board
from shared.search_index.query import SearchQuery


def fitted(home: HomeDocument, alerts: Iterable[AlertDocument]) -> dict[str, Any]:
    """How many of the alerts would find the home if they were searched for now, and whose."""
    board = Board(lambda _: "")
    board.put(home)
    at_work = (each for each in alerts if not each.get("deleted") and not each.get("paused"))
    teams = [each["team"] for each in at_work if board.search(_asked(each)).total]
    return {"standing_searches": len(teams), "teams": len(set(teams))}


def _asked(document: AlertDocument) -> SearchQuery:
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
