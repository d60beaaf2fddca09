"""`search` as Lambda calls it, and a search as a client writes it."""

import json
from typing import Any
from urllib.parse import urlencode

from benchmarks.meter import emulated
from benchmarks.peers.answers import OF_THE_EARTH, Found
from benchmarks.samples.homes import Search
from shared.http.response import LambdaHandler


class Handler:
    """`search` as Lambda calls it."""

    name = "search"
    tolerance = OF_THE_EARTH

    def __init__(self, handler: LambdaHandler | None = None) -> None:
        import search.handler

        self._handler = handler or search.handler.handler

    def ask(self, question: Search) -> dict[str, Any]:
        answer: dict[str, Any] = self._handler(
            emulated.event("GET", "/vacancies", query_string(question)),
            emulated.CONTEXT,
        )
        return answer

    def answer(self, question: Search) -> Found:
        body = json.loads(self.ask(question)["body"])
        nearest = [(int(each["location_id"][2:]) - 1, each) for each in body["results"]]
        return Found(body["total"], [(row, each["distance_miles"]) for row, each in nearest])

    def server_seconds(self) -> float:
        return 0.0


def query_string(question: Search) -> str:
    """The same search as a client writes it."""
    wanted = question.wanted
    asked: dict[str, object] = {
        "near": f"{wanted.centre.latitude:.6f},{wanted.centre.longitude:.6f}",
        "radius_miles": f"{wanted.radius_miles:.6f}",
        "limit": wanted.limit,
    }
    if wanted.categories:
        asked |= {"category": wanted.categories[0], "beds": wanted.beds}
    if wanted.service_user_bands:
        asked["service_user_band"] = wanted.service_user_bands[0]
    if wanted.features:
        asked["feature"] = wanted.features[0]
    if wanted.min_rating:
        asked["min_rating"] = wanted.min_rating
    return urlencode(asked)
