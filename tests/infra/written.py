"""A synthesised template, and a few ways to ask it things."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Resource = dict[str, Any]

FUNCTIONS = {
    "update_vacancy",
    "search",
    "show_home",
    "council_overview",
    "subscribe",
    "notify",
    "import_homes",
    "upload_directory",
    "manage_people",
    "remind_homes",
    "snapshot_homes",
}


@dataclass(frozen=True)
class Written:
    """A synthesised template."""

    template: dict[str, Any]

    def all(self, kind: str) -> dict[str, Resource]:
        """The resources of a type, by logical id: `AWS::` is left out of the name."""
        resources = self.template["Resources"]
        return {k: v for k, v in resources.items() if v["Type"] == f"AWS::{kind}"}

    def one(self, kind: str) -> Resource:
        """The properties of the only resource of a type."""
        (resource,) = self.all(kind).values()
        properties: Resource = resource["Properties"]
        return properties

    def id_of(self, kind: str, beginning: str = "") -> str:
        """The logical id of the only resource of a type whose id so begins."""
        (found,) = (each for each in self.all(kind) if each.startswith(beginning))
        return found

    def functions(self) -> dict[str, Resource]:
        """The properties of each function of ours, by the folder of its handler."""
        found = (each["Properties"] for each in self.all("Lambda::Function").values())
        # What publishes the pages is not one of them: it lives in `infra`.
        ours = (each for each in found if not each["Handler"].startswith("publisher."))
        return {each["Handler"].split(".")[0]: each for each in ours}

    def statements(self, function: str) -> list[Resource]:
        """What a function's role may do."""
        role = self.functions()[function]["Role"]["Fn::GetAtt"][0]
        return [
            statement
            for policy in self.all("IAM::Policy").values()
            if {"Ref": role} in policy["Properties"]["Roles"]
            for statement in policy["Properties"]["PolicyDocument"]["Statement"]
        ]

    def actions(self, function: str) -> set[str]:
        """Every action that a function's role may do on anything."""
        return {each for statement in self.statements(function) for each in listed(statement)}


def listed(statement: Resource) -> list[str]:
    """A statement's actions, of which CloudFormation writes a single one without a list."""
    actions = statement["Action"]
    return [actions] if isinstance(actions, str) else actions


Write = Callable[..., Written]
