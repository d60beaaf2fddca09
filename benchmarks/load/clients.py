"""The clients of the load, each in its own thread: they search, post and save alerts."""

import time
from collections.abc import Sequence
from random import Random
from typing import Any, Final
from uuid import uuid4

import httpx

from benchmarks.load.council import POSTING_HOMES, Council
from benchmarks.load.deliveries import FreeingPost, SavedAlert
from benchmarks.load.ledger import Ledger
from benchmarks.peers.search_function import query_string
from benchmarks.samples.alerts import Opening, refused_needs
from benchmarks.samples.bed_counts import bed_counts
from benchmarks.samples.homes import CATEGORIES, Search
from shared.domain.availability import free_beds
from shared.domain.documents import Document

REQUEST_KINDS: Final = ("search", "view a home", "post", "repeat a post", "save an alert")
SEARCH, VIEW, POST, REPEAT, ALERT = REQUEST_KINDS
CONTESTED_HOMES: Final = 5
"""The number of homes that a quarter of all posts go to, so that some posts conflict."""
REPEATED: Final = 0.1
"""The share of posts that a client sends again, as if it had not received the response."""
POST_PAUSE, ALERT_PAUSE = 0.25, 1.0
"""Seconds between a response and the client's next request.

So posts come far more often than the staff of such homes post, but not so often that searches do
little else than read them."""
NEAR_MILES: Final = 1
TRIES: Final = 3


class Client:
    """A signed-in client with its own connection."""

    def __init__(self, council: Council, ledger: Ledger, token: str, seed: int) -> None:
        self.council, self.ledger = council, ledger
        self.dice = Random(seed)  # noqa: S311 - nothing secret
        self._http = httpx.Client(
            base_url=council.stack.api_url,
            timeout=30,
            headers={"Authorization": f"Bearer {token}"},
        )

    def send(
        self,
        kind: str,
        expected: set[int],
        method: str,
        path: str,
        **options: Any,  # noqa: ANN401 - httpx's own
    ) -> httpx.Response | None:
        """Send a request; return the response if its status is expected, otherwise None."""
        began = time.perf_counter()
        try:
            response = self._http.request(method, path, **options)
        except httpx.HTTPError as error:
            self.ledger.record_response(kind, time.perf_counter() - began, repr(error))
            return None
        failure = None
        if response.status_code not in expected:
            failure = f"{response.status_code} {response.text[:200]}"
        self.ledger.record_response(kind, time.perf_counter() - began, failure)
        return None if failure else response

    def close(self) -> None:
        """Close the connection."""
        self._http.close()


class Searcher(Client):
    """Searches as teams do; every second time around a home that has posted."""

    def __init__(
        self, council: Council, ledger: Ledger, seed: int, searches: Sequence[Search]
    ) -> None:
        super().__init__(council, ledger, council.team_token, seed)
        self._searches = searches

    def step(self) -> float:
        """Do one thing; return the seconds to pause before the next."""
        before = self.ledger.snapshot()
        centre = None
        query = query_string(self.dice.choice(self._searches))
        if before and self.dice.random() < 0.5:
            centre = self.dice.choice(list(before))
            at = int(centre[2:]) - 1
            homes = self.council.homes
            query = (
                f"near={homes.latitude[at]:.5f},{homes.longitude[at]:.5f}"
                f"&radius_miles={NEAR_MILES}&limit=25"
            )
        response = self.send(SEARCH, {200}, "GET", f"/vacancies?{query}")
        if response:
            self.ledger.check_search(before, response.json()["results"], centre)
        return 0.0


class Poster(Client):
    """Views a home and posts other counts; sometimes it sends the same post again."""

    def __init__(self, council: Council, ledger: Ledger, seed: int) -> None:
        super().__init__(council, ledger, council.staff_token, seed)

    def step(self) -> float:
        """Do one thing; return the seconds to pause before the next."""
        contested = self.dice.random() < 0.25
        at = self.dice.randrange(CONTESTED_HOMES if contested else POSTING_HOMES)
        location_id = self.council.homes.location_id(at)
        view = self.send(VIEW, {200}, "GET", f"/homes/{location_id}")
        if view:
            self._post(at, location_id, view.json())
        return POST_PAUSE

    def _post(self, at: int, location_id: str, previous: Document) -> None:
        column = self.dice.randrange(len(CATEGORIES))
        category = CATEGORIES[column]
        before = free_beds(previous).get(category, 0)
        free = self.dice.choice([each for each in range(4) if each != before])
        request: dict[str, Any] = {
            "json": {"beds": {category: bed_counts(free)}},
            "headers": {"If-Match": f'"{previous["version"]}"', "Idempotency-Key": str(uuid4())},
        }
        path = f"/homes/{location_id}/vacancies"
        self.ledger.begin_post(location_id)
        sent = time.time()
        response = None
        for _ in range(TRIES):
            response = self.send(POST, {200, 412}, "PUT", path, **request)
            if response:
                break
        acknowledged = time.time()
        if response is None or response.status_code == 412:
            self.ledger.end_post(location_id, None, is_refused=response is not None)
            return
        document = response.json()
        self.ledger.end_post(location_id, document)
        if free > before:
            opening = self._opening(at, column, previous, document)
            change_id = f"{location_id}#{document['version']}"
            self.ledger.add_freeing_post(FreeingPost(change_id, opening, sent, acknowledged))
        if self.dice.random() < REPEATED:
            repeated = self.send(REPEAT, {200}, "PUT", path, **request)
            if repeated and repeated.json() != document:
                self.ledger.record_response(REPEAT, 0, "not the same response as the first time")

    def _opening(self, at: int, column: int, previous: Document, document: Document) -> Opening:
        homes, category = self.council.homes, CATEGORIES[column]
        return Opening(
            previous=previous,
            document=document,
            point=homes.point(at),
            category=column,
            free_before=free_beds(previous).get(category, 0),
            free=free_beds(document).get(category, 0),
            bands=int(homes.bands[at]),
            refused=refused_needs(document),
            rating=int(homes.rating[at]),
        )


class Alerter(Client):
    """Saves the teams' later alerts, one after another, until none is left."""

    def __init__(self, council: Council, ledger: Ledger, seed: int) -> None:
        super().__init__(council, ledger, council.team_token, seed)
        self._rows = council.later_alerts()

    def step(self) -> float:
        """Do one thing; return the seconds to pause before the next."""
        row = next(self._rows, None)
        if row is not None:
            alert = self.council.alert(row).to_document()
            names = ("categories", "beds", "service_user_bands", "needs", "min_rating")
            body = {name: alert[name] for name in (*names, "radius_miles") if name in alert}
            near = f"{alert['latitude']:.5f},{alert['longitude']:.5f}"
            sent = time.time()
            body |= {"near": near, "team": alert["team"]}
            response = self.send(ALERT, {201}, "POST", "/alerts", json=body)
            if response:
                saved = SavedAlert(row, sent, time.time())
                self.ledger.add_alert(response.json()["alert_id"], saved)
        return ALERT_PAUSE
