"""What AWS sends, as `tests/contracts/*.json` hold it; the README beside them says where from."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.support.shapes import Difference, compare

FOLDER: Final = Path(__file__).parent.parent / "contracts"

OPEN_MEMBERS: Final = (
    "headers",
    "queryStringParameters",
    "pathParameters",
    "requestContext.authorizer.jwt.claims",
    "dynamodb.Keys",
    "dynamodb.NewImage",
)
"""Objects whose members have names of any kind."""

OPTIONAL: Final = (
    "queryStringParameters",
    "pathParameters",
    "cookies",
    "body",
    "stageVariables",
    "requestContext.authentication",
    "detail.bucket.aws-generated-tags",
    # What a function was called with, and what it says when it fails, AWS only hands on.
    "Body.requestPayload",
    "Body.responsePayload",
)
"""Members that AWS leaves out where there is nothing to say."""


@dataclass(frozen=True, slots=True)
class Contract:
    """An event, an error or a letter of AWS's, and where it comes from."""

    name: str
    provenance: dict[str, Any]
    event: dict[str, Any]

    def difference(self, document: Any) -> Difference:
        """Return how a document differs from what AWS sends."""
        return compare(document, self.event, open_members=OPEN_MEMBERS, optional=OPTIONAL)


def contract(name: str) -> Contract:
    """Return the contract of this name."""
    content = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return Contract(name, content["provenance"], content["event"])


def all_contracts() -> list[Contract]:
    """Return every contract."""
    return [contract(path.stem) for path in sorted(FOLDER.glob("*.json"))]
