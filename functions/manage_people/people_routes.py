"""The routes that list, invite, enable and disable people."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler.api_gateway import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from manage_people.bodies import Access, Invitation, PeopleFilter
from manage_people.council_members import disable, require_council_member
from manage_people.people import People, parse_person_id
from shared.aws.telemetry import logger
from shared.aws.user_pool import PoolUser, UserPool
from shared.domain.documents import to_json
from shared.domain.errors import ConflictError
from shared.http.request import Request
from shared.http.response import json_response
from shared.http.roles import parse_role
from shared.store.table import Table


def people_routes(pool: UserPool, table: Table) -> APIGatewayHttpRouter:
    """Return the routes of people, who are in this pool."""
    routes = APIGatewayHttpRouter()

    @routes.post("/people/search")
    def search_people() -> Response[str]:
        request = Request(routes)
        require_council_member(request, pool)
        body = request.body(PeopleFilter)
        body.check()
        if body.role is not None:
            page = pool.members_page(parse_role(body.role), body.after)
        else:
            page = pool.page(
                email_begins=body.email_begins or "", invited=body.waiting, cursor=body.after
            )
        return json_response(to_json(People(pool, table).page_document(page)))

    @routes.post("/people")
    def invite_person() -> Response[str]:
        request = Request(routes)
        caller_id = require_council_member(request, pool)
        body = request.body(Invitation)
        people = People(pool, table)
        role = people.parse_grantable_role(body.role)
        person, is_new = _invite(pool, body.email, caller_id)
        pool.add_to_group(person.person_id, role)
        logger.info("role given", caller=caller_id, person=person.person_id, role=role)
        status = HTTPStatus.CREATED if is_new else HTTPStatus.OK
        return json_response(to_json(people.person_document(person)), status)

    @routes.patch("/people/<person_id>")
    def change_access(person_id: str) -> Response[str]:
        request = Request(routes)
        caller_id = require_council_member(request, pool)
        person_id = pool.person(parse_person_id(person_id)).person_id
        enabled = request.body(Access).enabled
        if enabled:
            pool.enable(person_id)
        elif person_id == caller_id:
            raise ConflictError("You cannot disable yourself. Ask someone else at the council.")
        else:
            disable(pool, person_id, caller_id=caller_id)
        logger.info("enabled" if enabled else "disabled", caller=caller_id, person=person_id)
        person = pool.person(person_id)
        return json_response(to_json(People(pool, table).person_document(person)))

    @routes.post("/people/<person_id>/invitation")
    def invite_again(person_id: str) -> Response[str]:
        caller_id = require_council_member(Request(routes), pool)
        person = pool.person(parse_person_id(person_id))
        if not person.is_invited:
            raise ConflictError(
                "This person has signed in already. They can reset their password themselves."
            )
        pool.invite_again(person)
        logger.info("person invited again", caller=caller_id, person=person.person_id)
        return json_response(to_json(People(pool, table).person_document(person)))

    return routes


def _invite(pool: UserPool, email: str, caller_id: str) -> tuple[PoolUser, bool]:
    """Invite a person, also one who was invited and waits; return them, and whether they are new.

    Raises ConflictError, BusyError.
    """
    person, is_new = pool.add(email)
    if is_new:
        logger.info("person invited", caller=caller_id, person=person.person_id)
    elif person.is_waiting:
        pool.invite_again(person)
        logger.info("person invited again", caller=caller_id, person=person.person_id)
    return person, is_new
