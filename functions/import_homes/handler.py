"""The council puts CQC's directory in the import bucket; its homes come in, with a report."""

from typing import Any

from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from import_homes import bucket
from import_homes.run_import import take_in
from shared.aws.settings import settings
from shared.aws.telemetry import logger, metrics
from shared.places import postcodes
from shared.store import table

stack_table = table.of_this_stack()


@logger.inject_lambda_context(correlation_id_path=correlation_paths.EVENT_BRIDGE, clear_state=True)
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> None:
    key: str = event["detail"]["object"]["key"]
    if key.endswith("/"):
        return  # a folder that the S3 console made
    upload = bucket.fetch(event["detail"]["bucket"]["name"], key)
    report = take_in(
        stack_table,
        upload,
        authorities=settings().local_authorities,
        locate=postcodes.installed().locate,
        request_id=context.aws_request_id,
    )
    bucket.put_report(upload, report)
    counts = report["counts"]
    logger.info(
        report["outcome"],
        file=key,
        report=upload.report_key,
        counts=counts,
        why=report.get("why"),
    )
    for name, count in {
        "HomesWritten": counts["written"],
        "HomesClosed": counts["closed"],
        "RowsUnreadable": counts["unreadable"],
        "DirectoriesImported": int(report["outcome"] == "imported"),
        "DirectoriesRefused": int(report["outcome"] == "refused"),
    }.items():
        metrics.add_metric(name=name, unit=MetricUnit.Count, value=count)
