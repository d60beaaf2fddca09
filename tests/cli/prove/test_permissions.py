"""What AWS would permit is read from its policies as AWS reads them."""

from typing import Any

import pytest

from cli.prove.permissions import allows, arn_like, grants_of, source_arn

API = "arn:aws:execute-api:eu-west-2:123456789012:api"


@pytest.mark.parametrize(
    ("pattern", "arn", "expected"),
    [
        (f"{API}/*/*/*", f"{API}/$default/GET/vacancies", True),
        (f"{API}/*/*/*", f"{API}/$default/$default", False),
        (f"{API}/*/$default", f"{API}/$default/$default", True),
        (f"{API}/*", f"{API}/$default/GET/vacancies", True),
        (f"{API}/*/*/*", f"{API}2/$default/GET/vacancies", False),
        ("arn:aws:execute-api:*:123456789012:api/*", f"{API}/$default/GET/x", True),
        ("arn:*:api/*", f"{API}/$default/GET/x", False),
        (f"{API}/?/x", f"{API}/a/x", True),
    ],
)
def test_an_arn_is_compared_part_by_part(pattern: str, arn: str, expected: bool) -> None:
    assert arn_like(pattern, arn) == expected


def test_the_default_route_has_an_arn_without_a_method() -> None:
    assert (
        source_arn(API, "GET /homes/{location_id}") == f"{API}/$default/GET/homes/{{location_id}}"
    )
    assert source_arn(API, "$default") == f"{API}/$default/$default"


def policy(source: str, **changes: Any) -> dict[str, Any]:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "apigateway.amazonaws.com"},
        "Action": "lambda:InvokeFunction",
        "Condition": {"ArnLike": {"AWS:SourceArn": source}},
        **changes,
    }
    return {"Version": "2012-10-17", "Statement": [statement]}


def test_a_function_permits_the_routes_that_its_policy_names() -> None:
    route = source_arn(API, "GET /vacancies")
    assert allows(policy(f"{API}/*/*/*"), route)
    assert not allows(policy(f"{API}/*/*/*"), source_arn(API, "$default"))
    assert not allows(policy(f"{API}/*/*/*", Effect="Deny"), route)
    assert not allows(policy(f"{API}/*", Principal={"Service": "sns.amazonaws.com"}), route)
    assert not allows({}, route)


def test_a_grant_has_the_conditions_under_which_it_counts() -> None:
    partitions = {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["HOME", "CHANGE#*"]}}
    statements = [
        {"Effect": "Allow", "Action": "dynamodb:Query", "Resource": "t", "Condition": partitions},
        {"Effect": "Deny", "Action": "dynamodb:PutItem", "Resource": "t"},
        {"Effect": "Allow", "Action": ["a:b", "a:c"], "Resource": ["x", "y"]},
    ]
    limited, free = grants_of({"Statement": statements})
    assert limited.conditions == {"dynamodb:LeadingKeys": ("HOME", "CHANGE#*")}
    assert (free.actions, free.resources, free.conditions) == (("a:b", "a:c"), ("x", "y"), {})
