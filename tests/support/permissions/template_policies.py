"""Read the policy of every function from CloudFormation templates."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from tests.support.permissions import account

Template = dict[str, Any]


class Resolver(NamedTuple):
    """The values of one template's references, as they are in the tests' account."""

    template: Template
    outputs: Mapping[str, tuple[Template, Any]]
    """The outputs of all templates of the app by name, each with the template that has it."""

    def text(self, value: Any) -> str:
        """Return the text. Raises ValueError for a form that no policy here uses."""
        match value:
            case str(text):
                return text
            case {"Ref": name}:
                return self._reference(name, "Ref")
            case {"Fn::GetAtt": [name, attribute]}:
                return self._reference(name, attribute)
            case {"Fn::Join": ["", parts]}:
                return "".join(self.text(part) for part in parts)
            case {"Fn::GetStackOutput": {"OutputName": name}}:
                template, output = self.outputs[name]
                return Resolver(template, self.outputs).text(output)
        raise ValueError(f"cannot read {value}")

    def _reference(self, name: str, attribute: str) -> str:
        kind = self.template["Resources"].get(name, {}).get("Type", "")
        return account.value_of(kind, name, attribute)


def policies_of(templates: list[Template]) -> dict[str, list[Template]]:
    """Return the statements of each function's role, by the function's folder."""
    outputs = {
        name: (template, output["Value"])
        for template in templates
        for name, output in template.get("Outputs", {}).items()
    }
    policies: dict[str, list[Template]] = {}
    for template in templates:
        policies |= _policies_of(template, Resolver(template, outputs))
    return policies


def _policies_of(template: Template, resolver: Resolver) -> dict[str, list[Template]]:
    resources = [each for each in template["Resources"].values() if "Properties" in each]
    policies = [each["Properties"] for each in resources if each["Type"] == "AWS::IAM::Policy"]
    return {
        function["Properties"]["Handler"].split(".")[0]: [
            _statement(statement, resolver)
            for policy in policies
            if {"Ref": function["Properties"]["Role"]["Fn::GetAtt"][0]} in policy["Roles"]
            for statement in policy["PolicyDocument"]["Statement"]
        ]
        for function in resources
        if function["Type"] == "AWS::Lambda::Function"
    }


def _statement(statement: Template, resolver: Resolver) -> Template:
    element = "NotResource" if "NotResource" in statement else "Resource"
    resources = statement[element]
    return {
        **statement,
        element: [
            resolver.text(each)
            for each in (resources if isinstance(resources, list) else [resources])
        ],
    }
