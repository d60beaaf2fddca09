"""Whom a change must reach, worked out the slow way: every alert held against every home."""

from shared.domain.alert import Alert
from shared.domain.care_home import CareHome
from shared.domain.geo import miles_between
from shared.domain.vocabulary import AdmissionState, BedCategory, Registration


def vacancies(home: CareHome) -> dict[BedCategory, int]:
    """Count the vacancies by category: none at a closed or unregistered home."""
    register, status = home.register.registration, home.admission_status.status
    if register is not Registration.ACTIVE or status is AdmissionState.CLOSED:
        return {}
    return {category: counts.accepting for category, counts in home.beds.items()}


def fires(alert: Alert, was: CareHome | None, becomes: CareHome) -> bool:
    """Whether the change opens what the alert waits for."""
    before = vacancies(was) if was else {}
    crossed = any(
        before.get(category, 0) < alert.beds <= accepting
        for category, accepting in vacancies(becomes).items()
        if category in alert.categories or not alert.categories
    )
    rating = becomes.register.rating
    return (
        crossed
        and miles_between(alert.point, becomes.point) <= alert.radius_miles
        and set(alert.service_user_bands) <= set(becomes.register.service_user_bands)
        and set(alert.features) <= set(becomes.shop_window.features)
        and (
            alert.min_rating is None
            or (rating is not None and rating.rank >= alert.min_rating.rank)
        )
    )


def told(alerts: list[Alert], was: CareHome | None, becomes: CareHome) -> dict[str, set[str]]:
    """The ids of the alerts that fire, by team."""
    teams: dict[str, set[str]] = {}
    for alert in alerts:
        if not (alert.deleted or alert.paused) and fires(alert, was, becomes):
            teams.setdefault(alert.team, set()).add(alert.alert_id)
    return teams


def on_no_edge(listed: list[Alert], becomes: CareHome) -> bool:
    """No distance is so near a radius that rounding decides."""
    return all(
        abs(miles_between(alert.point, becomes.point) - alert.radius_miles) > 1e-6
        for alert in listed
    )
