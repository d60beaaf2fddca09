"""Tell a team which of its alerts end soon, and where to renew them: an email and a text."""

from datetime import date

from deliver.alert_message import ALERTS_IN_EMAIL, alert_in_words
from deliver.written import Written
from shared.domain.documents import Document
from shared.messages.links import alerts_page
from shared.messages.sms import fit_sms


def ending_message(event: Document, site_url: str) -> Written:
    """Write the message; like any message it says nothing of what is asked for a person."""
    alerts, day = event["alerts"], date.fromisoformat(event["day"])
    is_one = len(alerts) == 1
    which = "Your team's alert ends" if is_one else f"{len(alerts)} of your team's alerts end"
    it, them = ("it", "it") if is_one else ("they", "them")
    more = len(alerts) - ALERTS_IN_EMAIL
    lines = [
        f"{which} on {day:%A} {day.day} {day:%B}:",
        "",
        *(f"  {alert_in_words(each)}" for each in alerts[:ALERTS_IN_EMAIL]),
        *([f"  and {more} more"] if more > 0 else []),
        "",
        "An alert for a person ends after 28 days. From then on "
        f"{it} will not tell you of vacancies.",
        "",
        f"If you still need {them}, renew {them} with one press. You need to sign in:",
        "",
        alerts_page(site_url, event["team"]),
        "",
        f"If you do not need {them}, you do not have to do anything.",
    ]
    nearest = alerts[0]
    return Written(
        f"{which} on {day.day} {day:%B}",
        "\n".join(lines) + "\n",
        fit_sms(
            which,
            f" on {day.day} {day:%b} unless you renew {them}: {alerts_page(site_url)}",
            f" Alert {nearest['alert_id']}, near {nearest['near']}",
            "" if is_one else f" and {len(alerts) - 1} more",
        ),
    )
