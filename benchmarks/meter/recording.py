"""Notes every request that a handler sends to AWS, what the emulator says of it, what AWS would."""

import gc
import json
import re
import resource
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import boto3
from botocore.client import BaseClient
from botocore.hooks import BaseEventHooks

from benchmarks.meter.capacity import Rules, Units
from shared.store import keys

Json = dict[str, Any]

LINE_BYTES: Final = 26
"""That CloudWatch Logs counts for each line beside its text."""

_NAMES = re.compile(r"[#:][A-Za-z_]+")


class Recorder:
    """Hooked into the clients that the handlers made; off between calls."""

    def __init__(self) -> None:
        self._rules = Rules(keys.PARTITION, keys.SORT, (keys.OF_HOME,))
        self._plain = boto3.session.Session().client("dynamodb")
        self._on = False
        self._sent: list[tuple[str, str, Json, Json]] = []

    def hook(self, events: BaseEventHooks) -> None:
        """See what is sent and answered from now on, and have DynamoDB say what it took."""
        # botocore-stubs know no handler that answers; this event asks for one.
        events.register("provide-client-params.*", self._before)  # type: ignore[arg-type]
        events.register("before-parameter-build.*", self._asked)
        events.register("after-call.*", self._answered)

    def begin(self) -> None:
        self._sent, self._on = [], True

    def peak_mb(self) -> float:
        """The most memory that this process held so far."""
        try:
            status = Path("/proc/self/status").read_text(encoding="ascii")
        except FileNotFoundError:  # no Linux: what the starter held is in it, too
            return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024)
        (line,) = (each for each in status.splitlines() if each.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024

    def end(self, answer: object, lines: Sequence[bytes]) -> Json:
        """What the call took, by the emulator and by the rules, sent back and printed."""
        self._on = False
        units, requests = Units(), Counter[str]()
        told = {"reads": 0.0, "writes": 0.0}
        for service, operation, asked, answered in self._sent:
            requests[f"{service}.{operation}"] += 1
            if service == "dynamodb":
                units.add(self._by_the_rules(operation, asked, answered))
                told["writes" if "Put" in operation or "Write" in operation else "reads"] += _told(
                    answered
                )
        return {
            "reads": units.reads,
            "writes": units.writes,
            "bytes_read": units.bytes_read,
            "told": told,
            "requests": dict(requests),
            **_answer(answer),
            "log_bytes": sum(len(line) + LINE_BYTES for line in lines),
            "metrics": sorted(_metrics(lines)),
            "texts": [len(each) for each in self._texts()],
            "entries": list(self._entries()),
        }

    def _before(self, params: Json, model: Any, **_: object) -> Json:  # noqa: ANN401 - botocore's
        takes = model.input_shape and "ReturnConsumedCapacity" in model.input_shape.members
        return {**params, "ReturnConsumedCapacity": "TOTAL"} if takes else params

    def _asked(self, params: Json, context: Json, **_: object) -> None:
        context["bedboard_asked"] = params

    def _answered(self, parsed: Json, model: Any, context: Json, **_: object) -> None:  # noqa: ANN401
        if self._on:
            service = model.service_model.service_name
            self._sent.append((service, model.name, context["bedboard_asked"], parsed))

    def _by_the_rules(self, operation: str, asked: Json, answered: Json) -> Units:
        match operation:
            case "PutItem":
                return self._rules.write([asked["Item"]], transaction=False)
            case "TransactWriteItems":
                return self._rules.write(_puts(asked), transaction=True)
            case "GetItem":
                consistent = asked.get("ConsistentRead", False)
                return self._rules.get(
                    [answered.get("Item")], transaction=False, consistent=consistent
                )
            case "TransactGetItems":
                found = [each.get("Item") for each in answered["Responses"]]
                return self._rules.get(found, transaction=True, consistent=True)
            case "Query":
                return self._rules.query(
                    self._looked_at(asked), consistent=asked.get("ConsistentRead", False)
                )
        raise ValueError(f"no rule here for what {operation} consumes")

    def _looked_at(self, asked: Json) -> list[Json]:
        """Every item of the page, whole: the same query without what leaves something out."""
        left_out = {"FilterExpression", "ProjectionExpression", "ReturnConsumedCapacity"}
        again = {name: value for name, value in asked.items() if name not in left_out}
        used = set(_NAMES.findall(again["KeyConditionExpression"]))
        for names in ("ExpressionAttributeNames", "ExpressionAttributeValues"):
            again[names] = {name: each for name, each in again[names].items() if name in used}
        found: list[Json] = self._plain.query(**again)["Items"]
        return found

    def _entries(self) -> Iterator[Json]:
        """What was added to the change log: what the stream would bring to notify."""
        for _, operation, asked, _ in self._sent:
            if operation == "TransactWriteItems":
                for item in _puts(asked):
                    if item[keys.PARTITION]["S"].startswith(keys.CHANGE_PREFIX):
                        yield item

    def _texts(self) -> Iterator[str]:
        for _, operation, asked, _ in self._sent:
            if operation == "Publish" and asked.get("MessageStructure") == "json":
                yield json.loads(asked["Message"]).get("sms", "")


def recorder() -> Recorder:
    """Hooked into every client that exists by now, and into those that are made later."""
    made = [each for each in gc.get_objects() if isinstance(each, BaseClient)]
    recorder = Recorder()
    for each in made:
        recorder.hook(each.meta.events)
    if boto3.DEFAULT_SESSION:
        recorder.hook(boto3.DEFAULT_SESSION.events)
    return recorder


def _puts(asked: Json) -> list[Json]:
    return [each["Put"]["Item"] for each in asked["TransactItems"]]


def _told(answered: Json) -> float:
    said = answered.get("ConsumedCapacity", [])
    units = [each["CapacityUnits"] for each in (said if isinstance(said, list) else [said])]
    return float(sum(units))


def _answer(answer: object) -> Json:
    if not isinstance(answer, dict) or "statusCode" not in answer:
        return {"status": 0, "response_bytes": 0, "answer": answer}
    body = answer.get("body") or ""
    size = len(body) * 3 // 4 if answer.get("isBase64Encoded") else len(body.encode())
    return {"status": answer["statusCode"], "response_bytes": size}


def _metrics(lines: Sequence[bytes]) -> Iterator[str]:
    """Each custom metric that was printed, with its dimensions."""
    for line in lines:
        if b'"_aws"' not in line:
            continue
        said = json.loads(line)
        for group in said["_aws"]["CloudWatchMetrics"]:
            for names in group["Dimensions"]:
                of = ",".join(f"{name}={said[name]}" for name in sorted(names))
                for metric in group["Metrics"]:
                    yield f"{group['Namespace']}/{metric['Name']}{{{of}}}"
