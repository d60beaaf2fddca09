"""One care home: how it stands, what was done to it, and its shop window for its staff to edit."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler.api_gateway import Response

from shared.aws.clock import SYSTEM
from shared.aws.settings import settings
from shared.domain.documents import to_json
from shared.domain.vocabulary import Action, ChangeKind
from shared.http.callers import Caller, known_location_id
from shared.http.request import Request
from shared.http.response import create_resolver, etag, home_response, json_response, lambda_handler
from shared.store import homes, table
from shared.store.scan import all_documents
from show_home.history import page_asked, rendered
from show_home.searches import fitted
from show_home.shop_window import ShopWindowEdit

app = create_resolver()
stack_table = table.of_this_stack()


@app.get("/homes/<location_id>")
def get_home(location_id: str) -> Response[str]:
    request = Request(app)
    seen_by(request, location_id)
    document = homes.load(stack_table, location_id)
    if request.has_version(document["version"]):
        return json_response("", HTTPStatus.NOT_MODIFIED, {"ETag": etag(document["version"])})
    return home_response(document)


@app.get("/homes/<location_id>/changes")
def get_changes(location_id: str) -> Response[str]:
    request = Request(app)
    caller = seen_by(request, location_id)
    page = page_asked(request.query(frozenset({"limit", "cursor"})))
    homes.load(stack_table, location_id)
    recorded = homes.history(stack_table, location_id, limit=page.limit, before=page.before)
    may_know_who = caller.is_council or location_id in caller.homes
    return json_response(to_json(rendered(recorded, page.limit, with_writer=may_know_who)))


@app.get("/homes/<location_id>/searches")
def get_searches(location_id: str) -> Response[str]:
    request = Request(app)
    request.caller().must_staff(known_location_id(location_id))
    home = homes.load(stack_table, location_id)
    alerts = all_documents(stack_table, ChangeKind.ALERT)
    return json_response(to_json(fitted(home, alerts)))


@app.patch("/homes/<location_id>")
def patch_home(location_id: str) -> Response[str]:
    request = Request(app)
    caller_id = request.caller().must_staff(known_location_id(location_id))
    edit = request.body(ShopWindowEdit)
    saved = homes.revise(
        stack_table,
        SYSTEM,
        location_id,
        edit.laid_on,
        action=Action.EDITED,
        author=request.author(caller_id, edit),
        seen_version=request.seen_version(),
    )
    return home_response(saved.document, replayed=saved.replayed)


def seen_by(request: Request, location_id: str) -> Caller:
    """The caller, who may see this home."""
    caller = request.caller()
    caller.must_see(known_location_id(location_id), public=settings().search_is_public)
    return caller


handler = lambda_handler(app)
