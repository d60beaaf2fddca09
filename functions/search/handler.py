"""Search the care homes near a place with a bed that fits: read the log, respond from memory."""

from collections.abc import Callable

from aws_lambda_powertools.event_handler.api_gateway import Response

from search.demand_counter import DemandCounter
from search.followed_kinds import follow
from search.near_misses import near_misses
from search.query_string import PARAMETERS, read_search
from search.response import home_members, near_misses_json, results_json
from shared.aws.clock import SYSTEM, Clock
from shared.aws.settings import settings
from shared.aws.telemetry import report_unreadable
from shared.http.request import Request
from shared.http.response import LambdaHandler, create_resolver, json_response, lambda_handler
from shared.places import postcodes
from shared.places.postcodes import Postcodes
from shared.search_index.board import Board
from shared.store import table as tables
from shared.store.table import Table


def build(
    *,
    table: Table,
    clock: Clock,
    board: Board,
    load_postcodes: Callable[[], Postcodes],
    search_is_public: bool,
    demand: DemandCounter,
) -> LambdaHandler:
    """Return the function, which keeps the homes of this table in this board."""
    app = create_resolver()
    follower, records = follow(table, clock, board, search_is_public=search_is_public)

    @app.get("/vacancies")
    def search_vacancies() -> Response[str]:
        request = Request(app)
        caller = request.caller()
        caller.require_search_access(public=search_is_public)
        now = clock.now()
        search = read_search(request.query_params(PARAMETERS), load_postcodes(), now)
        demand.add(caller.teams, search, load_postcodes())
        follower.catch_up()
        return json_response(results_json(search, board.search(search.query), now, records))

    @app.get("/vacancies/near-misses")
    def show_near_misses() -> Response[str]:
        request = Request(app)
        request.caller().require_search_access(public=search_is_public)
        now = clock.now()
        search = read_search(request.query_params(PARAMETERS), load_postcodes(), now)
        demand.write_if_due()
        follower.catch_up()
        return json_response(near_misses_json(near_misses(board, search.query), now, records))

    return lambda_handler(app)


handler = build(
    table=tables.of_this_stack(),
    clock=SYSTEM,
    board=Board(home_members, report_unreadable),
    load_postcodes=postcodes.installed,
    search_is_public=settings().search_is_public,
    demand=DemandCounter(tables.of_this_stack(), SYSTEM, settings().demand_span),
)
