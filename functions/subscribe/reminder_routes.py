"""The routes of the people who receive the reminders of a care home."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler.api_gateway import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from shared.domain.documents import to_json
from shared.domain.member import Owner
from shared.http.request import Request
from shared.http.response import json_response
from subscribe.member_bodies import Code, NewReminder, Nothing, shown
from subscribe.membership import Membership


def reminder_routes(membership: Membership) -> APIGatewayHttpRouter:
    """Return the routes that list, add, invite, confirm and remove those whom a home reminds."""
    routes = APIGatewayHttpRouter()

    def request_of_staff(location_id: str) -> Request:
        request = Request(routes)
        request.caller().require_home_staff(location_id)
        request.refuse_idempotency_key()
        return request

    @routes.get("/homes/<location_id>/reminders")
    def get_reminders(location_id: str) -> Response[str]:
        Request(routes).caller().require_home_staff(location_id)
        people = [shown(member) for member in membership.list_of(Owner.home(location_id))]
        body = {"location_id": location_id, "total": len(people), "members": people}
        return json_response(to_json(body))

    @routes.post("/homes/<location_id>/reminders")
    def post_reminder(location_id: str) -> Response[str]:
        request = request_of_staff(location_id)
        address = request.body(NewReminder).to_address()
        member = membership.add(Owner.home(location_id), address)
        return json_response(to_json(shown(member)), HTTPStatus.CREATED)

    @routes.post("/homes/<location_id>/reminders/<member_id>/invitation")
    def post_invitation(location_id: str, member_id: str) -> Response[str]:
        request_of_staff(location_id).body(Nothing)
        member = membership.invite(Owner.home(location_id), member_id)
        return json_response(to_json(shown(member)))

    @routes.post("/homes/<location_id>/reminders/<member_id>/code")
    def post_code(location_id: str, member_id: str) -> Response[str]:
        code = request_of_staff(location_id).body(Code).code
        member = membership.enter_code(Owner.home(location_id), member_id, code)
        return json_response(to_json(shown(member)))

    @routes.delete("/homes/<location_id>/reminders/<member_id>")
    def delete_reminder(location_id: str, member_id: str) -> Response[str]:
        request_of_staff(location_id)
        membership.remove(Owner.home(location_id), member_id)
        return json_response("", HTTPStatus.NO_CONTENT)

    return routes
