"""`python -m infra.app` writes one council's template and assets to `cdk.out`.

The CDK's own command line (`npx cdk ... -c council=<name>`) runs the same through `cdk.json`.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from aws_cdk import App

from infra.settings import ROOT, SettingsError, read
from infra.stack import BedboardStack
from layer.build import layer_folder


def build(outdir: str, context: Mapping[str, object] | None = None) -> App:
    """The app of the council that the context names. Raises SettingsError.

    The context overrides that of `cdk.json`, and is overridden by the CDK's command line.
    """
    ours = json.loads((ROOT / "cdk.json").read_text(encoding="utf-8"))["context"]
    app = App(outdir=outdir, context={**ours, **(context or {})})
    council = read(str(app.node.get_context("council")))
    BedboardStack(
        app,
        council=council,
        layer=layer_folder(app.node.get_context("layer")),
        pages=_built_pages() if council.site else None,
    )
    return app


def _built_pages() -> Path:
    """The folder of the site as it is now."""
    subprocess.run([sys.executable, "-m", "web.build"], cwd=ROOT, check=True)
    return ROOT / "build" / "web"


if __name__ == "__main__":
    try:
        build(os.environ.get("CDK_OUTDIR", str(ROOT / "cdk.out"))).synth()
    except SettingsError as error:
        sys.exit(str(error))
