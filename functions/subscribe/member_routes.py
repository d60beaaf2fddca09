"""The routes of the members of a discharge team, who receive its alerts."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler.api_gateway import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from shared.aws.sns import Topics
from shared.domain.documents import to_json
from shared.http.request import Request
from shared.http.response import json_response
from subscribe.address import NewAddress
from subscribe.members import add_member, list_members, remove_member
from subscribe.team_of_caller import team_of_body, team_of_caller


class NewMember(NewAddress):
    """A new member; `team` is needed where the caller belongs to several."""

    team: str | None = None


def member_routes(team_topics: Topics) -> APIGatewayHttpRouter:
    """Return the routes that list, add and remove the members of a team."""
    routes = APIGatewayHttpRouter()

    @routes.get("/alerts/members")
    def get_members() -> Response[str]:
        team = team_of_caller(Request(routes))
        members = [member.to_document() for member in list_members(team_topics, team)]
        return json_response(to_json({"team": team, "total": len(members), "members": members}))

    @routes.post("/alerts/members")
    def post_member() -> Response[str]:
        request = Request(routes)
        team = team_of_body(request)
        request.refuse_idempotency_key()
        member = add_member(team_topics, team, request.body(NewMember).to_address())
        return json_response(to_json(member.to_document()), HTTPStatus.CREATED)

    @routes.delete("/alerts/members/<member_id>")
    def delete_member(member_id: str) -> Response[str]:
        request = Request(routes)
        team = team_of_caller(request)
        request.refuse_idempotency_key()
        remove_member(team_topics, team, member_id)
        return json_response("", HTTPStatus.NO_CONTENT)

    return routes
