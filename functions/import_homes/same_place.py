"""Find registrations that may be of one building: twins, and an old id with its successor."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Final, NamedTuple

from shared.domain.care_home import Register

_KINDS_OF_HOME: Final = frozenset(
    {"care", "home", "homes", "house", "nursing", "residential", "limited", "ltd", "the", "and"}
)
"""Words that a new owner adds to a home's name, or takes away."""


class Pair(NamedTuple):
    """Two location ids that may be of one building; of a succession, first the old one."""

    one: str
    other: str
    because: str


def find_twins(homes: Mapping[str, Register]) -> list[Pair]:
    """Return the pairs of homes at one place, by id. Each of two counts the same beds."""
    at_postcode: defaultdict[str, list[str]] = defaultdict(list)
    for location_id in sorted(homes):
        at_postcode[homes[location_id].postcode].append(location_id)
    return [
        Pair(one, other, because)
        for location_ids in at_postcode.values()
        for one, other in combinations(location_ids, 2)
        if (because := _why_same(homes[one], homes[other]))
    ]


def find_successors(gone: Mapping[str, Register], here: Mapping[str, Register]) -> list[Pair]:
    """Return for each home that is gone the homes that may have taken its place, by id."""
    return list(_successors(gone, here))


def _successors(gone: Mapping[str, Register], here: Mapping[str, Register]) -> Iterator[Pair]:
    at_postcode: defaultdict[str, list[str]] = defaultdict(list)
    for location_id in sorted(here):
        at_postcode[here[location_id].postcode].append(location_id)
    for old in sorted(gone):
        for new in at_postcode.get(gone[old].postcode, ()):
            if because := _why_same(gone[old], here[new]):
                yield Pair(old, new, because)


def _why_same(one: Register, other: Register) -> str | None:
    """Say what two homes of one postcode have in common; None if they may well be two buildings."""
    names, addresses = (_name_key(one), _name_key(other)), (_address_key(one), _address_key(other))
    common = [
        word
        for word, keys in (("name", names), ("address", addresses))
        if keys[0] and keys[0] == keys[1]
    ]
    return f"the same postcode and {' and '.join(common)}" if common else None


def _name_key(home: Register) -> str:
    words = re.findall(r"\w+", home.name.casefold())
    return " ".join([word for word in words if word not in _KINDS_OF_HOME] or words)


def _address_key(home: Register) -> str:
    """Return the first line of the address if it has a number: a street has several homes."""
    line = home.address.partition(",")[0].casefold()
    return " ".join(re.findall(r"\w+", line)) if any(map(str.isdigit, line)) else ""
