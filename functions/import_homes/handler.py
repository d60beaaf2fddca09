"""Import the homes of a CQC directory that was uploaded to the import bucket, and report on it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.utilities.typing import LambdaContext

from import_homes.import_metrics import count
from import_homes.parse_row import Locate
from import_homes.run_import import run_import
from shared.aws import import_files
from shared.aws.clock import SYSTEM, Clock
from shared.aws.import_files import ImportBucket
from shared.aws.settings import settings
from shared.aws.telemetry import logger, metrics
from shared.places import postcodes
from shared.store import table as tables
from shared.store.table import Table


def build(
    *,
    table: Table,
    bucket: ImportBucket,
    clock: Clock,
    authorities: frozenset[str],
    locate: Locate,
) -> Callable[[dict[str, Any], LambdaContext], None]:
    """Return the function, with these parts; no authorities stands for every authority."""

    @logger.inject_lambda_context(
        correlation_id_path=correlation_paths.EVENT_BRIDGE, clear_state=True
    )
    @metrics.log_metrics
    def handler(event: dict[str, Any], context: LambdaContext) -> None:
        key: str = event["detail"]["object"]["key"]
        if key.endswith("/"):
            return  # a folder that was made in the S3 console
        directory = bucket.newest_directory(key)
        report = run_import(
            directory,
            table=table,
            clock=clock,
            authorities=authorities,
            locate=locate,
            request_id=context.aws_request_id,
            first_removals=partial(bucket.first_removals, directory.removals_key),
        )
        bucket.put_report(directory.report_key, report)
        logger.info(
            report["outcome"],
            file=key,
            report=directory.report_key,
            counts=report["counts"],
            why=report.get("why"),
        )
        count(report)

    return handler


handler = build(
    table=tables.of_this_stack(),
    bucket=import_files.of_this_stack(attempts=5),
    clock=SYSTEM,
    authorities=settings().local_authorities,
    locate=lambda postcode: postcodes.installed().locate(postcode),
)
