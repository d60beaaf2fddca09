"""A stack's links that post, around the real handler."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from aws_lambda_powertools.metrics import MetricUnit

from post_by_link.handler import build
from post_by_link.link_finder import LinkFinder
from shared.aws.address_key import AddressKey
from shared.aws.settings import settings
from shared.domain.documents import HomeDocument
from shared.domain.posting_link import LinkPurpose
from shared.http.request import DISTRIBUTION_PROOF, VIEWER
from shared.store import homes, posting_links, stack_secret
from shared.store.posting_links import LinkSecrets
from shared.store.table import Table
from tests.support.api_events import ApiResponse, call
from tests.support.builders import home, save
from tests.support.fakes import ManualTime
from tests.support.outbox import new_key

HOME = "1-9000000001"
STAFF = f"home:{HOME}"
MANAGER = "00000000-0000-4000-8000-000000000001"
DEPUTY = "00000000-0000-4000-8000-000000000002"


@dataclass
class Links:
    """The function, and the links of a home that it serves."""

    table: Table
    key: AddressKey
    time: ManualTime
    metrics: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.start()

    def start(self, wrap: Callable[[Any], Any] = lambda client: client) -> None:
        """Start a new process; `wrap` is put around its client of the table."""
        table = replace(self.table, client=wrap(self.table.client))
        finder = LinkFinder(table, self.time.clock(), self.key, self._add_metric)
        self.handler = build(finder=finder)

    def mint(self, member: str = MANAGER, home: str = HOME) -> LinkSecrets:
        """Make the link of a reminder, as `deliver` does."""
        code_key = stack_secret.drawn(self.table, self.key)
        secrets = posting_links.mint(
            self.table, code_key, home, member, LinkPurpose.REMINDER, self.time.now
        )
        assert secrets
        return secrets

    def post(self, path: str, body: object, address: str = "192.0.2.1") -> ApiResponse:
        """Send a request of a browser at this address, through the stack's own distribution."""
        return call(self.handler, "POST", path, body=body, headers=through_distribution(address))

    def look(self, token: str) -> ApiResponse:
        """Open the page of a link."""
        return self.post("/links/look", {"token": token})

    def act(self, do: str, shown: HomeDocument, **more: Any) -> ApiResponse:
        """Press a button, with what the page shows."""
        body = {"do": do, "version": shown["version"], "shown": vacancies_of(shown), **more}
        return self.post("/links/act", body)

    def home(self) -> HomeDocument:
        """Return the home as it is stored."""
        return homes.load(self.table, HOME)

    def _add_metric(self, name: str, _: MetricUnit, value: float) -> None:
        self.metrics[name] = self.metrics.get(name, 0) + value


def through_distribution(address: str) -> dict[str, str]:
    """Return the headers that the stack's own distribution adds for a browser at this address."""
    return {DISTRIBUTION_PROOF: settings().distribution_proof, VIEWER: address}


def vacancies_of(home: HomeDocument) -> dict[str, Any]:
    """Return what the page echoes."""
    return {name: home[name] for name in ("beds", "admission_status")}


@pytest.fixture
def links(table: Table) -> Links:
    """Return the function with one home, which has two nursing beds free."""
    time = ManualTime()
    save(table, home(HOME, accepting=2), clock=time.clock())
    return Links(table, new_key(), time)
