"""`python -m infra.app` writes one council's template and assets to `cdk.out`.

The CDK's own command line (`npx cdk ... -c council=<name>`) runs the same through `cdk.json`.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from aws_cdk import App

from infra.checks.nag_exceptions import check
from infra.council.load import ROOT, SettingsError, read
from infra.site.edge import EdgeStack
from infra.stack import BedboardStack
from layer.build import functions_folder, layer_folder


def build(outdir: str, context: Mapping[str, object] | None = None) -> App:
    """The app of the council that the context names. Raises SettingsError.

    The context overrides that of `cdk.json`, and is overridden by the CDK's command line.
    """
    ours = json.loads((ROOT / "cdk.json").read_text(encoding="utf-8"))["context"]
    app = App(outdir=outdir, context={**ours, **(context or {})})
    council = read(str(app.node.get_context("council")))
    target = app.node.get_context("layer")
    layer, functions = layer_folder(target), functions_folder(target)
    # A folder of its own: the one that `web.build` writes of itself may be being served.
    with TemporaryDirectory() as folder:
        pages = _built(Path(folder) / "web") if council.site else None
        stack = BedboardStack(app, council=council, layer=layer, functions=functions, pages=pages)
    if EdgeStack.is_asked_for(council):
        EdgeStack(app, council=council)
    if app.node.get_context("checks") == "on":
        check(app, stack, council)
    return app


def _built(pages: Path) -> Path:
    """The site as it is now, in this folder."""
    build_it = [sys.executable, "-m", "web.build", str(pages)]
    subprocess.run(build_it, cwd=ROOT, check=True)  # noqa: S603 - our own words only
    return pages


if __name__ == "__main__":
    try:
        build(os.environ.get("CDK_OUTDIR", str(ROOT / "cdk.out"))).synth()
    except SettingsError as error:
        sys.exit(str(error))
    except RuntimeError as error:  # the CDK raises no narrower one
        if not str(error).startswith("ValidationFailed"):
            raise
        sys.exit(f"{error}\nMend it, or say why it stands in infra/checks/nag_exceptions.py")
