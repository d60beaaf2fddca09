"""Steps `preflight` and `deployed`: the account, and whether what runs is what this commit says."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import httpx

from cli.drift import find_drift
from cli.errors import CommandError
from cli.preflight.account import account_in_use
from cli.preflight.checks import CHECKS, run_check
from cli.preflight.deployment_checks import LAMBDA_PYTHON
from cli.preflight.finding import Level
from cli.prove.probe import Probe
from cli.prove.proof import Proof
from infra.council.load import ROOT
from local.emulator.assembly import assembly

if TYPE_CHECKING:
    from types_boto3_cloudformation import CloudFormationClient
    from types_boto3_lambda import LambdaClient

_ASSET_PROPERTIES: Final = frozenset({"Code", "Content", "TemplateURL"})


def preflight(proof: Proof) -> None:
    """Claim that the account lacks nothing that a deployment needs."""
    council = proof.stack.council
    claim = "nothing of the account must be fixed"
    if council is None:
        proof.ledger.unseen(claim, "the stack of this machine has no account")
        return
    with httpx.Client(timeout=15) as http:
        account = account_in_use(council, http)
        findings = [
            finding
            for check in CHECKS
            if check.applies(council)
            for finding in run_check(check, account)
        ]
    by_level = {
        level: [f"{each.subject}: {each.state}" for each in findings if each.level is level]
        for level in Level
    }
    proof.ledger.check(claim, not by_level[Level.FIX], "; ".join(by_level[Level.FIX]))
    ready = "AWS need not be asked for more before people come"
    proof.ledger.check(ready, not by_level[Level.ASK], "; ".join(by_level[Level.ASK]))
    for state in by_level[Level.UNSEEN]:
        proof.ledger.unseen("what else the account lacks", state)


def deployed(proof: Proof) -> None:
    """Claim that the stack is the template of this commit, unchanged since, and runs as it says."""
    _check_template(proof)
    _check_drift(proof)
    _check_functions(proof)
    _check_runtime(proof)


def _check_template(proof: Proof) -> None:
    cloudformation: CloudFormationClient = proof.stack.client("cloudformation")
    for name, written in _written(proof).items():
        body: Any = cloudformation.get_template(StackName=name)["TemplateBody"]
        there = as_given_back(json.loads(body) if isinstance(body, str) else body)
        template = as_given_back(written)
        different = differences(template, there)
        proof.ledger.check(
            f"the stack {name} is the template of this commit",
            not different,
            ", ".join(different[:10]),
        )
        changed = code_differences(template, there)
        claim = f"{name} runs the code of this commit"
        if changed and not proof.is_emulated and sys.version_info[:2] != LAMBDA_PYTHON:
            # Only Lambda's own version writes byte code, and code with it is other code.
            version = "{}.{}".format(*LAMBDA_PYTHON)
            proof.ledger.unseen(claim, f"only Python {version} builds the same code again")
        else:
            proof.ledger.check(claim, not changed, ", ".join(changed[:10]))


def _written(proof: Proof) -> dict[str, dict[str, Any]]:
    """Return the templates of this commit, by the names of their stacks in the council's region."""
    if proof.is_emulated:
        return _templates(assembly(proof.council), proof.region)
    with tempfile.TemporaryDirectory() as folder:
        context = json.loads((ROOT / "cdk.json").read_text(encoding="utf-8"))["context"]
        environment = {
            **os.environ,
            "CDK_OUTDIR": folder,
            "CDK_CONTEXT_JSON": json.dumps({**context, "council": proof.council, "checks": "off"}),
        }
        subprocess.run([sys.executable, "-m", "infra.app"], cwd=ROOT, env=environment, check=True)
        return _templates(Path(folder), proof.region)


def _templates(folder: Path, region: str) -> dict[str, dict[str, Any]]:
    artifacts = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["artifacts"]
    return {
        # The budget's stack is not there where the account may have no budget.
        artifact["properties"].get("stackName", name): json.loads(
            (folder / artifact["properties"]["templateFile"]).read_text(encoding="utf-8")
        )
        for name, artifact in artifacts.items()
        if artifact["type"] == "aws:cloudformation:stack"
        and name != "Budget"
        and artifact["environment"].endswith(f"/{region}")
    }


def as_given_back(template: dict[str, Any]) -> dict[str, Any]:
    """Return a template as CloudFormation gives it back: with "?" for what is not ASCII."""
    text = json.dumps(template, ensure_ascii=False)
    written: dict[str, Any] = json.loads(text.encode("ascii", "replace"))
    return written


def differences(written: dict[str, Any], there: dict[str, Any]) -> list[str]:
    """Name the resources and parts in which two templates differ, apart from the code."""
    parts = sorted({*written, *there} - {"Resources", "Metadata"})
    different = [part for part in parts if written.get(part) != there.get(part)]
    ours, theirs = written.get("Resources", {}), there.get("Resources", {})
    different += [
        logical_id
        for logical_id in sorted({*ours, *theirs})
        if _without_assets(ours.get(logical_id)) != _without_assets(theirs.get(logical_id))
    ]
    return different


def code_differences(written: dict[str, Any], there: dict[str, Any]) -> list[str]:
    """Name the resources whose code differs in two templates."""
    ours, theirs = written.get("Resources", {}), there.get("Resources", {})
    return [
        logical_id
        for logical_id in sorted({*ours, *theirs})
        if any(
            ours.get(logical_id, {}).get("Properties", {}).get(name)
            != theirs.get(logical_id, {}).get("Properties", {}).get(name)
            for name in _ASSET_PROPERTIES
        )
    ]


def _without_assets(resource: Any) -> Any:  # noqa: ANN401 - a part of a template
    if not isinstance(resource, dict):
        return resource
    properties = resource.get("Properties", {})
    kept = {name: each for name, each in properties.items() if name not in _ASSET_PROPERTIES}
    return {**resource, "Properties": kept, "Metadata": None}


def _check_drift(proof: Proof) -> None:
    claim = "nobody changed a resource by hand since (drift)"
    if not proof.only_on_aws("it compares nothing", claim):
        return
    for name in (proof.stack.data_stack_name, proof.stack.stack_name):
        try:
            drifts = find_drift(proof.stack, name)
        except CommandError as error:
            proof.ledger.unseen(f"{claim}: {name}", str(error))
        else:
            proof.ledger.check(f"{claim}: {name}", not drifts, ", ".join(map(str, drifts)))


def _check_functions(proof: Proof) -> None:
    lambdas: LambdaClient = proof.stack.client("lambda")
    functions = proof.stack.resources("AWS::Lambda::Function")
    wrong = []
    for logical_id, name in sorted(functions.items()):
        settings: Any = lambdas.get_function_configuration(FunctionName=name)
        state = (settings.get("State", "Active"), settings.get("LastUpdateStatus", "Successful"))
        if state[0] not in {"Active", "Inactive"} or state[1] != "Successful":
            wrong.append(f"{logical_id} is {' '.join(state)}")
    proof.ledger.check(
        "every function is ready",
        bool(functions) and not wrong,
        "; ".join(wrong) or f"{len(functions)} functions",
    )


def _check_runtime(proof: Proof) -> None:
    claims = (
        "functions run on Python 3.14",
        "functions run on arm64",
        "the layer's packages are loaded from byte code",
        "which boto3 the runtime brings is known",
    )
    probe = Probe.of(proof)
    found = probe.invoke()
    if not proof.only_on_aws("its functions run on this machine's Python", *claims):
        return
    ledger = proof.ledger
    ledger.check(claims[0], str(found.get("python", "")).startswith("3.14."), found.get("python"))
    ledger.check(claims[1], found.get("machine") == "aarch64", found.get("machine"))
    ledger.check(claims[2], found.get("byte code") is True, found.get("layer"))
    versions = f"boto3 {found.get('boto3')}, botocore {found.get('botocore')}"
    ledger.check(claims[3], "boto3" in found, versions)
