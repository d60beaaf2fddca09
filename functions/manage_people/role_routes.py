"""The routes that give people roles and take them away."""

from aws_lambda_powertools.event_handler.api_gateway import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from manage_people.council_members import remove_from_council, require_council_member
from manage_people.people import People, parse_person_id
from shared.aws.telemetry import logger
from shared.aws.user_pool import UserPool
from shared.domain.documents import to_json
from shared.http.request import Request
from shared.http.response import json_response
from shared.http.roles import COUNCIL, parse_role
from shared.store.table import Table


def role_routes(pool: UserPool, table: Table) -> APIGatewayHttpRouter:
    """Return the routes of the roles of the people in this pool."""
    routes = APIGatewayHttpRouter()

    @routes.put("/people/<person_id>/roles/<role_name>")
    def give_role(person_id: str, role_name: str) -> Response[str]:
        caller_id = require_council_member(Request(routes), pool)
        people = People(pool, table)
        person_id = pool.person(parse_person_id(person_id)).person_id
        role = people.parse_grantable_role(role_name)
        pool.add_to_group(person_id, role)
        logger.info("role given", caller=caller_id, person=person_id, role=role)
        return json_response(to_json(people.person_document(pool.person(person_id))))

    @routes.delete("/people/<person_id>/roles/<role_name>")
    def take_role(person_id: str, role_name: str) -> Response[str]:
        caller_id = require_council_member(Request(routes), pool)
        people = People(pool, table)
        person_id = pool.person(parse_person_id(person_id)).person_id
        role = parse_role(role_name)
        if role == COUNCIL:
            remove_from_council(pool, person_id, caller_id=caller_id)
        else:
            pool.remove_from_group(person_id, role)
        logger.info("role taken", caller=caller_id, person=person_id, role=role)
        return json_response(to_json(people.person_document(pool.person(person_id))))

    return routes
