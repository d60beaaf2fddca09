"""The routes of the members of a discharge team, who receive its alerts."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler.api_gateway import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from shared.aws.sns import Topics
from shared.domain.documents import to_json
from shared.domain.errors import NotFoundError
from shared.domain.member import Owner
from shared.http.request import Request
from shared.http.response import json_response
from subscribe.member_bodies import CodeOfTeam, NewMember, OfTeam, shown
from subscribe.membership import Membership
from subscribe.systems import add_system, create_topic, list_systems, remove_system
from subscribe.team_of_caller import team_of_body, team_of_caller


def member_routes(membership: Membership, team_topics: Topics) -> APIGatewayHttpRouter:
    """Return the routes that list, add, invite, confirm and remove the members of a team."""
    routes = APIGatewayHttpRouter()

    @routes.get("/alerts/members")
    def get_members() -> Response[str]:
        team = team_of_caller(Request(routes))
        people = [shown(member) for member in membership.list_of(Owner.team(team))]
        systems = [system.to_document() for system in list_systems(team_topics, team)]
        listed = [*people, *systems]
        return json_response(to_json({"team": team, "total": len(listed), "members": listed}))

    @routes.post("/alerts/members")
    def post_member() -> Response[str]:
        request = Request(routes)
        team = team_of_body(request)
        request.refuse_idempotency_key()
        address = request.body(NewMember).to_address()
        if address.is_personal:
            create_topic(team_topics, team)
            document = shown(membership.add(Owner.team(team), address))
        else:
            document = add_system(team_topics, team, address).to_document()
        return json_response(to_json(document), HTTPStatus.CREATED)

    @routes.post("/alerts/members/<member_id>/invitation")
    def post_invitation(member_id: str) -> Response[str]:
        request = Request(routes)
        team = team_of_body(request)
        request.refuse_idempotency_key()
        request.body(OfTeam)
        return json_response(to_json(shown(membership.invite(Owner.team(team), member_id))))

    @routes.post("/alerts/members/<member_id>/code")
    def post_code(member_id: str) -> Response[str]:
        request = Request(routes)
        team = team_of_body(request)
        request.refuse_idempotency_key()
        code = request.body(CodeOfTeam).code
        member = membership.enter_code(Owner.team(team), member_id, code)
        return json_response(to_json(shown(member)))

    @routes.delete("/alerts/members/<member_id>")
    def delete_member(member_id: str) -> Response[str]:
        request = Request(routes)
        team = team_of_caller(request)
        request.refuse_idempotency_key()
        try:
            membership.remove(Owner.team(team), member_id)
        except NotFoundError:
            remove_system(team_topics, team, member_id)
        return json_response("", HTTPStatus.NO_CONTENT)

    return routes
