"""Checks of the stack: its resources as AWS describes them."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import ClientError

from cli import table_settings
from cli.doctor.finding import Finding, broken, ok, warning
from cli.drift import find_drift
from cli.output import plural
from cli.target import Target

if TYPE_CHECKING:
    from types_boto3_cloudwatch import CloudWatchClient
    from types_boto3_lambda import LambdaClient
    from types_boto3_s3 import S3Client
    from types_boto3_sns import SNSClient

MOST_CLOCK_SKEW: Final = timedelta(seconds=60)
_ERRORS_WITHIN: Final = timedelta(hours=24)
_SETTLED: Final = {"CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"}
_ALARMS_A_REQUEST: Final = 100


def stack_status(stack: Target, _: datetime) -> Iterator[Finding]:
    """Check that the last deployment of each stack ended, and that the data are protected."""
    cloudformation = stack.client("cloudformation")
    for name in (stack.data_stack_name, stack.stack_name):
        try:
            (description,) = cloudformation.describe_stacks(StackName=name)["Stacks"]
        except ClientError as error:
            if "does not exist" not in str(error):
                raise
            yield broken(f"stack {name}: does not exist", "make deploy COUNCIL=...")
            continue
        status = description["StackStatus"]
        if status in _SETTLED:
            yield ok(f"stack {name}: {status}")
        else:
            yield broken(
                f"stack {name}: {status}",
                "wait if it is in progress; otherwise read its events in CloudFormation and deploy"
                " again",
            )
        if name == stack.data_stack_name and not description.get("EnableTerminationProtection"):
            yield warning(
                f"stack {name}: nothing protects it from being deleted",
                "deploy again: the end of a deployment that succeeds switches the protection on",
            )


def drift(stack: Target, _: datetime) -> Iterator[Finding]:
    """Check that nobody changed a resource by hand since the last deployment."""
    for name in (stack.data_stack_name, stack.stack_name):
        drifts = find_drift(stack, name)
        if not drifts:
            yield ok(f"drift: {name} is as it was deployed")
        for each in drifts:
            yield warning(
                f"drift: {each} of {name} was changed by hand",
                "find out who did and why; docs/running.md says how to put it back",
            )


def table(stack: Target, _: datetime) -> Iterator[Finding]:
    """Check the settings of the table against the stack's template."""
    name = stack.output("TableName")
    settings = table_settings.read_settings(stack.table.client, name)
    for is_on, setting in (
        (settings.point_in_time_recovery, "point-in-time recovery"),
        (settings.deletion_protection, "deletion protection"),
        (settings.stream, "stream"),
        (settings.expiry, "expiry of items"),
    ):
        if is_on:
            yield ok(f"table: {setting} is on")
        elif stack.is_local:
            yield warning(f"table: {setting} is off", "the emulator leaves it off; on AWS it is on")
        else:
            yield broken(f"table: {setting} is off", "bedboard restore settings")
    expected = table_settings.template_settings(stack)
    differences = table_settings.differences(expected, settings)
    for setting in ("billing", "tags"):
        if setting in differences:
            yield warning(f"table: {setting}: {differences[setting]}", "bedboard restore settings")


def functions(stack: Target, now: datetime) -> Iterator[Finding]:
    """Check the state of each function and its errors of the last 24 hours."""
    lambdas: LambdaClient = stack.client("lambda")
    cloudwatch: CloudWatchClient = stack.client("cloudwatch")
    for logical_id, name in sorted(stack.resources("AWS::Lambda::Function").items()):
        function: Any = lambdas.get_function_configuration(FunctionName=name)
        if problem := _deployment_problem(function):
            yield broken(f"function {logical_id}: {problem}", "deploy again")
            continue
        log = function.get("LoggingConfig", {}).get("LogGroup") or f"/aws/lambda/{name}"
        errors = _error_count(cloudwatch, name, now)
        if errors:
            state = f"function {logical_id}: {plural(errors, 'error')} in 24 hours"
            yield warning(state, f"read its log {log}")
        else:
            yield ok(f"function {logical_id}: no errors in 24 hours; its log is {log}")


def _deployment_problem(function: Any) -> str | None:  # noqa: ANN401 - boto3's own type
    state = function.get("State", "Active")
    if state not in {"Active", "Inactive"}:
        return f"{state} {function.get('StateReason', '')}"
    if function.get("LastUpdateStatus") == "Failed":
        return f"its last update failed: {function.get('LastUpdateStatusReason', '')}"
    return None


def _error_count(cloudwatch: "CloudWatchClient", function_name: str, now: datetime) -> int:
    points = cloudwatch.get_metric_statistics(
        Namespace="AWS/Lambda",
        MetricName="Errors",
        Dimensions=[{"Name": "FunctionName", "Value": function_name}],
        StartTime=now - _ERRORS_WITHIN,
        EndTime=now,
        Period=3600,
        Statistics=["Sum"],
    )["Datapoints"]
    return int(sum(point["Sum"] for point in points))


def import_bucket(stack: Target, _: datetime) -> Iterator[Finding]:
    """Check that the import bucket blocks all public access."""
    s3: S3Client = stack.client("s3")
    bucket = stack.output("ImportBucket")
    try:
        block: Any = s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"]
    except s3.exceptions.ClientError as error:
        if error.response["Error"]["Code"] != "NoSuchPublicAccessBlockConfiguration":
            raise
        block = {}
    if len(block) == 4 and all(block.values()):
        yield ok("import bucket: private")
    else:
        yield broken(
            f"import bucket: {bucket} does not block public access",
            "deploy again, and find out who changed it",
        )


def clock(stack: Target, now: datetime) -> Iterator[Finding]:
    """Check this machine's clock against the clock of AWS."""
    response = stack.table.client.describe_table(TableName=stack.output("TableName"))
    date = response["ResponseMetadata"]["HTTPHeaders"].get("date")
    if date is None:
        return
    aws_time = parsedate_to_datetime(date)
    # Against the clock of this moment: the other checks took their time.
    skew = abs(datetime.now(UTC) - aws_time)
    if skew > MOST_CLOCK_SKEW and abs(now - aws_time) > MOST_CLOCK_SKEW:
        seconds = int(skew.total_seconds())
        yield warning(
            f"clock: this machine's clock is wrong by {seconds} s",
            "switch on its time synchronisation",
        )
    else:
        yield ok("clock: this machine's clock is right")


def alarms(stack: Target, _: datetime) -> Iterator[Finding]:
    """Check that no alarm is raised, and that alarms reach someone."""
    names = list(stack.resources("AWS::CloudWatch::Alarm").values())
    if not names:
        yield warning("alarms: this stack has none", "deploy it with this version of Bedboard")
        return
    cloudwatch: CloudWatchClient = stack.client("cloudwatch")
    alarms = [
        alarm
        for start in range(0, len(names), _ALARMS_A_REQUEST)
        for alarm in cloudwatch.describe_alarms(
            AlarmNames=names[start : start + _ALARMS_A_REQUEST]
        )["MetricAlarms"]
    ]
    for alarm in alarms:
        if alarm.get("StateValue") == "ALARM":
            action = alarm.get("AlarmDescription") or "see docs/running.md"
            yield warning(f"alarm {alarm['AlarmName']} is raised", action)
    states = Counter(alarm.get("StateValue") for alarm in alarms)
    if not states["ALARM"]:
        yield ok(f"alarms: none of {len(alarms)} is raised")
    topics = {arn for alarm in alarms for arn in alarm.get("AlarmActions", []) if ":sns:" in arn}
    yield from _alarm_addresses(stack, topics)


def _alarm_addresses(stack: Target, topics: set[str]) -> Iterator[Finding]:
    nobody = warning(
        "alarms: they are sent to nobody",
        "set `alarm_email` in the council's settings, and deploy",
    )
    if not topics:
        yield nobody
    sns: SNSClient = stack.client("sns")
    for arn in sorted(topics):
        members = sns.list_subscriptions_by_topic(TopicArn=arn)["Subscriptions"]
        confirmed = [each for each in members if each["SubscriptionArn"].startswith("arn:")]
        if not members:
            yield nobody
        elif len(confirmed) < len(members):
            unconfirmed = len(members) - len(confirmed)
            yield warning(
                f"alarms: {unconfirmed} of {len(members)} email addresses are not confirmed",
                "open the confirmation email from AWS (look in junk mail)",
            )
        else:
            count = plural(len(members), "confirmed address", "confirmed addresses")
            yield ok(f"alarms: sent to {count}")
