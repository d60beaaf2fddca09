"""A council sends CQC's directory straight from a browser to S3, and reads the report on it."""

import secrets
from datetime import timedelta
from enum import StrEnum
from http import HTTPStatus
from typing import Final

from aws_lambda_powertools.event_handler.api_gateway import Response
from pydantic import Field

from shared.aws.telemetry import logger
from shared.domain.documents import timestamp, to_json
from shared.domain.errors import NotFoundError
from shared.http.body import Body
from shared.http.request import Request
from shared.http.response import create_resolver, json_response, lambda_handler
from shared.store import table
from upload_directory import bucket, report
from upload_directory.import_id import ImportId

app = create_resolver()
stack_table = table.of_this_stack()
stack_bucket = bucket.of_this_stack()

LARGEST_FILE: Final = 60_000_000
"""Bytes; as much as the import reads."""
REPORTED_WITHIN: Final = timedelta(hours=2)
"""Of the import's beginning: by then it was tried again, and given up."""
MOST_LISTED: Final = 12


class Format(StrEnum):
    """What the import reads."""

    CSV = "csv"
    XLSX = "xlsx"
    ODS = "ods"


class NewImport(Body):
    """What is about to be sent; `closures_confirmed`: however many homes are not in it any more."""

    format: Format
    size: int = Field(ge=1, le=LARGEST_FILE)
    closures_confirmed: bool = False


@app.post("/imports")
def begin_import() -> Response[str]:
    request = Request(app)
    caller = request.caller()
    caller.must_council()
    sent = request.body(NewImport)
    now, token = stack_table.clock.now(), secrets.token_hex(6)
    import_id = ImportId.new(now, token, confirmed=sent.closures_confirmed)
    form = bucket.form(stack_bucket, import_id.file_key(sent.format), sent.size)
    logger.info("import begun", caller=caller.caller_id, import_id=import_id.text)
    return json_response(
        to_json({"import_id": import_id.text, "form": form}),
        HTTPStatus.CREATED,
        {"Location": f"/imports/{import_id.text}"},
    )


@app.get("/imports/<import_id>")
def show_import(import_id: str) -> Response[str]:
    request = Request(app)
    request.caller().must_council()
    asked = ImportId.known(import_id)
    wanted = report.Wanted.asked(request.query(report.PARAMETERS))
    head = {"import_id": asked.text, "begun_at": timestamp(asked.begun_at)}
    found = bucket.report(stack_bucket, asked)
    if found is not None:
        return json_response(
            to_json({**head, "state": "reported", **report.rendered(found, wanted)})
        )
    if stack_table.clock.now() - asked.begun_at > REPORTED_WITHIN:
        raise NotFoundError("there is no report: either no file arrived, or its import failed")
    return json_response(to_json({**head, "state": "waiting"}))


@app.get("/imports")
def list_imports() -> Response[str]:
    Request(app).caller().must_council()
    found = [
        {
            "import_id": each.import_id.text,
            "begun_at": timestamp(each.import_id.begun_at),
            "reported_at": timestamp(each.at),
        }
        for each in bucket.reported(stack_bucket, MOST_LISTED)
    ]
    return json_response(to_json({"total": len(found), "imports": found}))


handler = lambda_handler(app)
