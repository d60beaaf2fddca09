"""Run handlers inside this process, as functions of a local stack."""

import os
import sys
from typing import Final

from benchmarks.meter.function_process import connection_environment
from layer.build import postcode_package
from local.emulator.stack import LocalStack
from local.lambda_events import Context, Event, api_request

CONTEXT: Final = Context("benchmark")
GROUPS: Final = "team:exeter-discharge council home:1-0000000001"


def become_a_function(stack: LocalStack) -> None:
    """Have this process import and run handlers against the stack, without logs and metrics."""
    os.environ.update(
        {
            **connection_environment(stack),
            "TABLE_NAME": stack.table_name,
            "TEAM_TOPIC_PREFIX": stack.team_topic_prefix,
            "SEARCH_ACCESS": "public",
            "POWERTOOLS_SERVICE_NAME": "benchmark",
            "POWERTOOLS_METRICS_NAMESPACE": "Bedboard",
            "POWERTOOLS_METRICS_DISABLED": "true",
            "POWERTOOLS_TRACE_DISABLED": "true",
            "POWERTOOLS_LOG_LEVEL": "WARNING",
        }
    )
    package = str(postcode_package().parent)
    if package not in sys.path:
        sys.path.insert(0, package)


def request_event(method: str, path: str, query: str = "", body: object = None) -> Event:
    """Build a request by a member of every group, who accepts no compressed response."""
    headers = {"accept": "application/json", "content-type": "application/json"}
    return api_request(method, path, groups=GROUPS, query=query, headers=headers, body=body)
