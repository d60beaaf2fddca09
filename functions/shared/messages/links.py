"""The addresses of the pages that messages lead to."""

from urllib.parse import urlencode


def home_of_alert_page(site_url: str, location_id: str, alert_id: str, team: str) -> str:
    """Return the page of a home that shows its team what to ask it for an alert."""
    query = urlencode({"id": location_id, "alert": alert_id, "team": team})
    return f"{site_url}home.html?{query}"


def alerts_page(site_url: str, team: str = "") -> str:
    """Return the page of a team's alerts; without a team, who is in several is asked for one."""
    return (
        f"{site_url}alerts.html?{urlencode({'team': team})}" if team else f"{site_url}alerts.html"
    )


def token_page(site_url: str, token: str) -> str:
    """Return the page that asks whether to get messages, or whether to stop them.

    The token is in the fragment, which browsers send to no server and in no referrer.
    """
    return f"{site_url}messages.html#{token}"


def posting_page(site_url: str, token: str = "") -> str:
    """Return the page that posts a home's vacancies; without a token it asks for a code.

    The token is in the fragment, as above.
    """
    return f"{site_url}y#{token}" if token else f"{site_url}y"


def one_click_address(site_url: str, token: str) -> str:
    """Return the address that a mail program posts to, to unsubscribe (RFC 8058)."""
    return f"{site_url}api/unsubscribe/{token}"
