"""An emulated account that is empty, for tests of what services send and may do."""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import boto3
import pytest

from local.emulator import process
from local.emulator.deploy import ACCOUNT, Connection, connection_to
from tests.support.patience import PATIENCE_SECONDS, eventually

REGION = "eu-west-2"
CODE = """
import json, os, boto3

def handler(event, context):
    boto3.client("sqs").send_message(QueueUrl=os.environ["SEEN"], MessageBody=json.dumps(event))
    if event == {"fail": True}:
        raise ValueError("as requested")
    return event
"""


def arn(service: str, resource: str) -> str:
    return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{resource}"


@dataclass
class Account:
    """An emulated account with nothing in it but what a test makes."""

    connection: Connection
    log: Path

    def client(self, service: Any) -> Any:
        return boto3.client(service, **self.connection)

    def queue(self, name: str) -> str:
        url: str = self.client("sqs").create_queue(QueueName=name)["QueueUrl"]
        return url

    def role(self, name: str, service: str = "lambda") -> str:
        """Create a role that the service may assume and that may do nothing."""
        trust = {
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"Service": f"{service}.amazonaws.com"},
                    "Action": "sts:AssumeRole",
                }
            ]
        }
        role: str = self.client("iam").create_role(
            RoleName=name, AssumeRolePolicyDocument=json.dumps(trust)
        )["Role"]["Arn"]
        return role

    def allow(self, role: str, name: str, actions: list[str], resource: str) -> None:
        """Let the role take the actions on the resource."""
        statement = {"Effect": "Allow", "Action": actions, "Resource": resource}
        self.client("iam").put_role_policy(
            RoleName=role, PolicyName=name, PolicyDocument=json.dumps({"Statement": [statement]})
        )

    def function(self, name: str) -> str:
        """Create a function that sends every event to the queue of its own name."""
        packed = io.BytesIO()
        with ZipFile(packed, "w") as archive:
            archive.writestr("code.py", CODE)
        role, queue = self.role(name), self.queue(name)
        self.allow(name, "seen", ["sqs:SendMessage"], arn("sqs", name))
        created = self.client("lambda").create_function(
            FunctionName=name,
            Runtime="python3.14",
            Role=role,
            Handler="code.handler",
            Code={"ZipFile": packed.getvalue()},
            Environment={"Variables": {"SEEN": queue}},
        )
        function: str = created["FunctionArn"]
        return function

    def permit(self, function: str, service: str, source_arn: str) -> None:
        """Let the service invoke the function for the source."""
        self.client("lambda").add_permission(
            FunctionName=function,
            StatementId=service,
            Action="lambda:InvokeFunction",
            Principal=f"{service}.amazonaws.com",
            SourceArn=source_arn,
        )

    def was_refused(self, *named: str) -> bool:
        """Wait for the line of the log that says so."""

        def logged() -> bool:
            lines = self.log.read_text("utf-8", errors="replace").splitlines()
            return any("is not permitted" in x and all(n in x for n in named) for x in lines)

        return eventually(logged)

    def seen(self, name: str) -> Any:
        """Wait for the event that the function of this name was invoked with."""
        sqs, url = self.client("sqs"), self.queue(name)
        for _ in range(PATIENCE_SECONDS // 20):
            for each in sqs.receive_message(QueueUrl=url, WaitTimeSeconds=20).get("Messages", []):
                sqs.delete_message(QueueUrl=url, ReceiptHandle=each["ReceiptHandle"])
                return json.loads(each["Body"])
        pytest.fail(f"{name} was not invoked")

    def is_unseen(self, name: str) -> bool:
        """Return whether the function of this name was not invoked so far."""
        received = self.client("sqs").receive_message(QueueUrl=self.queue(name))
        return "Messages" not in received


@contextmanager
def empty_account(folder: Path) -> Iterator[Account]:
    """Run an emulator in the folder while the block runs."""
    emulator = process.start(folder, region=REGION, outlive=False)
    try:
        yield Account(connection_to(emulator.endpoint_url, REGION), folder / process.LOG)
    finally:
        process.stop(folder)
