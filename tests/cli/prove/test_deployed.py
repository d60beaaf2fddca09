"""Two templates are compared by what they make, and their code apart from the rest."""

from typing import Any

from cli.prove.deployed import as_given_back, code_differences, differences


def template(**properties: Any) -> dict[str, Any]:
    function = {"Type": "AWS::Lambda::Function", "Properties": {"Timeout": 25, **properties}}
    return {"Resources": {"Search": function}, "Metadata": {"any": "thing"}}


def test_the_same_template_has_no_differences() -> None:
    assert differences(template(), {**template(), "Metadata": {}}) == []
    assert code_differences(template(), template()) == []


def test_a_changed_setting_a_missing_resource_and_another_output_are_named() -> None:
    assert differences(template(), template(Timeout=3)) == ["Search"]
    assert differences(template(), {"Resources": {}}) == ["Search"]
    assert differences({**template(), "Outputs": {"A": 1}}, template()) == ["Outputs"]


def test_other_code_is_another_matter() -> None:
    ours, theirs = template(Code={"S3Key": "a.zip"}), template(Code={"S3Key": "b.zip"})
    assert differences(ours, theirs) == []
    assert code_differences(ours, theirs) == ["Search"]


def test_what_cloudformation_cannot_write_is_no_difference() -> None:
    ours, theirs = template(Description="Béd"), template(Description="B?d")
    assert differences(as_given_back(ours), as_given_back(theirs)) == []
