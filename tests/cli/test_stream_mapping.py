"""A new stream is mapped to notify with the settings of the mapping that was there."""

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from cli import stream_mapping, table_settings
from cli.target import Target

PER_MAPPING = {"UUID", "EventSourceArn", "EventSourceMappingArn", "StartingPosition"}


def settings(stack: Target, stream: str | None) -> dict[str, Any]:
    """Return the settings of a stream's mapping that are not its own alone."""
    assert stream
    mapping: Any = stream_mapping.find_mapping(stack, stream)
    return {
        name: value
        for name, value in mapping.items()
        if name not in PER_MAPPING and not name.startswith("Last")
    }


def test_a_new_stream_is_mapped_like_the_old_one(
    target: Target, copy_table: Callable[[], str]
) -> None:
    copy = copy_table()
    restored = replace(target, outputs={**target.outputs, "TableName": copy})
    assert stream_mapping.stream_arn(restored, copy) is None
    expected = table_settings.template_settings(target)
    table_settings.apply_settings(target.table.client, copy, expected)
    stream = stream_mapping.stream_arn(restored, copy)
    assert stream
    stream_mapping.create_mapping(restored, stream)
    mapping = stream_mapping.find_mapping(restored, stream)
    assert mapping
    try:
        stream_mapping.create_mapping(restored, stream)
        again = stream_mapping.find_mapping(restored, stream)
        assert again
        assert again["UUID"] == mapping["UUID"]
        old_stream = stream_mapping.stream_arn(target, target.output("TableName"))
        assert settings(restored, stream) == settings(target, old_stream)
    finally:
        target.client("lambda").delete_event_source_mapping(UUID=mapping["UUID"])


class Lambda:
    """A Lambda that refuses a mapping until the role's policy is known everywhere.

    AWS says: "Please ensure the role can perform the GetRecords ... Actions on your stream".
    """

    exceptions = SimpleNamespace(InvalidParameterValueException=KeyError)

    def __init__(self, refusals: int) -> None:
        self.refusals, self.requests = refusals, 0

    def create_event_source_mapping(self, **_: Any) -> None:
        self.requests += 1
        if self.requests <= self.refusals:
            raise KeyError


def test_the_mapping_is_tried_again_until_the_policy_is_known() -> None:
    lambdas: Any = Lambda(refusals=2)
    pauses: list[float] = []
    stream_mapping.create_like(lambdas, "notify", "arn/stream/2", {}, pause=pauses.append)
    assert lambdas.requests == 3
    assert pauses == [stream_mapping.PERMISSION_PAUSE_SECONDS] * 2


def test_a_refusal_that_lasts_is_an_error() -> None:
    lambdas: Any = Lambda(refusals=1000)
    with pytest.raises(KeyError):
        stream_mapping.create_like(lambdas, "notify", "arn", {}, pause=lambda _: None)
    assert lambdas.requests == stream_mapping.PERMISSION_TRIES
