"""The routes of the addresses that receive the reminders of a care home."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler.api_gateway import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from shared.aws.sns import Topics
from shared.domain.documents import to_json
from shared.http.request import Request
from shared.http.response import json_response
from subscribe.address import NewAddress
from subscribe.members import add_member, list_members, remove_member


def reminder_routes(home_topics: Topics) -> APIGatewayHttpRouter:
    """Return the routes that list, add and remove the addresses that a home's reminders go to."""
    routes = APIGatewayHttpRouter()

    @routes.get("/homes/<location_id>/reminders")
    def get_reminders(location_id: str) -> Response[str]:
        Request(routes).caller().require_home_staff(location_id)
        members = [member.to_document() for member in list_members(home_topics, location_id)]
        body = {"location_id": location_id, "total": len(members), "members": members}
        return json_response(to_json(body))

    @routes.post("/homes/<location_id>/reminders")
    def post_reminder(location_id: str) -> Response[str]:
        request = Request(routes)
        request.caller().require_home_staff(location_id)
        request.refuse_idempotency_key()
        member = add_member(home_topics, location_id, request.body(NewAddress).to_address())
        return json_response(to_json(member.to_document()), HTTPStatus.CREATED)

    @routes.delete("/homes/<location_id>/reminders/<member_id>")
    def delete_reminder(location_id: str, member_id: str) -> Response[str]:
        request = Request(routes)
        request.caller().require_home_staff(location_id)
        request.refuse_idempotency_key()
        remove_member(home_topics, location_id, member_id)
        return json_response("", HTTPStatus.NO_CONTENT)

    return routes
