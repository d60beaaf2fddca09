"""The settings of a deployed function, read once from its environment."""

import functools
import json
import os
from dataclasses import dataclass
from datetime import timedelta

from shared.domain.demand import Span


@dataclass(frozen=True, slots=True)
class Settings:
    """The council's choices that functions need."""

    table_name: str
    team_topic_prefix: str
    """The ARN of a team's topic, without the team's slug at its end."""
    site_url: str
    """The address of the website, with a slash at its end."""
    local_authorities: frozenset[str]
    """The local authorities whose homes are imported; empty means all."""
    search_is_public: bool
    demand_span: Span
    """The kind of period by which demand is counted and published."""
    council: str
    """The council's slug, by which the calls of its audit are drawn."""
    groups_claim: str
    change_retention: timedelta | None
    """How long entries of the change log are kept; None: for ever."""
    import_bucket: str
    user_pool_id: str
    delivery_queue_arn: str
    delivery_queue_url: str
    """The queue from which people are told."""
    address_key: str
    """The ARN of the key that seals people's addresses."""
    email_from: str
    """The address that emails come from; empty where the council sends none."""
    email_configuration_set: str
    sms_sender_id: str
    """What phones show as the sender of texts; empty where the council sends none."""
    distribution_proof: str
    """What the stack's own distribution sends with each request; empty where there is none."""


@functools.cache
def settings() -> Settings:
    """Return the settings. Raises KeyError if the environment names no table."""
    days = int(os.environ.get("CHANGE_RETENTION_DAYS", "0"))
    return Settings(
        table_name=os.environ["TABLE_NAME"],
        team_topic_prefix=os.environ.get("TEAM_TOPIC_PREFIX", ""),
        site_url=os.environ.get("SITE_URL", ""),
        local_authorities=frozenset(json.loads(os.environ.get("LOCAL_AUTHORITIES", "[]"))),
        search_is_public=os.environ.get("SEARCH_ACCESS") == "public",
        demand_span=Span(os.environ.get("DEMAND_SPAN", Span.WEEK)),
        council=os.environ.get("COUNCIL", ""),
        groups_claim=os.environ.get("GROUPS_CLAIM", "cognito:groups"),
        change_retention=timedelta(days=days) if days else None,
        import_bucket=os.environ.get("IMPORT_BUCKET", ""),
        user_pool_id=os.environ.get("USER_POOL_ID", ""),
        delivery_queue_arn=os.environ.get("DELIVERY_QUEUE_ARN", ""),
        delivery_queue_url=os.environ.get("DELIVERY_QUEUE_URL", ""),
        address_key=os.environ.get("ADDRESS_KEY", ""),
        email_from=os.environ.get("EMAIL_FROM", ""),
        email_configuration_set=os.environ.get("EMAIL_CONFIGURATION_SET", ""),
        sms_sender_id=os.environ.get("SMS_SENDER_ID", ""),
        distribution_proof=os.environ.get("DISTRIBUTION_PROOF", ""),
    )
