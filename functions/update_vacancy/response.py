"""The response to a post: the home as it is now, and why no search shows it where none does."""

from typing import Final

from aws_lambda_powertools.event_handler.api_gateway import Response

from shared.domain.availability import is_closed
from shared.domain.documents import HomeDocument
from shared.domain.vocabulary import Registration
from shared.http.response import home_response
from shared.store.revise import Revision

_NOT_ON_REGISTER: Final = {
    Registration.DORMANT: (
        "CQC's register lists this home as dormant, so no search shows its vacancies. "
        "If the home is running, tell CQC and your council."
    ),
    Registration.DEREGISTERED: (
        "This location id is no longer on CQC's register, so no search shows its vacancies. "
        "If the home has a new owner or a new id, ask your council for access to the new id."
    ),
}
_CLOSED: Final = "The home is closed to admissions, so no search shows its vacancies."


def posted_response(revision: Revision) -> Response[str]:
    """Return the home as it was saved; `not_in_search` says why no search shows its vacancies."""
    why = why_not_in_search(revision.document)
    members = {"not_in_search": why} if why else {}
    return home_response({**revision.document, **members}, replayed=revision.replayed)


def why_not_in_search(home: HomeDocument) -> str | None:
    """Say why no search shows the home's vacancies, or return None if searches do."""
    why = _NOT_ON_REGISTER.get(Registration(home["registration"]))
    if "successor" in home:
        return f"{why} The new id is {home['successor']}."
    return why or (_CLOSED if is_closed(home) else None)
