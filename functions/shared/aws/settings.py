"""What a deployed function is told by its environment, read once."""

import functools
import json
import os
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Settings:
    """A council's choices, as far as the functions need them."""

    table_name: str
    team_topic_prefix: str
    """ARN of a team's topic but for the team's slug."""
    home_topic_prefix: str
    """ARN of a home's topic but for its location_id."""
    site_url: str
    """Where people use the pages, with a slash at its end."""
    local_authorities: frozenset[str]
    """Whose homes are imported; empty: everybody's."""
    search_is_public: bool
    groups_claim: str
    change_retention: timedelta | None
    """How long entries of the change log are kept; None: for ever."""
    import_bucket: str
    user_pool_id: str


@functools.cache
def settings() -> Settings:
    """Raises KeyError where the stack did not say which table."""
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
