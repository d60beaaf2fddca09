"""Templates as CloudFormation gets them."""

import json
from pathlib import Path
from typing import Any

import pytest

from infra.app import add_stacks
from infra.council.model import Council
from tests.infra.stack_template import (
    StackTemplate,
    Synth,
    SynthStacks,
    as_one,
    scratch_app,
    templates_of,
)
from tests.support.synthesis_cache import kept


@pytest.fixture(scope="session")
def synth_stacks(tmp_path_factory: pytest.TempPathFactory) -> SynthStacks:
    """Return a function that synthesises a council's stacks with placeholder assets."""
    layer, pages = tmp_path_factory.mktemp("layer"), tmp_path_factory.mktemp("pages")
    (pages / "assets" / "0123").mkdir(parents=True)
    (pages / "assets" / "0123" / "page.js").write_text("")
    (pages / "index.html").write_text("")

    documents: dict[str, str] = {}

    def templates(
        pages: Path = pages, *, protected: bool = True, **settings: Any
    ) -> dict[str, StackTemplate]:
        # Many tests ask for the same settings, and each synthesis takes most of a second.
        files = {
            str(each.relative_to(pages)): each.read_text()
            for each in sorted(pages.rglob("*"))
            if each.is_file()
        }
        key = json.dumps(["stacks", files, protected, settings], sort_keys=True)
        if key not in documents:
            made = kept(key, lambda: synthesise(pages, settings, protected=protected))
            documents[key] = json.dumps(made)
        return {name: StackTemplate(each) for name, each in json.loads(documents[key]).items()}

    def synthesise(pages: Path, settings: dict[str, Any], *, protected: bool) -> dict[str, Any]:
        council = Council.model_validate({"slug": "ours", "name": "Our Council", **settings})
        app = scratch_app()
        add_stacks(
            app,
            council,
            layer=layer,
            code=layer,
            pages=pages if council.site else None,
            protected=protected,
        )
        return templates_of(app)

    return templates


@pytest.fixture(scope="session")
def synth(synth_stacks: SynthStacks) -> Synth:
    """Return a function that synthesises a council's stacks as if they were one."""

    def template(**arguments: Any) -> StackTemplate:
        return as_one(synth_stacks(**arguments))

    return template


@pytest.fixture(scope="session")
def template(synth: Synth) -> StackTemplate:
    """Return the stacks of a council with default settings, as if they were one."""
    return synth()


@pytest.fixture(scope="session")
def stacks(synth_stacks: SynthStacks) -> dict[str, StackTemplate]:
    """Return the stacks of a council with default settings, by their names in the app."""
    return synth_stacks()
