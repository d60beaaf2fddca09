"""The route that resets the second step of someone who has lost their phone."""

from aws_lambda_powertools.event_handler.api_gateway import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from manage_people.council_members import require_council_member
from manage_people.people import People, parse_person_id
from shared.aws.telemetry import logger
from shared.aws.user_pool import UserPool
from shared.domain.documents import to_json
from shared.domain.errors import ConflictError
from shared.http.request import Request
from shared.http.response import json_response
from shared.store.table import Table


def second_step_routes(pool: UserPool, table: Table) -> APIGatewayHttpRouter:
    """Return the routes of the second steps of the people in this pool."""
    routes = APIGatewayHttpRouter()

    @routes.delete("/people/<person_id>/second-step")
    def reset_second_step(person_id: str) -> Response[str]:
        caller_id = require_council_member(Request(routes), pool)
        person_id = pool.person(parse_person_id(person_id)).person_id
        if person_id == caller_id:
            raise ConflictError(
                "You cannot reset your own second step. Set up another app on the page"
                " 'Second step', or ask someone else at the council."
            )
        pool.reset_second_step(person_id)
        logger.info("second step reset", caller=caller_id, person=person_id)
        return json_response(to_json(People(pool, table).person_document(pool.person(person_id))))

    return routes
