"""Which alerts a change must fire, worked out the slow way: every alert against the change."""

from collections.abc import Collection, Mapping

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


AlsoAs = Mapping[BedCategory, Collection[BedCategory]]


def beds_by_use(home: CareHome, alert: Alert, also_as: AlsoAs) -> dict[BedCategory, int]:
    """Count the vacancies that the alert may be about, by use; without categories, by their own."""
    counted: dict[BedCategory, int] = {}
    for own, free in vacancies(home).items():
        for use in {own, *(also_as.get(own, ()) if alert.categories else ())}:
            if use in alert.categories or not alert.categories:
                counted[use] = counted.get(use, 0) + free
    return counted


def fits(alert: Alert, home: CareHome | None) -> bool:
    """Tell whether a search for what the alert asks would find the home."""
    if home is None or not suits(alert, home):
        return False
    beds = beds_by_use(home, alert, home.declaration.also_as)
    return any(alert.beds <= free for free in beds.values())


def opens(alert: Alert, before: CareHome | None, after: CareHome) -> bool:
    """Tell whether a use of the home's beds, as they may serve now, reached the number asked."""
    also_as = after.declaration.also_as
    earlier = beds_by_use(before, alert, also_as) if before else {}
    now = beds_by_use(after, alert, also_as)
    return any(earlier.get(use, 0) < alert.beds <= free for use, free in now.items())


def fires(alert: Alert, before: CareHome | None, after: CareHome) -> bool:
    """Tell whether the home fits the alert now and did not before, or opens more beds for it."""
    return fits(alert, after) and (not fits(alert, before) or opens(alert, before, after))


def suits(alert: Alert, after: CareHome) -> bool:
    """Tell whether the home fits the alert, whatever beds it has."""
    rating = after.register.rating
    answers, terms = after.declaration.needs, after.declaration.terms
    return (
        miles_between(alert.point, after.point) <= alert.radius_miles
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
