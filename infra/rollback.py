"""Which alarms undo a deployment, and for how long CloudFormation watches them after it."""

from typing import TYPE_CHECKING, Final

from infra.council.stack_names import app_stack_name

if TYPE_CHECKING:
    from types_boto3_cloudwatch import CloudWatchClient

ALARMS: Final = ("api-errors", "faults", "update-crashes", "search-crashes", "notify-crashes")
"""Those that a bad version raises within minutes. CloudFormation takes five at most."""

WATCHED_MINUTES: Final = 10
"""Two periods of these alarms."""

_MISSING: Final = "the alarm {name} is not there yet, so it cannot undo this deployment"
_RAISED: Final = (
    "the alarm {name} is raised already. It would undo even a deployment that solves the cause, so"
    " it is not watched"
)


def rollback_triggers(cloudwatch: "CloudWatchClient", slug: str) -> tuple[list[str], list[str]]:
    """Return the ARNs of the alarms that can undo a deployment, and why others cannot.

    CloudFormation fails where one of them does not exist, and undoes everything at once where one
    is raised. Raises botocore's errors.
    """
    names = [f"{app_stack_name(slug)}-{alarm}" for alarm in ALARMS]
    alarms = {
        alarm["AlarmName"]: alarm
        for alarm in cloudwatch.describe_alarms(AlarmNames=names)["MetricAlarms"]
    }
    arns, notes = [], []
    for name in names:
        if name not in alarms:
            notes.append(_MISSING.format(name=name))
        elif alarms[name]["StateValue"] == "ALARM":
            notes.append(_RAISED.format(name=name))
        else:
            arns.append(alarms[name]["AlarmArn"])
    return arns, notes


def rollback_options(arns: list[str]) -> list[str]:
    """Return the options of `cdk deploy` that have CloudFormation watch these alarms, or none."""
    if not arns:
        return ["--rollback-trigger-alarm-arns", "none"]
    options = [word for arn in arns for word in ("--rollback-trigger-alarm-arns", arn)]
    return [*options, "--monitoring-time-minutes", str(WATCHED_MINUTES)]
