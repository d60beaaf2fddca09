"""Keep events as AWS really sends them, for `bedboard prove --record`."""

import json
import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, Final

from botocore.exceptions import ClientError

from cli import stream_mapping
from cli.prove.probe import Probe
from cli.prove.proof import MARK, Proof
from shared.store import keys

_EVENT_WITHIN_SECONDS: Final = 30
_SHARD_PAGES: Final = 20


class Uploads:
    """A rule that sends the bucket's events to a queue, as long as the proof runs."""

    def __init__(self, proof: Proof) -> None:
        events, sqs = proof.stack.client("events"), proof.stack.client("sqs")
        name = f"{MARK}-{proof.run_id}-uploads"
        proof.cleanup.add("the queue of uploads", lambda: delete_queue(proof, name))
        self._sqs, self._url = sqs, sqs.create_queue(QueueName=name)["QueueUrl"]
        attributes = sqs.get_queue_attributes(QueueUrl=self._url, AttributeNames=["QueueArn"])
        arn = attributes["Attributes"]["QueueArn"]
        pattern = {
            "source": ["aws.s3"],
            "detail-type": ["Object Created"],
            "detail": {"bucket": {"name": [proof.stack.output("ImportBucket")]}},
        }
        proof.cleanup.add("the rule of uploads", lambda: delete_rule(proof, name))
        rule = events.put_rule(Name=name, EventPattern=json.dumps(pattern))["RuleArn"]
        statement = {
            "Effect": "Allow",
            "Principal": {"Service": "events.amazonaws.com"},
            "Action": "sqs:SendMessage",
            "Resource": arn,
            "Condition": {"ArnEquals": {"aws:SourceArn": rule}},
        }
        policy = {"Version": "2012-10-17", "Statement": [statement]}
        sqs.set_queue_attributes(QueueUrl=self._url, Attributes={"Policy": json.dumps(policy)})
        events.put_targets(Rule=name, Targets=[{"Id": "queue", "Arn": arn}])

    def next(self) -> dict[str, Any] | None:
        """Return the next event; None if none comes in time."""
        deadline = time.monotonic() + _EVENT_WITHIN_SECONDS
        while time.monotonic() < deadline:
            received = self._sqs.receive_message(QueueUrl=self._url, WaitTimeSeconds=5)
            for message in received.get("Messages", []):
                event: dict[str, Any] = json.loads(message["Body"])
                return event
        return None


def watch_uploads(proof: Proof) -> Uploads:
    """Begin to watch what is put into the import bucket."""
    return Uploads(proof)


def keep_upload_event(proof: Proof, uploads: Uploads) -> None:
    """Keep EventBridge's event of the uploaded directory."""
    event = uploads.next()
    claim = "EventBridge's event of an upload is kept"
    if event is None:
        proof.ledger.unseen(claim, "no event came")
    else:
        proof.keep_event("eventbridge_object_created", event)
        proof.ledger.check(claim, True)


def keep_api_events(proof: Proof) -> None:
    """Keep API Gateway's event of a request with a token, by a route that exists for a moment."""
    claim = "API Gateway's event of a request is kept"
    probe = Probe.of(proof)
    event = probe.event_of(probe.behind_route(), f"team:{proof.team}")
    if event is None:
        proof.ledger.unseen(claim, "the route did not come to life")
    else:
        proof.keep_event("http_api_request", event)
        proof.ledger.check(claim, "jwt" in event["requestContext"].get("authorizer", {}))


def keep_stream_record(proof: Proof) -> None:
    """Keep the stream's record of the change of the test home."""
    claim = "the stream's record of a change is kept"
    stream = stream_mapping.stream_arn(proof.stack, proof.stack.output("TableName"))
    record = _newest_record(proof, stream) if stream and proof.home else None
    if record is None:
        proof.ledger.unseen(claim, "the stream has no record of the test home")
        return
    # boto3 reads a number of seconds as a time; the function gets the number.
    at = record["dynamodb"].get("ApproximateCreationDateTime")
    if isinstance(at, datetime):
        record["dynamodb"]["ApproximateCreationDateTime"] = at.astimezone(UTC).timestamp()
    proof.keep_event("dynamodb_stream_record", {**record, "eventSourceARN": stream})
    proof.ledger.check(claim, True)


def _newest_record(proof: Proof, stream: str) -> dict[str, Any] | None:
    client = proof.stack.client("dynamodbstreams")
    shards = client.describe_stream(StreamArn=stream)["StreamDescription"]["Shards"]
    home_id = (proof.home or {}).get("location_id")
    found: dict[str, Any] | None = None
    for shard in shards:
        iterator = client.get_shard_iterator(
            StreamArn=stream, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
        ).get("ShardIterator")
        for _ in range(_SHARD_PAGES):
            if iterator is None:
                break
            page = client.get_records(ShardIterator=iterator)
            for record in page["Records"]:
                image = record["dynamodb"].get("NewImage", {})
                if image.get(keys.OF_HOME, {}).get("S") == home_id:
                    found = record
            iterator = page.get("NextShardIterator")
            if not page["Records"]:
                break
    return found


def keep_errors(proof: Proof) -> None:
    """Keep how AWS says that a condition failed, and that a topic or a person is not there."""
    stack, table = proof.stack, proof.stack.table
    nobody = {keys.PARTITION: {"S": f"{MARK}#{proof.run_id}"}, keys.SORT: {"S": "-"}}
    check: Any = {
        "ConditionCheck": {
            "TableName": table.name,
            "Key": nobody,
            "ConditionExpression": f"attribute_exists({keys.PARTITION})",
        }
    }
    topic = f"{stack.output('TeamTopicPrefix')}{MARK}-nobody"
    attempts: dict[str, Any] = {
        "error_transaction_cancelled": lambda: table.client.transact_write_items(
            TransactItems=[check]
        ),
        "error_topic_not_found": lambda: stack.client("sns").get_topic_attributes(TopicArn=topic),
    }
    pool = stack.user_pool
    if pool is not None:
        attempts["error_user_not_found"] = lambda: pool.client.admin_get_user(
            UserPoolId=pool.pool_id, Username=f"nobody@{MARK}.invalid"
        )
    for name, attempt in attempts.items():
        try:
            attempt()
        except ClientError as error:
            answer: Any = error.response
            kept = {each: answer[each] for each in answer if each != "ResponseMetadata"}
            status = answer["ResponseMetadata"]["HTTPStatusCode"]
            proof.keep_event(name, {**kept, "HTTPStatusCode": status})
    proof.ledger.check("AWS's errors are kept", set(attempts) <= set(proof.events), len(attempts))


def delete_queue(proof: Proof, name: str) -> None:
    """Delete the queue of uploads, if it is there."""
    sqs = proof.stack.client("sqs")
    for url in sqs.list_queues(QueueNamePrefix=name).get("QueueUrls", []):
        sqs.delete_queue(QueueUrl=url)


def delete_rule(proof: Proof, name: str) -> None:
    """Delete a rule with its target, if it is there."""
    delete_rules(proof.stack.client("events"), name)


def delete_rules(events: Any, prefix: str) -> None:  # noqa: ANN401 - it has no stubs here
    """Delete the rules whose names begin like this, with their targets."""
    for rule in events.list_rules(NamePrefix=prefix)["Rules"]:
        with suppress(events.exceptions.ResourceNotFoundException):
            events.remove_targets(Rule=rule["Name"], Ids=["queue"])
        events.delete_rule(Name=rule["Name"])
