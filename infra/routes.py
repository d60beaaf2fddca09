"""Every route of the API, and the function that answers it."""

from infra.api import LINKS, UNKNOWN_PATHS, Api
from infra.functions import Functions


def add_routes(api: Api, functions: Functions, *, search_is_public: bool) -> None:
    """Add every route. With public search, four routes more ignore tokens.

    A route of an HTTP API either demands a token or ignores it, and these four give everyone the
    same answer.
    """
    public = search_is_public
    api.route("GET /vacancies", functions.search, anonymous=public)
    api.route("GET /vacancies/near-misses", functions.search, anonymous=public)
    api.route("GET /homes/{location_id}", functions.show_home, anonymous=public)
    api.route("GET /homes/{location_id}/changes", functions.show_home, anonymous=public)
    api.route("GET /homes/{location_id}/alerts", functions.show_home)
    api.route("GET /homes/{location_id}/demand", functions.show_home)
    api.route("GET /homes/{location_id}/questions", functions.show_home)
    api.route("PATCH /homes/{location_id}", functions.show_home)
    api.route("GET /homes/{location_id}/successor", functions.show_home)
    api.route("PUT /homes/{location_id}/successor", functions.show_home)
    api.route("GET /homes/{location_id}/successor/reminders", functions.subscribe)
    api.route("POST /homes/{location_id}/successor/reminders", functions.subscribe)
    api.route("GET /homes/{location_id}/placing-stop", functions.show_home)
    api.route("GET /homes/{location_id}/placing-stop/changes", functions.show_home)
    api.route("GET /placing-stops", functions.show_home)
    api.route("PUT /homes/{location_id}/placing-stop", functions.show_home)
    api.route("DELETE /homes/{location_id}/placing-stop", functions.show_home)
    api.route("PUT /homes/{location_id}/vacancies", functions.update_vacancy)
    api.route("POST /homes/{location_id}/vacancies/confirm", functions.update_vacancy)
    api.route("POST /homes/{location_id}/outcomes", functions.record_outcome)
    api.route("PATCH /homes/{location_id}/outcomes/{outcome_id}", functions.record_outcome)
    api.route("GET /homes/{location_id}/disputes", functions.record_outcome)
    api.route("GET /disputes", functions.record_outcome)
    api.route("GET /homes", functions.council_overview)
    api.route("GET /demand", functions.council_overview)
    api.route("GET /changes/{day}", functions.council_overview)
    api.route("GET /imports", functions.upload_directory)
    api.route("POST /imports", functions.upload_directory)
    api.route("GET /imports/{import_id}", functions.upload_directory)
    api.route("POST /imports/{import_id}/undo", functions.upload_directory)
    api.route("POST /people", functions.manage_people)
    api.route("POST /people/search", functions.manage_people)
    api.route("PATCH /people/{person_id}", functions.manage_people)
    api.route("POST /people/{person_id}/invitation", functions.manage_people)
    api.route("DELETE /people/{person_id}/second-step", functions.manage_people)
    api.route("PUT /people/{person_id}/roles/{role}", functions.manage_people)
    api.route("DELETE /people/{person_id}/roles/{role}", functions.manage_people)
    api.route("GET /alerts", functions.subscribe)
    api.route("POST /alerts", functions.subscribe)
    api.route("PATCH /alerts/{alert_id}", functions.subscribe)
    api.route("DELETE /alerts/{alert_id}", functions.subscribe)
    api.route("GET /alerts/{alert_id}/homes/{location_id}", functions.subscribe)
    api.route("GET /alerts/members", functions.subscribe)
    api.route("POST /alerts/members", functions.subscribe)
    api.route("DELETE /alerts/members/{member_id}", functions.subscribe)
    api.route("POST /alerts/members/{member_id}/invitation", functions.subscribe)
    api.route("POST /alerts/members/{member_id}/code", functions.subscribe)
    api.route("GET /homes/{location_id}/reminders", functions.subscribe)
    api.route("POST /homes/{location_id}/reminders", functions.subscribe)
    api.route("DELETE /homes/{location_id}/reminders/{member_id}", functions.subscribe)
    api.route("POST /homes/{location_id}/reminders/{member_id}/invitation", functions.subscribe)
    api.route("POST /homes/{location_id}/reminders/{member_id}/code", functions.subscribe)
    api.route("GET /homes/{location_id}/links", functions.post_by_link)
    api.route("PUT /homes/{location_id}/links", functions.post_by_link)
    api.route("POST /links/look", functions.post_by_link, anonymous=True, apart=LINKS)
    api.route("POST /links/act", functions.post_by_link, anonymous=True, apart=LINKS)
    # Whoever has the link of a message, which holds a token, needs to be nobody in particular.
    api.route("POST /members/look", functions.subscribe, anonymous=True)
    api.route("POST /members/confirm", functions.subscribe, anonymous=True)
    api.route("POST /members/stop", functions.subscribe, anonymous=True)
    api.route("POST /members/allow", functions.subscribe, anonymous=True)
    api.route("POST /unsubscribe/{token}", functions.subscribe, anonymous=True)
    api.route("GET /unsubscribe/{token}", functions.subscribe, anonymous=True)
    # Any other request gets a problem document with status 404.
    api.route("$default", functions.show_home, anonymous=True, apart=UNKNOWN_PATHS)
