"""A synthesised template, and the questions that tests ask about it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any, Final

from aws_cdk import App

Resource = dict[str, Any]

FUNCTIONS = {
    "update_vacancy",
    "record_outcome",
    "post_by_link",
    "search",
    "show_home",
    "council_overview",
    "subscribe",
    "notify",
    "deliver",
    "import_homes",
    "upload_directory",
    "manage_people",
    "remind_homes",
    "snapshot_homes",
    "withhold_roles",
}


_ASSEMBLIES: Final = TemporaryDirectory(prefix="assemblies-")


def scratch_app() -> App:
    """Make an app whose cloud assembly is deleted when the tests end."""
    context = {
        # A third of each synthesis notes where in the code a resource was made.
        "aws:cdk:disable-stack-trace": True,
        # A resource that does not fit CloudFormation's schema of its type fails the synthesis.
        "@aws-cdk/core:validateAgainstDefaultRules": True,
    }
    return App(outdir=mkdtemp(dir=_ASSEMBLIES.name), context=context)


@dataclass(frozen=True)
class StackTemplate:
    """A synthesised template. Types are named without their `AWS::`."""

    document: dict[str, Any]

    def resources(self, kind: str) -> dict[str, Resource]:
        """Return the resources of a type, by logical id."""
        resources = self.document["Resources"]
        return {k: v for k, v in resources.items() if v["Type"] == f"AWS::{kind}"}

    def properties(self, kind: str, prefix: str = "") -> Resource:
        """Return the properties of the only resource of a type whose id starts so."""
        properties: Resource = self.resources(kind)[self.logical_id(kind, prefix)]["Properties"]
        return properties

    def logical_id(self, kind: str, prefix: str = "") -> str:
        """Return the logical id of the only resource of a type whose id starts so."""
        (logical_id,) = (each for each in self.resources(kind) if each.startswith(prefix))
        return logical_id

    def functions(self) -> dict[str, Resource]:
        """Return the properties of each function, by its folder in `functions/`."""
        functions = (each["Properties"] for each in self.resources("Lambda::Function").values())
        # The publisher of the pages is not in that folder.
        return {
            each["Handler"].split(".")[0]: each
            for each in functions
            if not each["Handler"].startswith("publisher.")
        }

    def statements(self, function: str) -> list[Resource]:
        """Return the policy statements of a function's role."""
        role = self.functions()[function]["Role"]["Fn::GetAtt"][0]
        return [
            statement
            for policy in self.resources("IAM::Policy").values()
            if {"Ref": role} in policy["Properties"]["Roles"]
            for statement in policy["Properties"]["PolicyDocument"]["Statement"]
        ]

    def actions(self, function: str) -> set[str]:
        """Return every action that a function's role allows on any resource."""
        return {each for statement in self.statements(function) for each in actions(statement)}


def templates_of(app: App) -> dict[str, dict[str, Any]]:
    """Return the template of each stack of the app, by its name in the app."""
    assembly = app.synth()
    return {
        each.id: json.loads(Path(each.template_full_path).read_text("utf-8"))
        for each in assembly.stacks
    }


def as_one(stacks: Mapping[str, StackTemplate]) -> StackTemplate:
    """Return the stacks as if they were one, each reading the others' resources directly.

    Most tests ask what the whole does, wherever its parts are.
    """
    read: set[str] = set()

    def resolved(value: Any) -> Any:
        match value:
            case {"Fn::GetStackOutput": {"StackName": stack, "OutputName": output}}:
                # The names of the other stacks end with their names in the app.
                (part,) = (each for each in stacks if stack.endswith(f"-{each.lower()}"))
                read.add(output)
                return stacks[part].document["Outputs"][output]["Value"]
            case dict():
                return {key: resolved(each) for key, each in value.items()}
            case list():
                return [resolved(each) for each in value]
        return value

    whole: dict[str, Any] = {"Resources": {}, "Outputs": {}}
    for stack in stacks.values():
        for section, entries in whole.items():
            more = resolved(stack.document.get(section, {}))
            assert not entries.keys() & more.keys(), "two stacks have a part of the same name"
            entries.update(more)
    for name in read:
        del whole["Outputs"][name]
    return StackTemplate(whole)


def actions(statement: Resource) -> list[str]:
    """Return a statement's actions: CloudFormation writes a single one without a list."""
    actions = statement["Action"]
    return [actions] if isinstance(actions, str) else actions


Synth = Callable[..., StackTemplate]
SynthStacks = Callable[..., dict[str, StackTemplate]]
