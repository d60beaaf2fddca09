"""What somebody changed by hand in a stack since it was deployed, as CloudFormation sees it."""

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from cli.errors import CommandError
from cli.target import Target

if TYPE_CHECKING:
    from types_boto3_cloudformation import CloudFormationClient

_WITHIN_SECONDS: Final = 300
_PAUSE_SECONDS: Final = 3
_LOCAL_PAUSE_SECONDS: Final = 0.1


class Drift(NamedTuple):
    """A resource that is not as the stack's template says."""

    logical_id: str
    properties: tuple[str, ...]
    """Paths of the properties that differ, such as `/DelaySeconds`; empty for a deleted one."""

    def __str__(self) -> str:
        return f"{self.logical_id} ({', '.join(self.properties) or 'deleted'})"


def find_drift(stack: Target, stack_name: str) -> list[Drift]:
    """Have CloudFormation compare the stack with what is there, which takes it a minute or two.

    Raises CommandError where it does not say within five minutes.
    """
    cloudformation: CloudFormationClient = stack.client("cloudformation")
    detection = cloudformation.detect_stack_drift(StackName=stack_name)["StackDriftDetectionId"]
    deadline = time.monotonic() + _WITHIN_SECONDS
    while True:
        status = cloudformation.describe_stack_drift_detection_status(
            StackDriftDetectionId=detection
        )
        if status["DetectionStatus"] != "DETECTION_IN_PROGRESS" or time.monotonic() > deadline:
            break
        time.sleep(_LOCAL_PAUSE_SECONDS if stack.is_local else _PAUSE_SECONDS)
    if status["DetectionStatus"] != "DETECTION_COMPLETE":
        reason = status.get("DetectionStatusReason", status["DetectionStatus"])
        raise CommandError(f"CloudFormation did not compare {stack_name}: {reason}")
    return sorted(_drifts(cloudformation, stack_name))


def _drifts(cloudformation: "CloudFormationClient", stack_name: str) -> Iterator[Drift]:
    request: Any = {
        "StackName": stack_name,
        "StackResourceDriftStatusFilters": ["MODIFIED", "DELETED"],
    }
    while True:
        page = cloudformation.describe_stack_resource_drifts(**request)
        for drift in page["StackResourceDrifts"]:
            paths = tuple(each["PropertyPath"] for each in drift.get("PropertyDifferences", []))
            yield Drift(drift["LogicalResourceId"], paths)
        if "NextToken" not in page:
            return
        request["NextToken"] = page["NextToken"]
