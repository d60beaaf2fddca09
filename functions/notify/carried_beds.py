"""Decide whom vacancies are new to that were carried over from an old location id.

A new owner's id takes over the bed counts of the old one. To the table these vacancies are new; to
most searchers they are not. A vacancy that searches showed at the old id until it left CQC's
register is news only to an alert that was created since. One that no search ever showed, because
it was posted after the old id had left, is news to everyone. Beds that are by now uncertain are
news to no one: they are likely to have gone.
"""

from datetime import datetime, timedelta

from notify.alert_index import AlertIndex
from notify.streamed_change import StreamedChange
from shared.domain.alert import Alert
from shared.domain.certainty import UNSURE
from shared.domain.chance import likelihood
from shared.domain.documents import HomeDocument
from shared.domain.home_before import HomeBefore, LastInSearch
from shared.domain.listings import listings_of
from shared.domain.vocabulary import Action
from shared.store.change_log import CLOCK_SKEW, SETTLE

_SEEN_UNTIL: timedelta = SETTLE + CLOCK_SKEW
"""How much later, by another clock, an alert may be made and its team still have seen the bed."""


def matches_of(
    alerts: AlertIndex, streamed: StreamedChange, wrong: float
) -> dict[str, list[Alert]]:
    """Return the alerts, by team, that a change of a home matches and that it is news to.

    `wrong` is the share of posts that list one bed more than there is.
    """
    change = streamed.change
    matches = alerts.matches(change.previous, change.document)
    if change.action is not Action.CARRIED_OVER or not matches:
        return matches
    document = _with_likely_beds(change.document, streamed.stamped, wrong)
    matches = alerts.matches(change.previous, document)
    last = HomeBefore.from_document(change.document["home_before"]).last_in_search
    if last is None:
        return matches
    never_shown = alerts.matches(_shown(document, last), document)
    return {
        team: told
        for team, fitting in matches.items()
        if (told := _news_to(fitting, never_shown.get(team, []), last))
    }


def _news_to(fitting: list[Alert], never_shown: list[Alert], last: LastInSearch) -> list[Alert]:
    fits_anyway = {alert.alert_id for alert in never_shown}
    return [
        alert
        for alert in fitting
        if alert.alert_id in fits_anyway or alert.created_at > last.until + _SEEN_UNTIL
    ]


def _with_likely_beds(document: HomeDocument, now: datetime, wrong: float) -> HomeDocument:
    """Return the home without the categories whose free beds have become uncertain."""
    unsure = {
        each.category
        for each in listings_of(document, wrong)
        if likelihood(each.chance(now.timestamp())) in UNSURE
    }
    beds = {name: counts for name, counts in document["beds"].items() if name not in unsure}
    return {**document, "beds": beds}


def _shown(document: HomeDocument, last: LastInSearch) -> HomeDocument:
    """Return the home with the vacancies that searches last showed at its old id."""
    beds = {category: {"accepting": free} for category, free in last.free.items()}
    return {**document, "beds": beds, "admission_status": {"status": "open"}}
