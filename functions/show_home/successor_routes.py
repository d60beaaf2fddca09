"""The route by which a council says which location id took the place of an old one."""

from typing import Self

from aws_lambda_powertools.event_handler.api_gateway import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from shared.aws.clock import Clock
from shared.domain.availability import is_registered
from shared.domain.care_home import CareHome
from shared.domain.errors import ConflictError, NotFoundError, Problem, RefusedError
from shared.domain.vocabulary import Action
from shared.http.body import Body
from shared.http.callers import parse_location_id
from shared.http.request import Request
from shared.http.response import home_response
from shared.store import homes
from shared.store.table import Table


class Successor(Body):
    """The id that took the place of the home's; None takes the word back."""

    location_id: str | None

    def require_registered(self, table: Table) -> Self:
        """Check that the new id is a registered home's. Raises RefusedError, BusyError."""
        try:
            is_here = self.location_id is None or is_registered(homes.load(table, self.location_id))
        except NotFoundError:
            is_here = False
        if not is_here:
            raise RefusedError(
                Problem("location_id", "a registered care home of this council's directory")
            )
        return self

    def apply_to(self, home: CareHome) -> CareHome:
        """Return the old home with this successor. Raises ConflictError."""
        if self.location_id and is_registered(home.to_document()):
            raise ConflictError(
                "This home is still on CQC's register. Only an id that left it has a successor."
            )
        return home.with_successor(self.location_id)


def successor_routes(table: Table, clock: Clock) -> APIGatewayHttpRouter:
    """Return the route; from then on the old id answers with where it went."""
    routes = APIGatewayHttpRouter()

    @routes.put("/homes/<location_id>/successor")
    def put_successor(location_id: str) -> Response[str]:
        request = Request(routes)
        caller = request.caller()
        caller.require_council()
        parse_location_id(location_id)
        body = request.body(Successor).require_registered(table)
        revision = homes.revise(
            table,
            clock,
            location_id,
            body.apply_to,
            action=Action.EDITED,
            author=request.author(caller.caller_id or "", body),
            seen_version=request.seen_version(),
        )
        return home_response(revision.document, replayed=revision.replayed)

    return routes
