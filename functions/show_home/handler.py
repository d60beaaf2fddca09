"""Show one care home, its history and its matching alerts; let its staff edit its shop window."""

from collections.abc import Callable

from aws_lambda_powertools.event_handler.api_gateway import Response

from shared.aws.clock import SYSTEM, Clock
from shared.aws.settings import settings
from shared.domain.vocabulary import Action
from shared.http.request import Request
from shared.http.response import (
    LambdaHandler,
    create_resolver,
    home_response,
    lambda_handler,
)
from shared.places import postcodes
from shared.places.postcodes import Postcodes
from shared.store import homes
from shared.store import table as tables
from shared.store.table import Table
from show_home.history_routes import history_routes
from show_home.home_edit import HomeEdit
from show_home.interest_routes import interest_routes
from show_home.placing_stop_routes import placing_stop_routes
from show_home.public_truth_routes import public_truth_routes
from show_home.successor_routes import successor_routes


def build(
    *,
    table: Table,
    clock: Clock,
    search_is_public: bool,
    load_postcodes: Callable[[], Postcodes] = postcodes.installed,
) -> LambdaHandler:
    """Return the function, which shows homes to the public if the council's search is public."""
    app = create_resolver()
    app.include_router(history_routes(table, clock, search_is_public=search_is_public))
    app.include_router(successor_routes(table, clock))
    app.include_router(placing_stop_routes(table, clock))
    app.include_router(interest_routes(table, clock, load_postcodes))
    app.include_router(public_truth_routes(table, clock, search_is_public=search_is_public))

    @app.patch("/homes/<location_id>")
    def patch_home(location_id: str) -> Response[str]:
        request = Request(app)
        caller_id = request.caller().require_home_staff(location_id)
        edit = request.body(HomeEdit)
        revision = homes.revise(
            table,
            clock,
            location_id,
            edit.made_at(clock.now()),
            action=Action.EDITED,
            author=request.author(caller_id, edit),
            seen_version=request.seen_version(),
        )
        return home_response(edit.with_remarks(revision.document), replayed=revision.replayed)

    return lambda_handler(app)


handler = build(
    table=tables.of_this_stack(), clock=SYSTEM, search_is_public=settings().search_is_public
)
