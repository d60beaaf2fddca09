"""The forms of identifiers that people and other systems send."""

import re
from typing import Final

LONGEST_TEAM: Final = 40
"""Characters."""

_LOCATION_ID = re.compile(r"1-[0-9]{5,12}|(?=[0-9]*[A-Z])[A-Z0-9]{4,12}", re.ASCII)
_TEAM = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)


def is_location_id(text: str) -> bool:
    """Tell whether the text has the form of a CQC location id.

    Most look like 1-1000587219; those of NHS trusts are their site codes, which have a letter:
    digits alone are an id without its beginning.
    """
    return _LOCATION_ID.fullmatch(text) is not None


def is_team(text: str) -> bool:
    """Tell whether the text has the form of a discharge team's name, such as exeter-discharge."""
    return len(text) <= LONGEST_TEAM and _TEAM.fullmatch(text) is not None


def is_uuid(text: str) -> bool:
    """Tell whether the text is a UUID in lower case, as Cognito's ids of people are."""
    return _UUID.fullmatch(text) is not None
