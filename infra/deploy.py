"""`python -m infra.deploy COUNCIL [OPTIONS]` deploys a council's stacks, its firewall first.

A template cannot read the outputs of another region, so this passes the firewall's ARN on.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from infra.council.load import ROOT, SettingsError, load_council
from infra.council.model import Council
from infra.site.edge import EdgeStack


def deploy(name: str, council: Council, options: Sequence[str]) -> None:
    """Deploy the stacks, passing the options to the CDK's command line.

    Raises CalledProcessError if that fails; it has then printed why.
    """
    parameters = []
    if council.waf:
        with TemporaryDirectory() as folder:
            outputs = Path(folder) / "outputs.json"
            _cdk("Edge", name, ["--outputs-file", str(outputs), *options])
            stacks = json.loads(outputs.read_text()) if outputs.exists() else {}
        arn = stacks.get(f"bedboard-{council.slug}-edge", {}).get("WebAclArn")
        if arn:
            parameters = ["--parameters", f"WebAclArn={arn}"]
    _cdk("Bedboard", name, ["--exclusively", *parameters, *options])
    if EdgeStack.is_needed(council) and not council.waf:
        # Last, because AWS refuses to delete a firewall while a distribution uses it.
        _cdk("Edge", name, options)


def _cdk(stack: str, name: str, options: Sequence[str]) -> None:
    command = ["npx", "--no", "--", "cdk", "deploy", stack, "-c", f"council={name}", *options]
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 - the operator's own options


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("name the council: python -m infra.deploy COUNCIL")
    try:
        deploy(sys.argv[1], load_council(sys.argv[1]), sys.argv[2:])
    except SettingsError as error:
        sys.exit(str(error))
    except subprocess.CalledProcessError as error:
        sys.exit(error.returncode)
