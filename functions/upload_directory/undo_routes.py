"""The route that undoes what an import removed."""

from typing import Final

from aws_lambda_powertools.event_handler.api_gateway import Response
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from shared.aws.clock import Clock
from shared.aws.import_files import ImportBucket
from shared.aws.telemetry import logger
from shared.domain.author import Author
from shared.domain.documents import to_json
from shared.http.request import Request
from shared.http.response import json_response
from shared.store.table import Table
from upload_directory.import_id import ImportId
from upload_directory.rows_page import MAX_OFFSET
from upload_directory.undo import HOMES_AT_ONCE, bring_back, removed_homes

_PARAMETERS: Final = frozenset({"offset"})


def undo_routes(bucket: ImportBucket, table: Table, clock: Clock) -> APIGatewayHttpRouter:
    """Return the routes; a request brings back as many homes as fit its time."""
    routes = APIGatewayHttpRouter()

    @routes.post("/imports/<import_id>/undo")
    def undo_import(import_id: str) -> Response[str]:
        request = Request(routes)
        caller = request.caller()
        caller.require_council()
        request.refuse_idempotency_key()
        this_import = ImportId.parse(import_id)
        params = request.query_params(_PARAMETERS)
        offset = params.integer("offset", 0, MAX_OFFSET, minimum=0)
        params.check()
        removed = removed_homes(bucket, this_import, clock.now())
        end = offset + HOMES_AT_ONCE
        author = Author(caller.caller_id or "", request.request_id)
        result = bring_back(table, clock, removed[offset:end], author)
        logger.info("import undone", caller=caller.caller_id, restored=len(result.restored))
        next_offset = end if end < len(removed) else None
        return json_response(to_json({**result._asdict(), "next_offset": next_offset}))

    return routes
