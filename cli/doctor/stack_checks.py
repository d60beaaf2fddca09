"""Is a stack healthy: its parts as AWS tells of them, each check by itself."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final

import boto3

from cli.doctor.finding import Finding, broken, look, ok
from cli.restore import stream_mapping, table_settings
from cli.target import Target

MOST_SKEW: Final = timedelta(seconds=60)
_SETTLED: Final = {"CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"}
_ERRORS_WITHIN: Final = timedelta(hours=24)


def stack_status(stack: Target, _: datetime) -> Iterator[Finding]:
    client = boto3.client("cloudformation", **stack.connection)
    (found,) = client.describe_stacks(StackName=stack.stack_name)["Stacks"]
    status = found["StackStatus"]
    if status in _SETTLED:
        yield ok(f"stack {stack.stack_name}: {status}")
    else:
        yield broken(
            f"stack {stack.stack_name}: {status}",
            "wait if it is in progress; else read its events in CloudFormation and deploy again",
        )


def table(stack: Target, _: datetime) -> Iterator[Finding]:
    name, client = stack.output("TableName"), stack.table.client
    here = table_settings.found(client, name)
    for is_on, word in (
        (here.is_recoverable, "point-in-time recovery"),
        (here.is_protected, "deletion protection"),
        (here.stream, "stream"),
        (here.expires, "expiry of what is short-lived"),
    ):
        if is_on:
            yield ok(f"table: {word} is on")
        elif stack.is_local:
            yield look(f"table: {word} is off", "the emulator leaves it out; on AWS it is on")
        else:
            yield broken(f"table: {word} is off", "bedboard restore settings")
    missing = table_settings.lacking(table_settings.written(stack), here)
    for setting in ("billing", "tags"):
        if setting in missing:
            yield look(f"table: {setting}: {missing[setting]}", "bedboard restore settings")


def alert_path(stack: Target, _: datetime) -> Iterator[Finding]:
    stream = stream_mapping.stream_of(stack, stack.output("TableName"))
    found = stream_mapping.found(stack, stream) if stream else None
    state = found.get("State", "?") if found else "missing"
    if state == "Enabled":
        yield ok("alerts: the table's stream calls notify")
    else:
        yield broken(
            f"alerts: the way from the table's stream to notify is {state}: nobody is told",
            "enable it in the Lambda console" if found else "bedboard restore settings",
        )


def dead_letters(stack: Target, _: datetime) -> Iterator[Finding]:
    attributes = boto3.client("sqs", **stack.connection).get_queue_attributes(
        QueueUrl=stack.output("DeadLetterQueueUrl"),
        AttributeNames=["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
    )["Attributes"]
    waiting = sum(int(each) for each in attributes.values())
    if waiting:
        yield look(f"dead letters: {waiting}", "bedboard alerts dead-letters list")
    else:
        yield ok("dead letters: none")


def functions(stack: Target, now: datetime) -> Iterator[Finding]:
    lambdas = boto3.client("lambda", **stack.connection)
    metrics = boto3.client("cloudwatch", **stack.connection)
    for logical, name in sorted(stack.resources("AWS::Lambda::Function").items()):
        found = lambdas.get_function_configuration(FunctionName=name)
        if found.get("State", "Active") not in {"Active", "Inactive"}:
            why = found.get("StateReason", "")
            yield broken(f"function {logical}: {found['State']} {why}", "deploy again")
            continue
        if found.get("LastUpdateStatus") == "Failed":
            why = found.get("LastUpdateStatusReason", "")
            yield broken(f"function {logical}: its last update failed: {why}", "deploy again")
            continue
        points = metrics.get_metric_statistics(
            Namespace="AWS/Lambda",
            MetricName="Errors",
            Dimensions=[{"Name": "FunctionName", "Value": name}],
            StartTime=now - _ERRORS_WITHIN,
            EndTime=now,
            Period=3600,
            Statistics=["Sum"],
        )["Datapoints"]
        errors = int(sum(each["Sum"] for each in points))
        log = found.get("LoggingConfig", {}).get("LogGroup") or f"/aws/lambda/{name}"
        if errors:
            yield look(f"function {logical}: {errors} errors in 24 hours", f"read its log {log}")
        else:
            yield ok(f"function {logical}: no errors in 24 hours; its log is {log}")


def import_bucket(stack: Target, _: datetime) -> Iterator[Finding]:
    s3, bucket = boto3.client("s3", **stack.connection), stack.output("ImportBucket")
    try:
        block: Any = s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"]
    except s3.exceptions.ClientError as error:
        if error.response["Error"]["Code"] != "NoSuchPublicAccessBlockConfiguration":
            raise
        block = {}
    if len(block) == 4 and all(block.values()):
        yield ok("import bucket: private")
    else:
        yield broken("import bucket: not closed to the public", "deploy again, and ask who did it")


def clock(stack: Target, now: datetime) -> Iterator[Finding]:
    answer = stack.table.client.describe_table(TableName=stack.output("TableName"))
    told = answer["ResponseMetadata"]["HTTPHeaders"].get("date")
    if told is None:
        return
    # Against the clock as it is now: other checks took their time.
    skew = abs(datetime.now(UTC) - parsedate_to_datetime(told))
    if skew > MOST_SKEW and abs(now - parsedate_to_datetime(told)) > MOST_SKEW:
        seconds = int(skew.total_seconds())
        yield look(f"this machine's clock is {seconds} s off", "switch its time synchronisation on")
    else:
        yield ok("this machine's clock is right")


def alarms(stack: Target, _: datetime) -> Iterator[Finding]:
    names = list(stack.resources("AWS::CloudWatch::Alarm").values())
    if not names:
        yield look("alarms: this stack has none", "deploy it with a version that watches")
        return
    watch = boto3.client("cloudwatch", **stack.connection)
    found = [
        alarm
        for start in range(0, len(names), 100)
        for alarm in watch.describe_alarms(AlarmNames=names[start : start + 100])["MetricAlarms"]
    ]
    for each in found:
        if each.get("StateValue") == "ALARM":
            told = each.get("AlarmDescription") or "see docs/running.md"
            yield look(f"alarm {each['AlarmName']}", told)
    states = Counter(each.get("StateValue", "?") for each in found)
    if not states["ALARM"]:
        yield ok(f"alarms: none of {len(found)} is raised")
    yield from _who_is_told(stack, {arn for each in found for arn in each.get("AlarmActions", [])})


def _who_is_told(stack: Target, topics: set[str]) -> Iterator[Finding]:
    sns = boto3.client("sns", **stack.connection)
    for arn in sorted(each for each in topics if ":sns:" in each):
        members = sns.list_subscriptions_by_topic(TopicArn=arn)["Subscriptions"]
        confirmed = [each for each in members if each["SubscriptionArn"].startswith("arn:")]
        if not members:
            yield look("alarms: nobody is told of them", "set the alarm e-mail, and deploy")
        elif len(confirmed) < len(members):
            yield look(
                f"alarms: {len(members) - len(confirmed)} of {len(members)} addresses unconfirmed",
                "open the confirmation e-mail from AWS (look in junk mail)",
            )
        else:
            yield ok(f"alarms: {len(members)} confirmed address{'es' * (len(members) > 1)}")
    if not topics:
        yield look("alarms: nobody is told of them", "set the alarm e-mail, and deploy")
