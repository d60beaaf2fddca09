"""The policies of every function, as the template gives them, for tests that run no CDK.

Synthesising takes seconds, so the result is kept until a file changes that it was made from.
"""

import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, NamedTuple

from ministack.core import iam_evaluator

from tests.support.permissions.account import ACCOUNT, REGION
from tests.support.permissions.aws_calls import Question

ROOT: Final = Path(__file__).parents[3]
CACHE: Final = ROOT / "build" / "policies.json"

Statement = Mapping[str, Any]


class Permission(NamedTuple):
    """The smallest thing that can be taken away: one action, resource and partition."""

    action: str
    resource: str
    condition: tuple[str, str, str] | None = None
    """Operator, condition key and value."""
    is_exception: bool = False
    """Whether the resource is the only one that the permission is not for."""

    def __str__(self) -> str:
        on = "on all but" if self.is_exception else "on"
        return " ".join([self.action, on, self.resource, *(self.condition or ())[2:]])

    def to_statement(self) -> Statement:
        """Return the statement that gives this permission alone."""
        element = "NotResource" if self.is_exception else "Resource"
        statement = {"Effect": "Allow", "Action": self.action, element: self.resource}
        if self.condition is None:
            return statement
        operator, key, value = self.condition
        return {**statement, "Condition": {operator: {key: [value]}}}


class Policy:
    """The statements of one function's role."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._parsed = _parse(statements)
        self.permissions = frozenset(
            permission
            for statement in statements
            if statement["Effect"] == "Allow"
            for permission in _permissions(statement)
        )
        self._parsed_alone = {each: _parse([each.to_statement()]) for each in self.permissions}

    def allows(self, question: Question) -> bool:
        """Tell whether IAM answers the question with yes."""
        return _is_allowed(self._parsed, question)

    def needed_for(self, question: Question) -> Iterator[Permission]:
        """Yield each permission without which IAM would say no.

        A question about several partitions needs one for each of them.
        """
        for partition in question.leading_keys or [None]:
            asked = replace(question, leading_keys=(partition,)) if partition else question
            allowing = [
                permission
                for permission, parsed in self._parsed_alone.items()
                if _is_allowed(parsed, asked)
            ]
            if len(allowing) == 1:
                yield from allowing


def _permissions(statement: Statement) -> Iterator[Permission]:
    conditions: list[tuple[str, str, str] | None] = [
        (operator, key, value)
        for operator, keys in statement.get("Condition", {}).items()
        for key, values in keys.items()
        for value in _as_list(values)
    ] or [None]
    is_exception = "NotResource" in statement
    resources = _as_list(statement["NotResource" if is_exception else "Resource"])
    for action in _as_list(statement["Action"]):
        for resource in resources:
            for condition in conditions:
                yield Permission(action, resource, condition, is_exception)


def _parse(statements: Sequence[Statement]) -> Any:
    return iam_evaluator.parse_policy_document({"Statement": list(statements)})


def _is_allowed(parsed: Any, question: Question) -> bool:
    """Tell whether IAM answers the question with yes, as the emulator evaluates policies."""
    context = iam_evaluator.EvalContext(
        principal_arn=f"arn:aws:sts::{ACCOUNT}:assumed-role/function/function",
        principal_type="AssumedRole",
        principal_account=ACCOUNT,
        action=question.action,
        resource_arn=question.resource,
        region=REGION,
        service_context={name.lower(): value for name, value in question.conditions.items()},
    )
    decision: str = iam_evaluator.evaluate(context, [parsed]).decision
    return decision == "Allow"


@cache
def policies() -> dict[str, Policy]:
    """Return the policy of each function, by the name of its folder."""
    return {name: Policy(statements) for name, statements in _read().items()}


def _read() -> dict[str, list[Statement]]:
    CACHE.parent.mkdir(exist_ok=True)
    with CACHE.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept = _kept()
        if kept is None:
            unfinished = CACHE.with_suffix(".new")
            subprocess.run(
                [sys.executable, "-m", "tests.support.permissions.synthesise", str(unfinished)],
                cwd=ROOT,
                env={
                    **os.environ,
                    "PYTHONPATH": f"{ROOT / 'functions'}{os.pathsep}{ROOT}",
                    # In six seconds it would check what tests/infra checks of every template.
                    "CDK_VALIDATION": "false",
                },
                check=True,
            )
            unfinished.rename(CACHE)
            kept = _kept()
        assert kept is not None
        return kept


def _kept() -> dict[str, list[Statement]] | None:
    """Return the policies that are kept, unless what they were made from has changed."""
    try:
        kept = json.loads(CACHE.read_text())
        if any(digest(ROOT / name) != known for name, known in kept["sources"].items()):
            return None
    except FileNotFoundError:
        return None
    policies: dict[str, list[Statement]] = kept["policies"]
    return policies


def digest(file: Path) -> str:
    """Return what tells one content of a file from another."""
    return sha256(file.read_bytes()).hexdigest()


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
