"""The DynamoDB capacity that recorded calls consumed, by AWS's rules and by the emulator."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import boto3

from benchmarks.meter.capacity import Rules, Units
from benchmarks.meter.traffic import Call
from shared.store import keys

Json = dict[str, Any]

_NAMES = re.compile(r"[#:][A-Za-z_]+")


@dataclass(slots=True)
class Consumed:
    """Capacity units of some calls: by AWS's rules, and as the emulator reported them."""

    by_rules: Units = field(default_factory=Units)
    emulator_reads: float = 0
    emulator_writes: float = 0


class CapacityMeter:
    """Counts capacity units of this process's calls, and remembers the sizes of items."""

    def __init__(self) -> None:
        self._rules = Rules(keys.PARTITION, keys.SORT, (keys.OF_HOME,))
        self._client = boto3.session.Session().client("dynamodb")

    def consumed(self, calls: Sequence[Call]) -> Consumed:
        """Count what these calls consumed. Raises ValueError for an operation without a rule."""
        consumed = Consumed()
        for call in calls:
            if call.service != "dynamodb":
                continue
            consumed.by_rules.add(self._by_rules(call))
            units = _reported_units(call.response)
            if "Put" in call.operation or "Write" in call.operation:
                consumed.emulator_writes += units
            else:
                consumed.emulator_reads += units
        return consumed

    def _by_rules(self, call: Call) -> Units:
        parameters, response = call.parameters, call.response
        consistent = parameters.get("ConsistentRead", False)
        match call.operation:
            case "PutItem":
                return self._rules.write([parameters["Item"]], transaction=False)
            case "TransactWriteItems":
                items = [each["Put"]["Item"] for each in parameters["TransactItems"]]
                return self._rules.write(items, transaction=True)
            case "GetItem":
                item = response.get("Item")
                return self._rules.get([item], transaction=False, consistent=consistent)
            case "TransactGetItems":
                items = [each.get("Item") for each in response["Responses"]]
                return self._rules.get(items, transaction=True, consistent=True)
            case "Query":
                return self._rules.query(self._whole_page(parameters), consistent=consistent)
        raise ValueError(f"no rule here for the capacity that {call.operation} consumes")

    def _whole_page(self, parameters: Json) -> list[Json]:
        """Query the page again without filter and projection: AWS bills what they leave out."""
        left_out = {"FilterExpression", "ProjectionExpression", "ReturnConsumedCapacity"}
        query = {name: value for name, value in parameters.items() if name not in left_out}
        used = set(_NAMES.findall(query["KeyConditionExpression"]))
        for names in ("ExpressionAttributeNames", "ExpressionAttributeValues"):
            if names in query:
                query[names] = {name: each for name, each in query[names].items() if name in used}
        items: list[Json] = self._client.query(**query)["Items"]
        return items


def _reported_units(response: Json) -> float:
    reports = response.get("ConsumedCapacity", [])
    reports = reports if isinstance(reports, list) else [reports]
    return float(sum(each["CapacityUnits"] for each in reports))
