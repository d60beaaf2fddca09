"""The addresses of the pages that messages lead to."""


def token_page(site_url: str, token: str) -> str:
    """Return the page that asks whether to get messages, or whether to stop them.

    The token is in the fragment, which browsers send to no server and in no referrer.
    """
    return f"{site_url}messages.html#{token}"


def one_click_address(site_url: str, token: str) -> str:
    """Return the address that a mail program posts to, to unsubscribe (RFC 8058)."""
    return f"{site_url}api/unsubscribe/{token}"
