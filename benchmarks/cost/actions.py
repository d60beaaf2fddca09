"""The actions whose calls are measured, with their functions and routes, and what is left out."""

from typing import Final, NamedTuple


class Action(NamedTuple):
    """Something that makes a call of a function; `routes` where it comes through the API."""

    function: str
    routes: tuple[str, ...] = ()


ACTIONS: Final = {
    "search": Action("search", ("GET /vacancies",)),
    "near_misses": Action("search", ("GET /vacancies/near-misses",)),
    "placing_stops": Action("show_home", ("GET /placing-stops",)),
    "update": Action("update_vacancy", ("PUT /homes/{location_id}/vacancies",)),
    "confirm": Action("update_vacancy", ("POST /homes/{location_id}/vacancies/confirm",)),
    "view": Action("show_home", ("GET /homes/{location_id}",)),
    "alerts_near": Action("show_home", ("GET /homes/{location_id}/alerts",)),
    "demand_near": Action("show_home", ("GET /homes/{location_id}/demand",)),
    "history": Action("show_home", ("GET /homes/{location_id}/changes",)),
    "overview": Action("council_overview", ("GET /homes",)),
    "day": Action("council_overview", ("GET /changes/{day}",)),
    "save_alert": Action("subscribe", ("POST /alerts",)),
    "alert_page": Action("subscribe", ("GET /alerts", "GET /alerts/members")),
    "entry": Action("notify"),
    "alert": Action("notify"),
    "fan_out": Action("deliver"),
    "send_email": Action("deliver"),
    "send_text": Action("deliver"),
    "reminder_check": Action("remind_homes"),
    "snapshot": Action("snapshot_homes"),
}
"""Beside each search of a team its page requests `placing_stops`, and after each post a home's page
requests `alerts_near` and `demand_near`. `entry` is a log entry that fires no alert; `alert` is one
that alerts one team. `fan_out` turns an event of a team or a home into a message for each person;
the other two send one of these."""

IMPORT_FUNCTION: Final = "import_homes"
"""Measured by the home, not by the call."""

RARE_FUNCTIONS: Final = frozenset(
    {
        "manage_people",
        "post_by_link",
        "publisher",
        "record_outcome",
        "upload_directory",
        "withhold_roles",
    }
)
"""Functions that are not in the bill.

Officers or deployments call `manage_people`, `publisher` and `upload_directory` a few times a
month. Cognito calls `withhold_roles` at each sign-in and renewal: by 80 a month and person that is
about five cents for a thousand people. `post_by_link` and `record_outcome` write as a post does, of
which a council's month has cents; a post by link is one that is not made with a sign-in.
"""

RARE_ROUTES: Final = frozenset(
    {
        "PATCH /homes/{location_id}",
        "GET /homes/{location_id}/placing-stop",
        "GET /homes/{location_id}/placing-stop/changes",
        "PUT /homes/{location_id}/placing-stop",
        "DELETE /homes/{location_id}/placing-stop",
        "GET /homes/{location_id}/successor",
        "PUT /homes/{location_id}/successor",
        "GET /homes/{location_id}/successor/reminders",
        "POST /homes/{location_id}/successor/reminders",
        "GET /demand",
        "POST /homes/{location_id}/outcomes",
        "PATCH /homes/{location_id}/outcomes/{outcome_id}",
        "GET /homes/{location_id}/disputes",
        "GET /disputes",
        "GET /audits",
        "GET /homes/{location_id}/truth",
        "GET /truth/public",
        "GET /truth",
        "GET /truth/calibration",
        "POST /links/look",
        "POST /links/act",
        "GET /homes/{location_id}/links",
        "PUT /homes/{location_id}/links",
        "GET /homes/{location_id}/questions",
        "PATCH /alerts/{alert_id}",
        "DELETE /alerts/{alert_id}",
        "GET /alerts/{alert_id}/homes/{location_id}",
        "POST /alerts/members",
        "DELETE /alerts/members/{member_id}",
        "POST /alerts/members/{member_id}/invitation",
        "POST /alerts/members/{member_id}/code",
        "POST /members/look",
        "POST /members/confirm",
        "POST /members/stop",
        "POST /members/allow",
        "POST /unsubscribe/{token}",
        "GET /unsubscribe/{token}",
        "GET /homes/{location_id}/reminders",
        "POST /homes/{location_id}/reminders",
        "POST /reminders",
        "DELETE /homes/{location_id}/reminders/{member_id}",
        "POST /homes/{location_id}/reminders/{member_id}/invitation",
        "POST /homes/{location_id}/reminders/{member_id}/code",
        "$default",
    }
)
"""Routes of the measured functions that are called so seldom that they are not in the bill."""


def function_of(action: str) -> str:
    """Return the function that an action calls."""
    return ACTIONS[action].function
