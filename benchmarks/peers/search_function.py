"""The `search` function as Lambda calls it, and a search as a client writes it."""

import json
from typing import Any, Final
from urllib.parse import urlencode

from benchmarks.meter.in_process import CONTEXT, request_event
from benchmarks.peers.answers import OF_THE_EARTH, Answer
from benchmarks.report import titles
from benchmarks.samples.homes import Search
from search.query_string import FITS
from shared.http.response import LambdaHandler


class SearchFunction:
    """The whole handler in this process, by default the deployed one."""

    name = titles.SEARCH
    tolerance = OF_THE_EARTH

    def __init__(self, handler: LambdaHandler | None = None) -> None:
        import search.handler

        self._handler = handler or search.handler.handler

    def ask(self, search: Search) -> dict[str, Any]:
        """Return the response as API Gateway gets it."""
        event = request_event("GET", "/vacancies", query_string(search))
        response: dict[str, Any] = self._handler(event, CONTEXT)
        return response

    def answer(self, search: Search) -> Answer:
        """Return what the search finds, to be checked."""
        body = json.loads(self.ask(search)["body"])
        nearest = [
            (int(each["location_id"][2:]) - 1, each["distance_miles"]) for each in body["results"]
        ]
        return Answer(body["total"], nearest)

    def server_seconds(self) -> float:
        """Return 0: DynamoDB's own work counts for no contestant."""
        return 0.0


def query_string(search: Search) -> str:
    """Write the search as a client does."""
    query = search.query
    parameters: dict[str, object] = {
        "near": f"{query.centre.latitude:.6f},{query.centre.longitude:.6f}",
        "radius_miles": f"{query.radius_miles:.6f}",
        "limit": query.limit,
    }
    if query.categories:
        parameters |= {"category": query.categories[0], "beds": query.beds}
    if query.service_user_bands:
        parameters["service_user_band"] = query.service_user_bands[0]
    if query.requirements:
        parameters |= {"need": query.requirements.needs, "fit": _FITS[query.fits]}
        parameters["sort"] = query.sort
    if query.min_rating:
        parameters["min_rating"] = query.min_rating
    return urlencode(parameters, doseq=True)


_FITS: Final = {fits: name for name, fits in FITS.items()}
