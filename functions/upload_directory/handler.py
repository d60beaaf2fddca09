"""Let a council upload CQC's directory from a browser to S3, and show the report on its import."""

import secrets
from http import HTTPStatus

from aws_lambda_powertools.event_handler.api_gateway import Response

from shared.aws import import_files
from shared.aws.clock import SYSTEM, Clock
from shared.aws.import_files import ImportBucket
from shared.aws.telemetry import logger
from shared.domain.documents import to_json
from shared.http.request import Request
from shared.http.response import LambdaHandler, create_resolver, json_response, lambda_handler
from shared.store import table as tables
from shared.store.table import Table
from upload_directory.import_id import ImportId
from upload_directory.imports import describe, find_report, latest_imports
from upload_directory.new_import import NewImport
from upload_directory.rows_page import PARAMETERS, read_page, report_response
from upload_directory.undo_routes import undo_routes


def build(*, bucket: ImportBucket, table: Table, clock: Clock) -> LambdaHandler:
    """Return the function, with this import bucket and this table."""
    app = create_resolver()
    app.include_router(undo_routes(bucket, table, clock))

    @app.post("/imports")
    def begin_import() -> Response[str]:
        request = Request(app)
        caller = request.caller()
        caller.require_council()
        request.refuse_idempotency_key()
        body = request.body(NewImport)
        import_id = ImportId.new(
            clock.now(), secrets.token_hex(6), closures_confirmed=body.closures_confirmed
        )
        form = bucket.upload_form(import_id.directory_key(body.format), body.size)
        logger.info("import begun", caller=caller.caller_id, import_id=import_id.text)
        return json_response(
            to_json({"import_id": import_id.text, "form": form}),
            HTTPStatus.CREATED,
            {"Location": f"/imports/{import_id.text}"},
        )

    @app.get("/imports/<import_id>")
    def show_import(import_id: str) -> Response[str]:
        request = Request(app)
        request.caller().require_council()
        this_import = ImportId.parse(import_id)
        page = read_page(request.query_params(PARAMETERS))
        report = find_report(bucket, this_import, clock.now())
        return json_response(to_json({**describe(this_import), **report_response(report, page)}))

    @app.get("/imports")
    def list_imports() -> Response[str]:
        Request(app).caller().require_council()
        imports = latest_imports(bucket)
        return json_response(to_json({"total": len(imports), "imports": imports}))

    return lambda_handler(app)


handler = build(bucket=import_files.of_this_stack(), table=tables.of_this_stack(), clock=SYSTEM)
