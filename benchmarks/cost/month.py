"""How often each action happens in a month of a council: its usage, multiplied by its homes."""

from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.cost.template import DAYS_PER_MONTH, Template
from benchmarks.cost.usage import Usage


@dataclass(frozen=True, slots=True)
class Month:
    """The counts of one month."""

    actions: Mapping[str, float]
    """The calls of each action."""
    emails: float
    """Emails of alerts, of alerts that end and of reminders."""
    text_messages: float
    reminders: float
    page_visits: float
    """Pages that people open."""
    people: float
    """People who sign in at least once."""
    changed_by_imports: float
    """Homes that imports change."""
    followed_log_seconds: Mapping[str, float]
    """Seconds between two reads of the log by a warm function: it reads the changes since."""
    writes_per_second: float
    """Entries of the change log in the busy hours."""


def month(usage: Usage, template: Template, homes: int) -> Month:
    """Count the month of a council with so many homes."""

    def number(name: str) -> float:
        return usage[name].value

    home_days = homes * DAYS_PER_MONTH
    teams = teams_of(usage, homes)
    updates = home_days * number("updates_per_home_and_day")
    confirmations = home_days * number("confirmations_per_home_and_day")
    alerts = updates * number("openings_per_update") * number("teams_alerted_per_opening")
    changed = homes * number("changed_per_import") * number("imports_per_month")
    views = (updates + confirmations) * number("home_views_per_update")
    searches = teams * DAYS_PER_MONTH * number("searches_per_team_and_day")
    alert_pages = teams * DAYS_PER_MONTH * number("alert_pages_per_team_and_day")
    overviews = DAYS_PER_MONTH * number("overview_views_per_day")
    rounds = DAYS_PER_MONTH * template.reminders_per_day
    # A heartbeat goes with each snapshot.
    snapshots = DAYS_PER_MONTH * template.snapshots_per_day
    reminders = rounds * homes * number("due_per_reminder")
    new_alerts = teams * number("new_alerts_per_team_and_month")
    to_teams = alerts + new_alerts * number("alerts_left_to_end")
    emails = to_teams * number("email_members_per_team") + reminders
    text_messages = to_teams * number("text_members_per_team")
    actions = {
        "update": updates,
        "confirm": confirmations,
        "view": views,
        "history": home_days * number("history_views_per_home_and_day"),
        "alerts_near": updates + confirmations,
        "demand_near": updates + confirmations,
        "search": searches,
        "near_misses": searches * number("near_misses_per_search"),
        "placing_stops": searches,
        # The page requests its alerts and its members.
        "alert_page": 2 * alert_pages,
        "save_alert": new_alerts,
        "entry": max(0.0, updates + confirmations + changed - alerts) + snapshots,
        "alert": alerts,
        "fan_out": to_teams + reminders,
        "send_email": emails,
        "send_text": text_messages,
        "overview": overviews,
        "day": overviews * number("overview_days_per_view"),
        "reminder_check": DAYS_PER_MONTH * template.reminder_checks_per_day + rounds,
        "snapshot": snapshots,
    }
    busy_seconds = DAYS_PER_MONTH * number("busy_hours_a_day") * 3600
    idle = number("idle_minutes_until_cold") * 60

    def gap(name: str) -> float:
        return min(idle, busy_seconds / actions[name]) if actions[name] else idle

    return Month(
        actions=actions,
        emails=emails,
        text_messages=text_messages,
        reminders=reminders,
        page_visits=views + searches * number("site_visits_per_search") + alert_pages + overviews,
        people=homes * number("staff_per_home")
        + teams * number("people_per_team")
        + number("council_people"),
        changed_by_imports=changed,
        followed_log_seconds={
            "search": gap("search"),
            "near_misses": gap("search"),
            "overview": gap("overview"),
            "entry": busy_seconds / max(1.0, updates + confirmations),
            "alert": busy_seconds / max(1.0, updates + confirmations),
        },
        writes_per_second=(updates + confirmations) / busy_seconds,
    )


def teams_of(usage: Usage, homes: int) -> float:
    """Return the number of discharge teams among so many homes; at least one."""
    return max(1.0, homes / 100 * usage["teams_per_100_homes"].value)


def alerts_of(usage: Usage, homes: int) -> int:
    """Return the number of alerts that exist at a time: those saved in a month."""
    return round(teams_of(usage, homes) * usage["new_alerts_per_team_and_month"].value)
