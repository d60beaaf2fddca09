"""Checks of what `make deploy` itself needs: who deploys, with what, over what is there already."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from cli.preflight.account import Account, stacks_in
from cli.preflight.finding import Finding, advice, fix, ok, unseen

BOOTSTRAP_VERSION: Final = 8
"""The oldest version of the CDK's bootstrap that takes the stacks' files."""
_BOOTSTRAP_PARAMETER: Final = "/cdk-bootstrap/hnb659fds/version"

LAMBDA_PYTHON: Final = (3, 14)
NODE: Final = 22
"""The oldest major version of Node that still gets security fixes, and that the CDK supports."""
_OLDEST_NODE: Final = 20

_SETTLED: Final = frozenset(
    {
        "CREATE_COMPLETE",
        "UPDATE_COMPLETE",
        "UPDATE_ROLLBACK_COMPLETE",
        "IMPORT_COMPLETE",
        "IMPORT_ROLLBACK_COMPLETE",
    }
)
_NEVER_DEPLOYED: Final = frozenset({"ROLLBACK_COMPLETE", "REVIEW_IN_PROGRESS"})
"""The CDK deletes such a stack, or goes on with it, by itself."""
_REGIONS_AT_ONCE: Final = 8


def caller(account: Account) -> Iterator[Finding]:
    """Say which account it is, and check that the settings name the same one."""
    council = account.council
    who = account.caller_arn.rpartition(":")[2]
    yield ok("account", f"{account.account_id}, in {council.region}, as {who}")
    if who == "root":
        yield advice(
            "account",
            "these are the credentials of the account's root user",
            "deploy with a role (IAM Identity Center), and keep the root user locked away",
        )
    for setting in ("certificate_arn", "permissions_boundary"):
        owner = getattr(council, setting).split(":")[4:5]
        if owner and owner[0] not in {account.account_id, "aws"}:
            yield fix(
                "account",
                f"{setting} is in the account {owner[0]}, and these credentials are of"
                f" {account.account_id}",
                "use the credentials of the right account (AWS_PROFILE), or change the setting",
            )


def tools(_: Account) -> Iterator[Finding]:
    """Check the versions of Python and Node on this machine."""
    python, version = sys.version_info[:2], "{}.{}".format(*sys.version_info)
    if python == LAMBDA_PYTHON:
        yield ok("Python", f"{version}, as on Lambda")
    else:
        yield advice(
            "Python",
            f"{version}: the functions go out without byte code, so every cold start compiles"
            " them, and a deployment from another machine changes them again",
            "install Python {}.{}, remove the folder .venv, and run make setup".format(
                *LAMBDA_PYTHON
            ),
        )
    node = _node_version()
    if node is None:
        yield fix("Node", "not found, and the CDK runs on it", f"install Node {NODE} or newer")
    elif node[0] < _OLDEST_NODE:
        yield fix("Node", f"{_dotted(node)} is too old", f"install Node {NODE} or newer")
    elif node[0] < NODE:
        yield advice(
            "Node",
            f"{_dotted(node)} gets no security fixes any more",
            f"install Node {NODE} or newer",
        )
    else:
        yield ok("Node", _dotted(node))


def _node_version() -> tuple[int, ...] | None:
    node = shutil.which("node")
    if node is None:
        return None
    done = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603 - the operator's own Node
    return tuple(map(int, re.findall(r"\d+", done.stdout)[:3])) or None


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))


def bootstrap(account: Account) -> Iterator[Finding]:
    """Check that the CDK was bootstrapped in each region, in a version that is new enough."""
    for region in account.regions:
        command = f"npx --no -- cdk bootstrap aws://{account.account_id}/{region}"
        ssm = account.client("ssm", region)
        try:
            value = ssm.get_parameter(Name=_BOOTSTRAP_PARAMETER)["Parameter"]["Value"]
        except ssm.exceptions.ParameterNotFound:
            yield fix("bootstrap", f"{region} is not prepared for the CDK", command)
            continue
        if int(value) < BOOTSTRAP_VERSION:
            yield fix(
                "bootstrap",
                f"{region} has version {value}, and the stacks need {BOOTSTRAP_VERSION}",
                command,
            )
        else:
            yield ok("bootstrap", f"{region} has version {value}")


def boundary(account: Account) -> Iterator[Finding]:
    """Check that the permissions boundary of the settings exists."""
    arn = account.council.permissions_boundary
    iam = account.client("iam")
    try:
        iam.get_policy(PolicyArn=arn)
    except iam.exceptions.NoSuchEntityException:
        yield fix("boundary", f"there is no policy {arn}", "correct permissions_boundary")
    else:
        yield ok("boundary", "the policy of permissions_boundary exists")


def former_stacks(account: Account) -> Iterator[Finding]:
    """Check what an earlier try left in the regions of the stacks."""
    found = dict(account.stacks)
    for region in account.regions[1:]:
        found |= stacks_in(account.client("cloudformation", region), account.stack_names)
    if not found:
        yield ok("stack", f"there is no stack {account.stack_names[0]} yet")
    for name, description in found.items():
        yield _state_of(name, description)


def _state_of(name: str, description: Any) -> Finding:  # noqa: ANN401 - boto3's own type
    status = description["StackStatus"]
    if status in _SETTLED:
        return ok("stack", f"{name} is {status}: this deployment updates it")
    if status.endswith("_IN_PROGRESS") and status not in _NEVER_DEPLOYED:
        return fix("stack", f"{name} is {status}", "wait until that deployment has ended")
    if status == "UPDATE_ROLLBACK_FAILED":
        return fix(
            "stack",
            f"{name} is {status}: AWS could not go back to what was there before",
            f"solve what its events say, then: aws cloudformation continue-update-rollback"
            f" --stack-name {name}",
        )
    if status in _NEVER_DEPLOYED:
        if not description.get("EnableTerminationProtection"):
            return ok("stack", f"{name} is {status}: the first deployment is tried again")
        return fix(
            "stack",
            f"{name} is {status} and protected, so it cannot be made again",
            "aws cloudformation update-termination-protection --no-enable-termination-protection"
            f" --stack-name {name}",
        )
    return fix(
        "stack",
        f"{name} is {status}",
        "read its events in CloudFormation; a stack that was never deployed successfully can be"
        f" deleted: aws cloudformation delete-stack --stack-name {name}",
    )


def other_regions(account: Account) -> Iterator[Finding]:
    """Check that no other region of the account has a stack with this council's slug."""
    own, names = account.council.region, account.stack_names[:1]
    regions = [
        each["RegionName"]
        for each in account.client("ec2").describe_regions()["Regions"]
        if each["RegionName"] != own
    ]

    def look(cloudformation: Any) -> bool | None:  # noqa: ANN401 - boto3's own type
        try:
            return bool(stacks_in(cloudformation, names))
        except (ClientError, BotoCoreError):
            return None

    # Made here: boto3 does not promise that threads can make clients.
    clients = [account.client("cloudformation", region) for region in regions]
    with ThreadPoolExecutor(_REGIONS_AT_ONCE) as pool:
        seen = dict(zip(regions, pool.map(look, clients), strict=True))
    elsewhere = sorted(region for region, is_there in seen.items() if is_there)
    closed = sorted(region for region, is_there in seen.items() if is_there is None)
    if elsewhere:
        yield fix(
            "regions",
            f"{', '.join(elsewhere)} has a stack {names[0]} already, and names that count for all"
            " regions would collide",
            "use another slug, or delete that stack",
        )
    else:
        yield ok("regions", f"no stack {names[0]} in {len(regions) - len(closed)} other regions")
    if closed:
        yield unseen(
            "regions",
            f"these do not answer these credentials: {', '.join(closed)}",
            "use the slug once only, whatever the region",
        )


def left_behind(account: Account) -> Iterator[Finding]:
    """Look for tables and buckets of a former stack, which a new one does not use."""
    # CloudFormation names them after the stack and a logical id, which begins with a capital; a
    # bucket's name is in lower case.
    stacks = "|".join(map(re.escape, account.stack_names))
    table_name = re.compile(rf"({stacks})-[A-Z]\w*-\w+")
    bucket_name = re.compile(rf"({stacks})-\w*bucket\w*-\w+")
    tables = [
        name
        for page in account.client("dynamodb").get_paginator("list_tables").paginate()
        for name in page["TableNames"]
        if table_name.fullmatch(name)
    ]
    buckets = [
        each["Name"]
        for each in account.client("s3").list_buckets()["Buckets"]
        if bucket_name.fullmatch(each["Name"])
    ]
    orphans = [each for each in (*tables, *buckets) if each not in account.resources]
    if not orphans:
        yield ok("orphans", "no table and no bucket of a former stack")
    for name in orphans:
        yield advice(
            "orphans",
            f"{name} is of a former stack, and of none that is there now",
            "if nobody needs what it holds, delete it: see Leaving in docs/deploying.md",
        )
