"""Weigh every AWS call of this process: whether it is valid, and its function may make it.

Botocore's own entry is replaced, so that it holds for every client, whoever created it.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any, Final, NamedTuple

import botocore.client
import botocore.signers
from botocore.validate import ParamValidator

from tests.support.permissions.aws_calls import Question, UnknownCallError, questions
from tests.support.permissions.policies import ROOT, Permission, Policy, policies

FUNCTIONS: Final = ROOT / "functions"
PUBLISHER: Final = ROOT / "infra" / "site" / "publisher"
TESTS: Final = ROOT / "tests"

_SHARED: Final = "shared"
_TESTS: Final = "tests"


class Verdict(NamedTuple):
    """IAM's answer to a question."""

    is_allowed: bool
    needed: frozenset[Permission]
    """The permissions without which the answer would be no."""


class Weighing:
    """What was found in the calls of this process."""

    def __init__(self, policies: Callable[[], Mapping[str, Policy]] = policies) -> None:
        self._policies = policies
        self._faults: dict[str, None] = {}
        self._weighed: dict[tuple[str, Question], Verdict] = {}

    def call(self, client: Any, operation: str, parameters: Mapping[str, Any]) -> None:
        """Weigh a call that a client is about to make."""
        model = client.meta.service_model
        shape = model.operation_model(operation).input_shape
        if shape is not None:
            report = ParamValidator().validate(parameters, shape)
            if report.has_errors():
                self._add(f"{model.service_name}:{operation}: {report.generate_report()}")
        function = calling_function(sys._getframe(1))
        if function:
            self.weigh(function, model.service_name, operation, parameters)

    def weigh(
        self, function: str, service: str, operation: str, parameters: Mapping[str, Any]
    ) -> None:
        """Note whether the function's role may make this call, and which permissions it needs."""
        try:
            asked = questions(service, operation, parameters)
        except UnknownCallError as error:
            self._add(f"{function} calls {error}")
            return
        policy = self._policies()[function]
        for question in asked:
            if (function, question) not in self._weighed:
                self._weighed[function, question] = Verdict(
                    policy.allows(question), frozenset(policy.needed_for(question))
                )
            if not self._weighed[function, question].is_allowed:
                self._add(f"{function} may not call {question}: see infra/grants.py")

    def _add(self, fault: str) -> None:
        self._faults[fault] = None

    def take_faults(self) -> list[str]:
        """Return what was found wrong since the last time."""
        faults, self._faults = list(self._faults), {}
        return faults

    def needed(self) -> Iterator[tuple[str, Permission]]:
        """Yield each function's permissions without which one of its calls would be refused."""
        for (function, _), verdict in self._weighed.items():
            for permission in verdict.needed:
                yield function, permission


def calling_function(frame: FrameType | None) -> str | None:
    """Return the function whose code makes this call, or None for a call of a test.

    A test that runs the shared code by itself stands between that and the function whose call it
    interrupts; a stand-in for a client only passes a call on.
    """
    through_shared_code = False
    while frame is not None:
        owner = _owner(frame.f_code.co_filename)
        if owner == _SHARED:
            through_shared_code = True
        elif owner == _TESTS:
            if through_shared_code:
                return None
        elif owner:
            return owner
        frame = frame.f_back
    return None


@cache
def _owner(file_name: str) -> str | None:
    """Return the function, the shared code or the tests to which a source file belongs."""
    file = Path(file_name)
    if file.is_relative_to(FUNCTIONS):
        return file.relative_to(FUNCTIONS).parts[0]
    if file.is_relative_to(PUBLISHER):
        return PUBLISHER.name
    return _TESTS if file.is_relative_to(TESTS) else None


def install(weighing: Weighing) -> None:
    """Have every client of this process weigh its calls first, and the forms that it signs."""
    make_api_call = botocore.client.BaseClient._make_api_call  # type: ignore[attr-defined]  # botocore has no public name for it
    generate_presigned_post = botocore.signers.generate_presigned_post

    def weighed_call(self: Any, operation_name: str, api_params: Any) -> Any:
        weighing.call(self, operation_name, api_params)
        return make_api_call(self, operation_name, api_params)

    def weighed_post(self: Any, Bucket: str, Key: str, *rest: Any, **options: Any) -> Any:  # noqa: N803 - boto3's names
        weighing.call(self, "PutObject", {"Bucket": Bucket, "Key": Key})
        return generate_presigned_post(self, Bucket, Key, *rest, **options)

    botocore.client.BaseClient._make_api_call = weighed_call  # type: ignore[attr-defined]  # botocore has no public name for it
    botocore.signers.generate_presigned_post = weighed_post
