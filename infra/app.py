"""The CDK app: `python -m infra.app` writes one council's template and assets to `cdk.out`.

The CDK's command line (`npx cdk ... -c council=<name>`) runs it too, through `cdk.json`.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from aws_cdk import App

from infra.budget import BudgetStack
from infra.checks.nag_exceptions import add_checks
from infra.council.load import ROOT, SettingsError, load_council
from infra.council.model import Council
from infra.council_stack import CouncilStack
from infra.data import DataStack
from infra.site.firewall_stack import FirewallStack
from infra.stack import AppStack
from layer.build import backdrop_folder, functions_folder, layer_folder


def build_app(outdir: str, context: Mapping[str, object] | None = None) -> App:
    """Build the app for the council that the context names. Raises SettingsError.

    The context overrides that of `cdk.json`; the CDK's command line overrides both.
    """
    defaults = json.loads((ROOT / "cdk.json").read_text(encoding="utf-8"))["context"]
    app = App(outdir=outdir, context={**defaults, **(context or {})})
    council = load_council(str(app.node.get_context("council")))
    target = app.node.get_context("layer")
    layer, code = layer_folder(target), functions_folder(target)
    # A temporary folder, because a local site may be serving the default one.
    with TemporaryDirectory() as folder:
        pages = _build_pages(Path(folder) / "web", council.contact) if council.site else None
        protected = app.node.get_context("protection") == "on"
        stacks = add_stacks(app, council, code=code, layer=layer, pages=pages, protected=protected)
    if app.node.get_context("checks") == "on":
        add_checks(app, stacks, council)
    return app


def add_stacks(
    app: App,
    council: Council,
    *,
    code: Path,
    layer: Path,
    pages: Path | None,
    protected: bool = True,
) -> list[CouncilStack]:
    """Add every stack of the council to the app, in the order in which they are deployed."""
    data = DataStack(app, council=council, protected=protected)
    firewall = FirewallStack(app, council=council) if council.waf else None
    stack = AppStack(
        app, council=council, data=data, firewall=firewall, code=code, layer=layer, pages=pages
    )
    budget = BudgetStack(app, council=council) if council.monthly_budget_usd else None
    return [each for each in (data, firewall, stack, budget) if each]


def _build_pages(folder: Path, contact: str) -> Path:
    """Build the pages into the folder and return it."""
    backdrop = backdrop_folder()
    command = [sys.executable, "-m", "web.build", str(folder), contact, str(backdrop)]
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 - arguments, read by no shell
    return folder


if __name__ == "__main__":
    try:
        build_app(os.environ.get("CDK_OUTDIR", str(ROOT / "cdk.out"))).synth(force=True)
    except SettingsError as error:
        sys.exit(str(error))
    except RuntimeError as error:  # the CDK raises nothing narrower
        if not str(error).startswith("ValidationFailed"):
            raise
        sys.exit(
            f"{error}\nFix each finding, or accept it in infra/checks/nag_exceptions.py and say why"
        )
