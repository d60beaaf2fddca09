"""How often each thing is done in a month by a council of so many homes: its usage, multiplied."""

from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.cost.template import DAYS_A_MONTH, Standing
from benchmarks.cost.usage import Usage


@dataclass(frozen=True, slots=True)
class Month:
    """Counts of one month."""

    actions: Mapping[str, float]
    """Calls of the handlers, by action."""
    emails: float
    """Of alerts and of reminders."""
    text_messages: float
    reminders: float
    visits: float
    """To the pages: each an opened page."""
    people: float
    """Who sign in at least once."""
    changed_by_imports: float
    """Homes."""
    followed_log_seconds: Mapping[str, float]
    """Between two looks of a warm function into the log: what was changed in it is read."""
    writes_per_second: float
    """To the change log in the busy hours."""


def month(usage: Usage, standing: Standing, homes: int) -> Month:
    """For so many homes."""

    def number(name: str) -> float:
        return usage[name].value

    home_days = homes * DAYS_A_MONTH
    teams = teams_of(usage, homes)
    updates = home_days * number("updates_per_home_and_day")
    confirmations = home_days * number("confirmations_per_home_and_day")
    alerts = updates * number("openings_per_update") * number("teams_told_per_opening")
    changed = homes * number("changed_per_import") * number("imports_per_month")
    views = (updates + confirmations) * number("home_views_per_update")
    searches = teams * DAYS_A_MONTH * number("searches_per_team_and_day")
    alert_pages = teams * DAYS_A_MONTH * number("alert_pages_per_team_and_day")
    overviews = DAYS_A_MONTH * number("overview_views_per_day")
    rounds = DAYS_A_MONTH * standing.reminders_per_day
    reminders = rounds * homes * number("due_per_reminder")
    actions = {
        "update": updates,
        "confirm": confirmations,
        "view": views,
        "history": home_days * number("history_views_per_home_and_day"),
        "search": searches,
        # Its alerts and its members are two requests.
        "alert_page": 2 * alert_pages,
        "save_alert": teams * number("new_alerts_per_team_and_month"),
        "entry": max(0.0, updates + confirmations + changed - alerts),
        "alert": alerts,
        "overview": overviews,
        "day": overviews * number("overview_days_per_view"),
        "look": DAYS_A_MONTH * standing.looks_per_day + rounds,
        "snapshot": DAYS_A_MONTH * standing.snapshots_per_day,
    }
    busy_seconds = DAYS_A_MONTH * number("busy_hours_a_day") * 3600
    idle = number("idle_minutes_until_cold") * 60

    def gap(name: str) -> float:
        return min(idle, busy_seconds / actions[name]) if actions[name] else idle

    return Month(
        actions=actions,
        emails=alerts * number("email_members_per_team") + reminders,
        text_messages=alerts * number("text_members_per_team"),
        reminders=reminders,
        visits=views + searches * number("site_visits_per_search") + alert_pages + overviews,
        people=homes * number("staff_per_home")
        + teams * number("people_per_team")
        + number("council_people"),
        changed_by_imports=changed,
        followed_log_seconds={
            "search": gap("search"),
            "overview": gap("overview"),
            "entry": busy_seconds / max(1.0, updates + confirmations),
            "alert": busy_seconds / max(1.0, updates + confirmations),
        },
        writes_per_second=(updates + confirmations) / busy_seconds,
    )


def teams_of(usage: Usage, homes: int) -> float:
    """Discharge teams that look for beds among so many homes; one at the least."""
    return max(1.0, homes / 100 * usage["teams_per_100_homes"].value)


def alerts_of(usage: Usage, homes: int) -> int:
    """Alerts that are saved at a time: a month's."""
    return round(teams_of(usage, homes) * usage["new_alerts_per_team_and_month"].value)
