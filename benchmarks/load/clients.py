"""What clients of the load do, each in a thread of its own: search, post, save alerts."""

import time
from collections.abc import Sequence
from random import Random
from typing import Any, Final
from uuid import uuid4

import httpx

from benchmarks.load.council import POSTING, Council
from benchmarks.load.deliveries import Posted, Saved
from benchmarks.load.ledger import Ledger
from benchmarks.peers.search_function import query_string
from benchmarks.samples.alerts import Opening
from benchmarks.samples.bed_counts import counts
from benchmarks.samples.homes import CATEGORIES, Search
from shared.domain.availability import free_beds
from shared.domain.documents import Document

KINDS_OF_REQUEST: Final = ("search", "see a home", "post", "post again", "save an alert")
SEARCH, LOOK, POST, AGAIN, ALERT = KINDS_OF_REQUEST
CONTESTED: Final = 5
"""Homes to which a quarter of all posts go, so that their staff get in each other's way."""
SENT_AGAIN: Final = 0.1
POST_EVERY, ALERT_EVERY = 0.25, 1.0
"""Seconds between a client's answer and its next: far more than the staff of such homes post,
and not so much that all a search does is to read what they have posted."""
NEAR_MILES: Final = 1
TRIES: Final = 3


class Client:
    """One caller with a connection of its own."""

    def __init__(self, council: Council, ledger: Ledger, token: str, seed: int) -> None:
        self.council, self.ledger = council, ledger
        self.dice = Random(seed)  # noqa: S311 - nothing secret
        self._http = httpx.Client(
            base_url=council.stack.api_url,
            timeout=30,
            headers={"Authorization": f"Bearer {token}"},
        )

    def ask(
        self,
        kind: str,
        expect: set[int],
        method: str,
        path: str,
        **sent: Any,  # noqa: ANN401
    ) -> httpx.Response | None:
        """The answer, if it is one of those expected."""
        began = time.perf_counter()
        try:
            answer = self._http.request(method, path, **sent)
        except httpx.HTTPError as error:
            self.ledger.answered(kind, time.perf_counter() - began, repr(error))
            return None
        failure = None
        if answer.status_code not in expect:
            failure = f"{answer.status_code} {answer.text[:200]}"
        self.ledger.answered(kind, time.perf_counter() - began, failure)
        return None if failure else answer

    def close(self) -> None:
        self._http.close()


class Searcher(Client):
    """Searches as teams do; every other time around a home that has just posted."""

    def __init__(
        self, council: Council, ledger: Ledger, seed: int, asked: Sequence[Search]
    ) -> None:
        super().__init__(council, ledger, council.team_token, seed)
        self._asked = asked

    def step(self) -> float:
        """Returns how many seconds to pause before the next."""
        known = self.ledger.known()
        sought = None
        query = query_string(self.dice.choice(self._asked))
        if known and self.dice.random() < 0.5:
            sought = self.dice.choice(list(known))
            at = int(sought[2:]) - 1
            homes = self.council.homes
            query = (
                f"near={homes.latitude[at]:.5f},{homes.longitude[at]:.5f}"
                f"&radius_miles={NEAR_MILES}&limit=25"
            )
        answer = self.ask(SEARCH, {200}, "GET", f"/vacancies?{query}")
        if answer:
            self.ledger.hold(known, answer.json()["results"], sought)
        return 0.0


class Poster(Client):
    """Looks at a home of its own, and posts other counts; now and then the reply is lost on the
    way, and it sends the same again."""

    def __init__(self, council: Council, ledger: Ledger, seed: int) -> None:
        super().__init__(council, ledger, council.staff_token, seed)

    def step(self) -> float:
        """Returns how many seconds to pause before the next."""
        contested = self.dice.random() < 0.25
        at = self.dice.randrange(CONTESTED if contested else POSTING)
        location_id = self.council.homes.location_id(at)
        seen = self.ask(LOOK, {200}, "GET", f"/homes/{location_id}")
        if seen:
            self._post(at, location_id, seen.json())
        return POST_EVERY

    def _post(self, at: int, location_id: str, was: Document) -> None:
        column = self.dice.randrange(len(CATEGORIES))
        category = CATEGORIES[column]
        before = free_beds(was).get(category, 0)
        free = self.dice.choice([each for each in range(4) if each != before])
        request: dict[str, Any] = {
            "json": {"beds": {category: counts(free)}},
            "headers": {"If-Match": f'"{was["version"]}"', "Idempotency-Key": str(uuid4())},
        }
        path = f"/homes/{location_id}/vacancies"
        self.ledger.post_begins(location_id)
        sent = time.time()
        answer = None
        for _ in range(TRIES):
            answer = self.ask(POST, {200, 412}, "PUT", path, **request)
            if answer:
                break
        acknowledged = time.time()
        if answer is None or answer.status_code == 412:
            self.ledger.post_ends(location_id, None, refused=answer is not None)
            return
        becomes = answer.json()
        self.ledger.post_ends(location_id, becomes)
        if free > before:
            opening = self._opening(at, column, was, becomes)
            change_id = f"{location_id}#{becomes['version']}"
            self.ledger.opened(Posted(change_id, opening, sent, acknowledged))
        if self.dice.random() < SENT_AGAIN:
            again = self.ask(AGAIN, {200}, "PUT", path, **request)
            if again and again.json() != becomes:
                self.ledger.answered(AGAIN, 0, "another answer than the first")

    def _opening(self, at: int, column: int, was: Document, becomes: Document) -> Opening:
        homes, category = self.council.homes, CATEGORIES[column]
        return Opening(
            was=was,
            becomes=becomes,
            point=homes.point(at),
            category=column,
            free_before=free_beds(was).get(category, 0),
            free=free_beds(becomes).get(category, 0),
            bands=int(homes.bands[at]),
            features=int(homes.features[at]),
            rating=int(homes.rating[at]),
        )


class Alerter(Client):
    """Saves the teams' further alerts, one after the other, until there are none left."""

    def __init__(self, council: Council, ledger: Ledger, seed: int) -> None:
        super().__init__(council, ledger, council.team_token, seed)
        self._rows = council.to_save()

    def step(self) -> float:
        """Returns how many seconds to pause before the next."""
        row = next(self._rows, None)
        if row is not None:
            wanted = self.council.alert(row).to_document()
            asked = ("categories", "beds", "service_user_bands", "features", "min_rating")
            body = {name: wanted[name] for name in (*asked, "radius_miles") if name in wanted}
            near = f"{wanted['latitude']:.5f},{wanted['longitude']:.5f}"
            sent = time.time()
            body |= {"near": near, "team": wanted["team"]}
            answer = self.ask(ALERT, {201}, "POST", "/alerts", json=body)
            if answer:
                saved = Saved(row, sent, time.time())
                self.ledger.alert_saved(answer.json()["alert_id"], saved)
        return ALERT_EVERY
