"""Which alerts a change must fire, worked out the slow way: every alert against the change."""

from shared.domain.alert import Alert
from shared.domain.care_home import CareHome
from shared.domain.geo import miles_between
from shared.domain.needs import Answer
from shared.domain.vocabulary import AdmissionState, BedCategory, Registration


def vacancies(home: CareHome) -> dict[BedCategory, int]:
    """Count the vacancies by category: none at a closed or unregistered home."""
    register, status = home.register.registration, home.admission_status.status
    if register is not Registration.ACTIVE or status is AdmissionState.CLOSED:
        return {}
    return {category: counts.accepting for category, counts in home.beds.items()}


def fires(alert: Alert, before: CareHome | None, after: CareHome) -> bool:
    """Tell whether the change opens a vacancy that fits the alert."""
    earlier = vacancies(before) if before else {}
    crossed = any(
        earlier.get(category, 0) < alert.beds <= accepting
        for category, accepting in vacancies(after).items()
        if category in alert.categories or not alert.categories
    )
    rating = after.register.rating
    answers, terms = after.declaration.needs, after.declaration.terms
    return (
        crossed
        and miles_between(alert.point, after.point) <= alert.radius_miles
        and set(alert.service_user_bands) <= set(after.register.service_user_bands)
        and not any(answers.get(need) is Answer.NO for need in alert.needs)
        and (alert.funding is None or terms.accepts(alert.funding) is not Answer.NO)
        and (
            alert.min_rating is None
            or (rating is not None and rating.rank >= alert.min_rating.rank)
        )
    )


def fired_alerts(
    alerts: list[Alert], before: CareHome | None, after: CareHome
) -> dict[str, set[str]]:
    """Return the ids of the alerts that fire, by team."""
    teams: dict[str, set[str]] = {}
    for alert in alerts:
        if not alert.deleted and fires(alert, before, after):
            teams.setdefault(alert.team, set()).add(alert.alert_id)
    return teams


def is_on_no_edge(alerts: list[Alert], home: CareHome) -> bool:
    """Tell whether no distance is so close to a radius that rounding decides."""
    return all(
        abs(miles_between(alert.point, home.point) - alert.radius_miles) > 1e-6 for alert in alerts
    )
