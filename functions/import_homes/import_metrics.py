"""The metrics of an import."""

from aws_lambda_powertools.metrics import MetricUnit

from shared.aws.telemetry import metrics
from shared.domain.documents import Document


def count(report: Document) -> None:
    """Count what an import did, as its report says."""
    counts = report["counts"]
    for name, value in {
        "HomesWritten": counts["written"],
        "HomesClosed": counts["closed"],
        "RowsUnreadable": counts["unreadable"],
        "DirectoriesImported": int(report["outcome"] == "imported"),
        "DirectoriesRefused": int(report["outcome"] == "refused"),
    }.items():
        metrics.add_metric(name=name, unit=MetricUnit.Count, value=value)
