"""The template as CloudFormation would get it."""

from pathlib import Path
from typing import Any

import pytest
from aws_cdk import App
from aws_cdk.assertions import Template

from infra.council.model import Council
from infra.stack import BedboardStack
from tests.infra.written import Write, Written


@pytest.fixture(scope="session")
def write(tmp_path_factory: pytest.TempPathFactory) -> Write:
    """Writes the template of a council with these settings; layer and pages are next to empty."""
    layer, pages = tmp_path_factory.mktemp("layer"), tmp_path_factory.mktemp("pages")
    (pages / "assets" / "0123").mkdir(parents=True)
    (pages / "assets" / "0123" / "page.js").write_text("")
    (pages / "index.html").write_text("")

    def template(pages: Path = pages, **settings: Any) -> Written:
        council = Council.model_validate({"slug": "ours", "name": "Our Council", **settings})
        stack = BedboardStack(
            App(),
            council=council,
            layer=layer,
            functions=layer,
            pages=pages if council.site else None,
        )
        return Written(dict(Template.from_stack(stack).to_json()))

    return template


@pytest.fixture(scope="session")
def written(write: Write) -> Written:
    """The template of a council that changed no default."""
    return write()
