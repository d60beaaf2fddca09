"""`python -m infra.deploy COUNCIL [OPTIONS]`: a council's stacks, that with a firewall first.

The firewall's ARN is known only once it is there, and no template reads another region's outputs.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from infra.council.load import ROOT, SettingsError, read
from infra.council.model import Council
from infra.site.edge import EdgeStack


def deploy(name: str, council: Council, options: Sequence[str]) -> None:
    """Raises CalledProcessError where the CDK's command line failed, and has said why."""
    parameters = []
    if council.waf:
        with TemporaryDirectory() as folder:
            outputs = Path(folder) / "outputs.json"
            _cdk("Edge", name, ["--outputs-file", str(outputs), *options])
            told = json.loads(outputs.read_text()) if outputs.exists() else {}
        arn = told.get(f"bedboard-{council.slug}-edge", {}).get("WebAclArn")
        if arn:
            parameters = ["--parameters", f"WebAclArn={arn}"]
    _cdk("Bedboard", name, ["--exclusively", *parameters, *options])
    if EdgeStack.is_asked_for(council) and not council.waf:
        # Afterwards: AWS deletes no firewall that a site still stands behind.
        _cdk("Edge", name, options)


def _cdk(stack: str, name: str, options: Sequence[str]) -> None:
    command = ["npx", "--no", "--", "cdk", "deploy", stack, "-c", f"council={name}", *options]
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 - the operator's own words


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("which council? python -m infra.deploy COUNCIL")
    try:
        deploy(sys.argv[1], read(sys.argv[1]), sys.argv[2:])
    except SettingsError as error:
        sys.exit(str(error))
    except subprocess.CalledProcessError as error:
        sys.exit(error.returncode)
