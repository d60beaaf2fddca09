"""The functions of a local stack as Lambda knows them."""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import boto3

from cli.prove.numbers import set_environment
from local.emulator.stack import LocalStack

if TYPE_CHECKING:
    from types_boto3_lambda import LambdaClient


def configuration(stack: LocalStack, function: str) -> dict[str, Any]:
    """Return Lambda's configuration of the stack's function in this folder.

    An emulator may hold the stacks of several councils: each function names its council's table.
    """
    functions = boto3.client("lambda", **stack.connection).get_paginator("list_functions")
    (found,) = (
        each
        for page in functions.paginate()
        for each in page["Functions"]
        if each["Handler"] == f"{function}.handler.handler"
        and each["Environment"]["Variables"].get("TABLE_NAME") in {None, stack.table_name}
    )
    return dict(found)


def start_anew(stack: LocalStack, function: str) -> None:
    """End the instances of a function, with what they have in memory, as a deployment does."""
    found = configuration(stack, function)
    variables = {**found["Environment"]["Variables"], "STARTED_ANEW": str(uuid4())}
    lambdas: LambdaClient = boto3.client("lambda", **stack.connection)
    set_environment(lambdas, found["FunctionName"], variables)
