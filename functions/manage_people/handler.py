"""A council adds people, says what they may do, and takes it away again."""

from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler.api_gateway import Response
from pydantic import Field

from manage_people import council
from manage_people.response import People, known_person_id
from shared.aws import user_pool
from shared.aws.telemetry import logger
from shared.domain.contact_details import (
    EMAIL_BEGINNING_EXPECTED,
    EMAIL_EXPECTED,
    email_address,
    email_beginning,
)
from shared.domain.documents import to_json
from shared.domain.errors import ConflictError, Problem, RefusedError
from shared.http.body import Body, read_with
from shared.http.request import Request
from shared.http.response import create_resolver, json_response, lambda_handler
from shared.http.roles import COUNCIL, parse_role
from shared.store import table

app = create_resolver()
stack_table = table.of_this_stack()
stack_pool = user_pool.of_this_stack()


class Search(Body):
    """Whom to list: one of these at most; `after` is what the answer before ended with."""

    role: str | None = None
    email_begins: Annotated[str, read_with(email_beginning, EMAIL_BEGINNING_EXPECTED)] | None = None
    waiting: bool = False
    after: str | None = Field(None, min_length=1, max_length=20_000)


class Invitation(Body):
    """An address, and what its owner may do here."""

    email: Annotated[str, read_with(email_address, EMAIL_EXPECTED)]
    role: str


class Access(Body):
    """Whether the person can sign in."""

    enabled: bool


@app.post("/people/search")
def search_people() -> Response[str]:
    request = Request(app)
    council_calling(request)
    sent = request.body(Search)
    if (sent.role is not None) + (sent.email_begins is not None) + sent.waiting > 1:
        raise RefusedError(Problem("role", "one of role, email_begins and waiting at a time"))
    if sent.role is not None:
        page = stack_pool.members_page(parse_role(sent.role), sent.after)
    else:
        page = stack_pool.page(
            email_begins=sent.email_begins or "", invited=sent.waiting, cursor=sent.after
        )
    return json_response(to_json(People(stack_pool, stack_table).listed(page)))


@app.post("/people")
def invite_person() -> Response[str]:
    request = Request(app)
    caller_id = council_calling(request)
    sent = request.body(Invitation)
    people = People(stack_pool, stack_table)
    given = people.role_to_give(sent.role)
    person, is_new = stack_pool.add(sent.email)
    if is_new:
        logger.info("person invited", caller=caller_id, person=person.person_id)
    stack_pool.add_to_group(person.person_id, given)
    logger.info("role given", caller=caller_id, person=person.person_id, role=given)
    status = HTTPStatus.CREATED if is_new else HTTPStatus.OK
    return json_response(to_json(people.shown(person)), status)


@app.put("/people/<person_id>/roles/<role_name>")
def give_role(person_id: str, role_name: str) -> Response[str]:
    caller_id = council_calling(Request(app))
    people, known = People(stack_pool, stack_table), known_person_id(person_id)
    given = people.role_to_give(role_name)
    stack_pool.add_to_group(known, given)
    logger.info("role given", caller=caller_id, person=known, role=given)
    return json_response(to_json(people.shown(stack_pool.person(known))))


@app.delete("/people/<person_id>/roles/<role_name>")
def take_role(person_id: str, role_name: str) -> Response[str]:
    caller_id = council_calling(Request(app))
    people, known = People(stack_pool, stack_table), known_person_id(person_id)
    taken = parse_role(role_name)
    if taken == COUNCIL:
        council.take(stack_pool, known)
    else:
        stack_pool.remove_from_group(known, taken)
    logger.info("role taken", caller=caller_id, person=known, role=taken)
    return json_response(to_json(people.shown(stack_pool.person(known))))


@app.patch("/people/<person_id>")
def change_access(person_id: str) -> Response[str]:
    request = Request(app)
    caller_id = council_calling(request)
    enabled, known = request.body(Access).enabled, known_person_id(person_id)
    if enabled:
        stack_pool.enable(known)
    elif known == caller_id:
        raise ConflictError("nobody can disable themselves; ask somebody else of the council")
    else:
        council.disable(stack_pool, known)
    logger.info("enabled" if enabled else "disabled", caller=caller_id, person=known)
    people = People(stack_pool, stack_table)
    return json_response(to_json(people.shown(stack_pool.person(known))))


@app.post("/people/<person_id>/invitation")
def invite_again(person_id: str) -> Response[str]:
    caller_id = council_calling(Request(app))
    person = stack_pool.person(known_person_id(person_id))
    if not person.is_invited:
        raise ConflictError("this person has signed in already, and can reset their own password")
    stack_pool.invite_again(person)
    logger.info("person invited again", caller=caller_id, person=person.person_id)
    return json_response(to_json(People(stack_pool, stack_table).shown(person)))


def council_calling(request: Request) -> str:
    """The id of the caller, who is of the council."""
    caller = request.caller()
    caller.require_council()
    if not stack_pool.pool_id:
        raise ConflictError("people here are managed where they sign in: at the council's issuer")
    caller_id = caller.caller_id or ""
    council.must_still_be_of_it(stack_pool, caller_id)
    return caller_id


handler = lambda_handler(app)
