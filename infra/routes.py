"""Every route: which function answers it, and which of them anybody may ask."""

from infra.api import Api
from infra.functions import Functions


def route(api: Api, *, to: Functions, search_is_public: bool) -> None:
    """Where search is public nobody's token is looked at on these three routes: a route of an
    HTTP API either demands one or ignores it, and what they answer is the same for all."""
    api.route("GET /vacancies", to=to.search, anonymous=search_is_public)
    api.route("GET /homes/{location_id}", to=to.show_home, anonymous=search_is_public)
    api.route("GET /homes/{location_id}/changes", to=to.show_home, anonymous=search_is_public)
    api.route("GET /homes/{location_id}/searches", to=to.show_home)
    api.route("PATCH /homes/{location_id}", to=to.show_home)
    api.route("PUT /homes/{location_id}/vacancies", to=to.update_vacancy)
    api.route("POST /homes/{location_id}/vacancies/confirm", to=to.update_vacancy)
    api.route("GET /homes", to=to.council_overview)
    api.route("GET /changes/{day}", to=to.council_overview)
    api.route("GET /imports", to=to.upload_directory)
    api.route("POST /imports", to=to.upload_directory)
    api.route("GET /imports/{import_id}", to=to.upload_directory)
    api.route("POST /people", to=to.manage_people)
    api.route("POST /people/search", to=to.manage_people)
    api.route("PATCH /people/{person_id}", to=to.manage_people)
    api.route("POST /people/{person_id}/invitation", to=to.manage_people)
    api.route("PUT /people/{person_id}/roles/{role}", to=to.manage_people)
    api.route("DELETE /people/{person_id}/roles/{role}", to=to.manage_people)
    api.route("GET /alerts", to=to.subscribe)
    api.route("POST /alerts", to=to.subscribe)
    api.route("PATCH /alerts/{alert_id}", to=to.subscribe)
    api.route("DELETE /alerts/{alert_id}", to=to.subscribe)
    api.route("GET /alerts/members", to=to.subscribe)
    api.route("POST /alerts/members", to=to.subscribe)
    api.route("DELETE /alerts/members/{member_id}", to=to.subscribe)
    api.route("GET /homes/{location_id}/reminders", to=to.subscribe)
    api.route("POST /homes/{location_id}/reminders", to=to.subscribe)
    api.route("DELETE /homes/{location_id}/reminders/{member_id}", to=to.subscribe)
    # Whatever else is asked for is answered as a problem, too: 404.
    api.route("$default", to=to.show_home, anonymous=True)
