"""Post the vacancies of a care home by the link in a message, which staff can stop and allow.

Scanners of mailboxes open every link, so nothing is written by opening one: only by a press.
"""

from aws_lambda_powertools.event_handler.api_gateway import Response

from post_by_link.bodies import Act, LinksAllowed, Look
from post_by_link.link_finder import LinkFinder
from post_by_link.link_posts import LinkPosts
from post_by_link.response import link_response, stop_response
from shared.aws import address_key
from shared.aws.clock import SYSTEM
from shared.aws.telemetry import metrics
from shared.http.request import Request
from shared.http.response import LambdaHandler, create_resolver, lambda_handler
from shared.store import posting_links
from shared.store import table as tables


def build(*, finder: LinkFinder) -> LambdaHandler:
    """Return the function, with the table and the clock of this finder."""
    table, clock = finder.table, finder.clock
    posts = LinkPosts(table, clock)
    app = create_resolver()

    @app.post("/links/look")
    def look() -> Response[str]:
        request = Request(app)
        state = finder.find(request.body(Look), request.address())
        return link_response(posts.look(state.link))

    @app.post("/links/act")
    def act() -> Response[str]:
        request = Request(app)
        body = request.body(Act)
        state = finder.find(body, request.address(), body.do)
        return link_response(posts.act(state.link, body, request.request_id))

    @app.get("/homes/<location_id>/links")
    def get_links(location_id: str) -> Response[str]:
        Request(app).caller().require_home_staff(location_id)
        return stop_response(location_id, posting_links.load_stop(table, location_id))

    @app.put("/homes/<location_id>/links")
    def put_links(location_id: str) -> Response[str]:
        request = Request(app)
        request.caller().require_home_staff(location_id)
        request.refuse_idempotency_key()
        now, allowed = clock.now(), request.body(LinksAllowed).allowed
        stop = posting_links.revise_stop(
            table,
            clock,
            location_id,
            lambda current: current.allow() if allowed else current.stop(now),
        )
        return stop_response(location_id, stop)

    return lambda_handler(app)


handler = build(
    finder=LinkFinder(
        tables.of_this_stack(), SYSTEM, address_key.of_this_stack(), metrics.add_metric
    )
)
