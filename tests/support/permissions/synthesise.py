"""Write the policies of every function to a file: `python -m tests.support.permissions.synthesise`.

A process of its own, because the CDK starts another one, which the tests of functions do not need.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from aws_cdk import App

from infra.app import add_stacks
from infra.council.model import Council
from tests.support.permissions import account, template_policies
from tests.support.permissions.policies import ROOT, digest
from tests.support.permissions.template_policies import Template, policies_of


def templates() -> list[Template]:
    """Return the templates of a council with a site, with placeholders for what is built."""
    with TemporaryDirectory() as scratch:
        built = Path(scratch) / "built"
        (built / "assets" / "0123").mkdir(parents=True)
        (built / "assets" / "0123" / "page.js").write_text("")
        (built / "index.html").write_text("")
        app = App(outdir=f"{scratch}/out", context={"aws:cdk:disable-stack-trace": True})
        council = Council.model_validate(
            {
                "slug": account.SLUG,
                "name": "Test Council",
                "email_from": account.EMAIL_FROM,
                "sms_sender_id": "Bedboard",
            }
        )
        add_stacks(app, council, code=built, layer=built, pages=built)
        return [json.loads(json.dumps(stack.template)) for stack in app.synth().stacks]


def sources() -> Iterator[Path]:
    """Yield every file that the policies depend on: of the template's modules, and the packages."""
    yield ROOT / "requirements.txt"
    yield Path(__file__)
    for module in list(sys.modules.values()):
        file = Path(getattr(module, "__file__", None) or "/")
        if module in (account, template_policies) or any(
            file.is_relative_to(ROOT / folder) for folder in ("functions", "infra")
        ):
            yield file


def main() -> None:
    """Write the policies and the digests of their sources to the file that is named."""
    policies = policies_of(templates())
    digests = {str(each.relative_to(ROOT)): digest(each) for each in sorted(set(sources()))}
    Path(sys.argv[1]).write_text(json.dumps({"sources": digests, "policies": policies}, indent=1))


if __name__ == "__main__":
    main()
