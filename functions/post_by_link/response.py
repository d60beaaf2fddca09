"""The responses to whoever has a link, and to the staff of its home."""

from http import HTTPStatus
from typing import Final

from aws_lambda_powertools.event_handler.api_gateway import Response

from shared.domain.documents import Document, HomeDocument, timestamp, to_json
from shared.domain.posting_link import LinkStop
from shared.http.response import json_response

SHOWN: Final = (
    "location_id",
    "version",
    "name",
    "registered_beds",
    "beds",
    "admission_status",
    "admission_status_at",
    "confirmed_at",
    "said_at",
)
"""What of a home whoever has its link sees: what they may post, and how it stands."""


def home_as_shown(home: HomeDocument) -> Document:
    """Return what of a home its link shows."""
    return {name: home[name] for name in SHOWN if name in home}


def link_response(body: Document) -> Response[str]:
    """Send a body to whoever has a link."""
    return json_response(to_json(body), HTTPStatus.OK)


def stop_response(location_id: str, stop: LinkStop) -> Response[str]:
    """Say whether the links of a home are stopped, and since when."""
    stopped_at = timestamp(stop.stopped_at) if stop.stopped_at else None
    return json_response(to_json({"location_id": location_id, "stopped_at": stopped_at}))
