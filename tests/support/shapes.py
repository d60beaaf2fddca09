"""The shape of a JSON document: which members it has, and the type of each."""

import json
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

BODY = "Body"
"""The member of a message of SQS that holds a JSON document as text."""


class Difference(NamedTuple):
    """What a document has too little, too much, or of another type than the contract."""

    missing: frozenset[str]
    extra: frozenset[str]
    retyped: frozenset[str]


def shape(document: Any, *, open_members: Collection[str] = ()) -> dict[str, set[str]]:
    """Return the types of each member by its path, such as `requestContext.http.method`.

    The members of an object in `open_members` have names of any kind, such as those of headers: all
    of them are `headers.*`. The body of a message is read as the JSON that it holds.
    """
    types: dict[str, set[str]] = {}
    for path, name in _members(document, "", frozenset(open_members)):
        types.setdefault(path, set()).add(name)
    return types


def compare(
    document: Any,
    contract: Any,
    *,
    open_members: Collection[str] = (),
    optional: Collection[str] = (),
) -> Difference:
    """Return how the document differs from the contract, apart from its optional members."""
    theirs = shape(contract, open_members=open_members)
    ours = shape(document, open_members=open_members)

    def counts(path: str) -> bool:
        return not any(
            path == each or path.startswith((f"{each}.", f"{each}[")) for each in optional
        )

    return Difference(
        frozenset(path for path in theirs.keys() - ours.keys() if counts(path)),
        frozenset(path for path in ours.keys() - theirs.keys() if counts(path)),
        frozenset(path for path in theirs.keys() & ours.keys() if not ours[path] <= theirs[path]),
    )


def _members(value: Any, path: str, open_members: frozenset[str]) -> Iterator[tuple[str, str]]:
    if path == BODY and isinstance(value, str):
        value = json.loads(value)
    if isinstance(value, dict):
        yield path, "object"
        for name, each in value.items():
            inner = "*" if path in open_members else name
            yield from _members(each, f"{path}.{inner}" if path else inner, open_members)
    elif isinstance(value, list):
        yield path, "list"
        for each in value:
            yield from _members(each, f"{path}[]", open_members)
    else:
        yield path, _type_of(value)


def _type_of(value: Any) -> str:
    match value:
        case None:
            return "null"
        case str():
            return "text"
        case bool():
            return "boolean"
        case int() | float():
            return "number"
    raise TypeError(f"{value!r} is nothing that JSON can hold")
