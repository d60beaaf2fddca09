"""Find how a file spells the council's local authorities, where it spells them otherwise."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Final, NamedTuple

MOST_SPELLINGS: Final = 3

_CLOSE_ENOUGH: Final = 0.8
"""From 0 to 1: "Devonn" is 0.91 like "Devon", and "Dorset" 0.36."""

_ADDITIONS: Final = frozenset(
    {"the", "of", "and", "city", "county", "council", "borough", "district", "royal", "london"}
)
"""Words that one register has in an authority's name, and another leaves out."""

_SAME_WORDS: Final = {"saint": "st", "ste": "st"}


class MissingAuthority(NamedTuple):
    """Names a local authority in the council's settings that has no care home in the file."""

    local_authority: str
    nearest: list[str]
    """Names in the file that may mean it, the likeliest first."""


def missing_authorities(wanted: Iterable[str], in_file: Iterable[str]) -> list[MissingAuthority]:
    """Return the wanted authorities that the file does not have under this name, by name."""
    spellings = sorted(set(in_file))
    known = {spelling.casefold() for spelling in spellings}
    return [
        MissingAuthority(authority, _nearest(authority, spellings))
        for authority in sorted(wanted)
        if authority.casefold() not in known
    ]


def _nearest(authority: str, spellings: Iterable[str]) -> list[str]:
    ranked = sorted(
        ((_likeness(authority, spelling), spelling) for spelling in spellings),
        key=lambda each: (-each[0], each[1]),
    )
    return [spelling for likeness, spelling in ranked if likeness >= _CLOSE_ENOUGH][:MOST_SPELLINGS]


def _likeness(one: str, other: str) -> float:
    """Return 1 for the same words, down to 0; a name within a longer one is close enough."""
    words, others = _words(one), _words(other)
    likeness = SequenceMatcher(None, "".join(words), "".join(others), autojunk=False).ratio()
    is_part = words and others and (set(words) <= set(others) or set(others) <= set(words))
    return max(likeness, _CLOSE_ENOUGH) if is_part else likeness


def _words(name: str) -> list[str]:
    words = re.findall(r"\w+", re.sub("['\N{RIGHT SINGLE QUOTATION MARK}]", "", name.casefold()))
    return [_SAME_WORDS.get(word, word) for word in words if word not in _ADDITIONS]
