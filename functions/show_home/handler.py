"""One care home: how it stands, what was done to it, and its shop window for its staff to edit."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler.api_gateway import Response

from shared.aws.settings import settings
from shared.domain.care_home import dumps
from shared.domain.vocabulary import Action, ChangeKind
from shared.http import response
from shared.http.callers import Caller, known_location_id
from shared.store import homes, log_follower, table
from show_home.history import page_asked, rendered
from show_home.searches import fitted
from show_home.shop_window import ShopWindowEdit

app = response.resolver()
stack_table = table.of_this_stack()


@app.get("/homes/<location_id>")
def get_home(location_id: str) -> Response[str]:
    request = response.Request(app)
    seen_by(request, location_id)
    document = homes.load(stack_table, location_id)
    if request.has_version(document["version"]):
        return response.answer(
            "", HTTPStatus.NOT_MODIFIED, {"ETag": response.etag(document["version"])}
        )
    return response.state(document)


@app.get("/homes/<location_id>/changes")
def get_changes(location_id: str) -> Response[str]:
    request = response.Request(app)
    caller = seen_by(request, location_id)
    page = page_asked(request.query(frozenset({"limit", "cursor"})))
    homes.load(stack_table, location_id)
    recorded = homes.history(stack_table, location_id, limit=page.limit, before=page.before)
    may_know_who = caller.is_council or location_id in caller.homes
    return response.answer(dumps(rendered(recorded, page.limit, with_writer=may_know_who)))


@app.get("/homes/<location_id>/searches")
def get_searches(location_id: str) -> Response[str]:
    request = response.Request(app)
    request.caller().must_staff(known_location_id(location_id))
    home = homes.load(stack_table, location_id)
    alerts = log_follower.everything(stack_table, ChangeKind.ALERT)
    return response.answer(dumps(fitted(home, alerts)))


@app.patch("/homes/<location_id>")
def patch_home(location_id: str) -> Response[str]:
    request = response.Request(app)
    caller_id = request.caller().must_staff(known_location_id(location_id))
    edit = request.body(ShopWindowEdit)
    saved = homes.revise(
        stack_table,
        location_id,
        edit.laid_on,
        action=Action.EDITED,
        writer=request.writer(caller_id, edit),
        seen_version=request.seen_version(),
    )
    return response.state(saved.document, replayed=saved.replayed)


def seen_by(request: response.Request, location_id: str) -> Caller:
    """The caller, who may see this home."""
    caller = request.caller()
    caller.must_see(known_location_id(location_id), public=settings().search_is_public)
    return caller


handler = response.lambda_handler(app)
