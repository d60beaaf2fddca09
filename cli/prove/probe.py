"""A small function that runs for a moment as the stack's own do, and tells what it finds there.

It has the role, the layer and the runtime of `search`, and is deleted again at the end. Behind a
route of its own it answers with the event that API Gateway sent.
"""

import io
import json
import time
import zipfile
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import ClientError

from cli.prove.proof import MARK, Proof
from cli.target import Target

if TYPE_CHECKING:
    from types_boto3_lambda import LambdaClient

_CODE: Final = """
import json, os, platform, sys
import boto3, botocore, pydantic


def handler(event, context):
    if "requestContext" in event:
        return {
            "statusCode": 200,
            "headers": {"Content-Type": "application/json", "Cache-Control": "no-store"},
            "body": json.dumps(event),
        }
    return {
        "python": sys.version.split()[0],
        "machine": platform.machine(),
        "boto3": boto3.__version__,
        "botocore": botocore.__version__,
        "layer": pydantic.__file__,
        "byte code": os.path.exists(pydantic.__cached__ or ""),
    }
"""
_TRIES: Final = 30
_PAUSE_SECONDS: Final = 1.0


class Probe:
    """The function of one proof."""

    def __init__(self, proof: Proof) -> None:
        """Create it beside the stack's own functions."""
        self._proof = proof
        self._lambdas: LambdaClient = proof.stack.client("lambda")
        self.name = f"{MARK}-{proof.run_id}"
        search = function_of(proof.stack, "Search")
        model: Any = self._lambdas.get_function_configuration(FunctionName=search)
        proof.cleanup.add("the probing function", lambda: delete_probes(proof.stack))
        created = self._lambdas.create_function(
            FunctionName=self.name,
            Runtime=model["Runtime"],
            Architectures=model.get("Architectures", ["arm64"]),
            Role=model["Role"],
            Layers=[layer["Arn"] for layer in model.get("Layers", [])],
            Handler="probe.handler",
            Code={"ZipFile": _zipped()},
            Timeout=20,
            MemorySize=512,
            Description="A test of bedboard prove; it may be deleted",
        )
        self.arn = created["FunctionArn"]
        waiter = self._lambdas.get_waiter("function_active_v2")
        waiter.wait(FunctionName=self.name, WaiterConfig={"Delay": 1, "MaxAttempts": 60})

    @classmethod
    def of(cls, proof: Proof) -> "Probe":
        """Return the function of a proof, which is created the first time."""
        found = proof.parts.get(cls.__name__)
        if not isinstance(found, Probe):
            found = proof.parts[cls.__name__] = cls(proof)
        return found

    def invoke(self) -> dict[str, Any]:
        """Return what the function finds where it runs."""
        response = self._lambdas.invoke(FunctionName=self.name, Payload=b"{}")
        found: dict[str, Any] = json.loads(response["Payload"].read())
        return found

    def behind_route(self) -> str:
        """Give the function a route of the API, with its authorizer, and return the path."""
        proof, path = self._proof, f"/{self.name}"
        gateway = proof.stack.client("apigatewayv2")
        api = proof.stack.output("ApiId")
        authorizer = next(
            route["AuthorizerId"]
            for page in gateway.get_paginator("get_routes").paginate(ApiId=api)
            for route in page["Items"]
            if route.get("AuthorizerId")
        )
        proof.cleanup.add("the probing route", lambda: delete_probe_routes(proof.stack))
        self._lambdas.add_permission(
            FunctionName=self.name,
            StatementId="api",
            Action="lambda:InvokeFunction",
            Principal="apigateway.amazonaws.com",
            SourceArn=f"arn:aws:execute-api:{proof.region}:{proof.account_id}:{api}/*/*/{self.name}/*",
        )
        integration = gateway.create_integration(
            ApiId=api,
            IntegrationType="AWS_PROXY",
            IntegrationUri=self.arn,
            PayloadFormatVersion="2.0",
            Description=MARK,
        )["IntegrationId"]
        gateway.create_route(
            ApiId=api,
            RouteKey=f"ANY {path}/{{item}}",
            Target=f"integrations/{integration}",
            AuthorizationType="JWT",
            AuthorizerId=authorizer,
        )
        return path

    def event_of(self, path: str, role: str) -> dict[str, Any] | None:
        """Return the event of a request with a path parameter, a query, headers and a body."""
        for _ in range(_TRIES):
            response = self._proof.caller.send(
                role,
                "PUT",
                f"{path}/1-1000587219?near=EX2+5DW&limit=5",
                body={"beds": {}},
                headers={"If-Match": '"7"', "Idempotency-Key": "one-tap-of-a-carer"},
            )
            if response.is_success:
                event: dict[str, Any] = response.json()
                return event
            time.sleep(_PAUSE_SECONDS)  # A new route takes seconds to be known everywhere.
        return None


def function_of(stack: Target, logical_name: str) -> str:
    """Return the name of a function by the beginning of its logical id, such as `Search`."""
    functions = stack.resources("AWS::Lambda::Function")
    return next(name for id_, name in functions.items() if id_.startswith(logical_name))


def delete_probes(stack: Target) -> None:
    """Delete every probing function, and its log."""
    lambdas, logs = stack.client("lambda"), stack.client("logs")
    names = [
        function["FunctionName"]
        for page in lambdas.get_paginator("list_functions").paginate()
        for function in page["Functions"]
        if function["FunctionName"].startswith(f"{MARK}-")
    ]
    for name in names:
        lambdas.delete_function(FunctionName=name)
        try:
            logs.delete_log_group(logGroupName=f"/aws/lambda/{name}")
        except ClientError as error:
            if error.response["Error"]["Code"] != "ResourceNotFoundException":
                raise
    delete_probe_routes(stack)


def delete_probe_routes(stack: Target) -> None:
    """Delete every probing route with its integration."""
    gateway, api = stack.client("apigatewayv2"), stack.outputs.get("ApiId")
    if not api:
        return
    for page in gateway.get_paginator("get_routes").paginate(ApiId=api):
        for route in page["Items"]:
            if f"/{MARK}-" in route["RouteKey"]:
                gateway.delete_route(ApiId=api, RouteId=route["RouteId"])
    for page in gateway.get_paginator("get_integrations").paginate(ApiId=api):
        for integration in page["Items"]:
            if integration.get("Description") == MARK:
                gateway.delete_integration(ApiId=api, IntegrationId=integration["IntegrationId"])


def _zipped() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        info = zipfile.ZipInfo("probe.py")
        info.external_attr = 0o644 << 16
        archive.writestr(info, _CODE)
    return content.getvalue()
