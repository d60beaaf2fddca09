"""The templates of the council that `make cost` prices, as CloudFormation would get them."""

from pathlib import Path

import pytest
from aws_cdk import App

from benchmarks.cost.template import COUNCIL
from infra.app import add_stacks
from infra.council.load import load_council


@pytest.fixture(scope="session")
def cloud_assembly(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the council's cloud assembly, with a layer and pages that are almost empty."""
    layer, pages = tmp_path_factory.mktemp("layer"), tmp_path_factory.mktemp("pages")
    (pages / "assets" / "0123").mkdir(parents=True)
    (pages / "assets" / "0123" / "page.js").write_text("page()\n")
    (pages / "index.html").write_text("<p>Beds</p>\n")
    # A third of each synthesis notes where in the code a resource was made.
    context = {"aws:cdk:disable-stack-trace": True}
    app = App(outdir=str(tmp_path_factory.mktemp("assembly")), context=context)
    council = load_council(COUNCIL)
    add_stacks(app, council, layer=layer, code=layer, pages=pages)
    return Path(app.synth().directory)
