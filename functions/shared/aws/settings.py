"""The settings of a deployed function, read once from its environment."""

import functools
import json
import os
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Settings:
    """The council's choices that functions need."""

    table_name: str
    team_topic_prefix: str
    """The ARN of a team's topic, without the team's slug at its end."""
    home_topic_prefix: str
    """The ARN of a home's topic, without the location_id at its end."""
    site_url: str
    """The address of the website, with a slash at its end."""
    local_authorities: frozenset[str]
    """The local authorities whose homes are imported; empty means all."""
    search_is_public: bool
    groups_claim: str
    change_retention: timedelta | None
    """How long entries of the change log are kept; None: for ever."""
    import_bucket: str
    user_pool_id: str


@functools.cache
def settings() -> Settings:
    """Return the settings. Raises KeyError if the environment names no table."""
    days = int(os.environ.get("CHANGE_RETENTION_DAYS", "0"))
    return Settings(
        table_name=os.environ["TABLE_NAME"],
        team_topic_prefix=os.environ.get("TEAM_TOPIC_PREFIX", ""),
        home_topic_prefix=os.environ.get("HOME_TOPIC_PREFIX", ""),
        site_url=os.environ.get("SITE_URL", ""),
        local_authorities=frozenset(json.loads(os.environ.get("LOCAL_AUTHORITIES", "[]"))),
        search_is_public=os.environ.get("SEARCH_ACCESS") == "public",
        groups_claim=os.environ.get("GROUPS_CLAIM", "cognito:groups"),
        change_retention=timedelta(days=days) if days else None,
        import_bucket=os.environ.get("IMPORT_BUCKET", ""),
        user_pool_id=os.environ.get("USER_POOL_ID", ""),
    )
