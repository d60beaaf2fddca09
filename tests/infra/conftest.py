"""Templates as CloudFormation gets them."""

import json
from pathlib import Path
from typing import Any

import pytest
from aws_cdk.assertions import Template

from infra.council.model import Council
from infra.stack import BedboardStack
from tests.infra.stack_template import StackTemplate, Synth, scratch_app


@pytest.fixture(scope="session")
def synth(tmp_path_factory: pytest.TempPathFactory) -> Synth:
    """Return a function that synthesises a council's template with placeholder assets."""
    layer, pages = tmp_path_factory.mktemp("layer"), tmp_path_factory.mktemp("pages")
    (pages / "assets" / "0123").mkdir(parents=True)
    (pages / "assets" / "0123" / "page.js").write_text("")
    (pages / "index.html").write_text("")

    documents: dict[str, str] = {}

    def template(pages: Path = pages, **settings: Any) -> StackTemplate:
        # Many tests ask for the same settings, and each synthesis takes most of a second.
        files = sorted((str(each), each.stat().st_mtime_ns) for each in pages.rglob("*"))
        key = json.dumps([files, settings], sort_keys=True)
        if key not in documents:
            documents[key] = json.dumps(synthesise(pages, settings))
        return StackTemplate(json.loads(documents[key]))

    def synthesise(pages: Path, settings: dict[str, Any]) -> dict[str, Any]:
        council = Council.model_validate({"slug": "ours", "name": "Our Council", **settings})
        stack = BedboardStack(
            scratch_app(),
            council=council,
            layer=layer,
            code=layer,
            pages=pages if council.site else None,
        )
        return dict(Template.from_stack(stack).to_json())

    return template


@pytest.fixture(scope="session")
def template(synth: Synth) -> StackTemplate:
    """Return the template of a council with default settings."""
    return synth()
