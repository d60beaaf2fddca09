"""The templates of the council that `make cost` prices, as CloudFormation would get them."""

from pathlib import Path

import pytest
from aws_cdk import App

from benchmarks.cost.template import COUNCIL
from infra.app import add_stacks
from infra.council.load import load_council
from tests.support.synthesis_cache import kept


@pytest.fixture(scope="session")
def cloud_assembly(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the council's cloud assembly, with a layer and pages that are almost empty."""
    scratch = tmp_path_factory.mktemp("cost")
    files = kept("the cloud assembly of the council that is priced", lambda: synthesise(scratch))
    assembly = tmp_path_factory.mktemp("assembly")
    for name, text in files.items():
        (assembly / name).parent.mkdir(parents=True, exist_ok=True)
        (assembly / name).write_bytes(text.encode("latin-1"))
    return assembly


def synthesise(scratch: Path) -> dict[str, str]:
    """Return every file of the council's cloud assembly, by its name: a character for each byte."""
    layer, pages = scratch / "layer", scratch / "pages"
    layer.mkdir()
    (pages / "assets" / "0123").mkdir(parents=True)
    (pages / "assets" / "0123" / "page.js").write_text("page()\n")
    (pages / "index.html").write_text("<p>Beds</p>\n")
    # A third of each synthesis notes where in the code a resource was made.
    context = {"aws:cdk:disable-stack-trace": True}
    app = App(outdir=str(scratch / "assembly"), context=context)
    council = load_council(COUNCIL)
    add_stacks(app, council, layer=layer, code=layer, pages=pages)
    assembly = Path(app.synth().directory)
    return {
        str(each.relative_to(assembly)): each.read_bytes().decode("latin-1")
        for each in assembly.rglob("*")
        if each.is_file()
    }
