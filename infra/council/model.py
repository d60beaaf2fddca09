"""What a council decides about its stack: every key of its file, and what each may be."""

from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from infra.council import values
from infra.council.appearance import LEAST_CONTRAST, dark_enough, of_map_tiles
from infra.council.values import Address, LogRetentionDays, Slug, TimeOfDay


class Council(BaseModel):
    """One council's stack. Each description completes "expected ..."."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    slug: Slug = Field(
        description="3 to 30 of a-z, 0-9 and '-', a letter first: part of the stack's names"
    )
    name: str = Field(min_length=1, description="the council's name as people write it")
    region: str = Field(
        "eu-west-2", pattern=r"^[a-z]{2}(-[a-z]+)+-[0-9]$", description="an AWS region"
    )
    local_authorities: tuple[str, ...] = Field(
        (), description="a list of local authorities as the directory spells them; empty: all"
    )
    search_access: Literal["staff", "public"] = Field(
        "staff", description="'staff' (discharge teams and the council) or 'public'"
    )
    site: bool = Field(
        default=True, description="false only where the pages are not served by CloudFront"
    )
    domain: str = Field(
        "",
        pattern=r"^([a-z0-9-]+(\.[a-z0-9-]+)+)?$",
        description="the pages' own host name, such as beds.example.gov.uk, with certificate_arn",
    )
    certificate_arn: str = Field(
        "",
        pattern=r"^(arn:aws:acm:us-east-1:[0-9]{12}:certificate/[0-9a-f-]+)?$",
        validate_default=True,
        description="with domain, and only with it, the ARN of a certificate for it in us-east-1",
    )
    contact: str = Field(
        "",
        pattern=values.ONE_LINE,
        description="one line of up to 200 characters: whom people in trouble turn to",
    )
    privacy_url: str = Field(
        "",
        pattern=values.PAGE,
        description="the https:// address of the council's privacy notice for this service",
    )
    accessibility_url: str = Field(
        "",
        pattern=values.PAGE,
        description="the https:// address of the council's accessibility statement for it",
    )
    colour: Annotated[str, AfterValidator(dark_enough)] = Field(
        "",
        description=f"#rrggbb on which white text can be read: {LEAST_CONTRAST} to 1 or more",
    )
    map_tiles_url: Annotated[str, AfterValidator(of_map_tiles)] = Field(
        "",
        description="https://host/... with {z}, {x} and {y}, and {s} at most as its first part",
    )
    map_attribution: str = Field(
        "",
        pattern=values.ONE_LINE,
        validate_default=True,
        description="the line that the owner of the map's tiles wants named beside them",
    )
    callback_urls: tuple[Address, ...] = Field(
        (),
        validate_default=True,
        description="a list of https:// (or http://localhost) addresses to return to, signed in,"
        " besides the site's own; one at least where there is no site",
    )
    logout_urls: tuple[Address, ...] = Field(
        (),
        validate_default=True,
        description="a list of https:// (or http://localhost) addresses to return to, signed out,"
        " besides the site's own; one at least where there is no site",
    )
    admin_sign_in: bool = Field(
        default=False,
        description="true only for a stack on one's own machine, whose tools sign users in",
    )
    invitations_from: str = Field(
        "",
        pattern=values.EMAIL,
        description="an e-mail address of a domain that Amazon SES has verified in this region",
    )
    alarm_email: str = Field(
        "", pattern=values.EMAIL, description="one e-mail address, better of a team than a person"
    )
    reminder_times: tuple[TimeOfDay, ...] = Field(
        (), description='a list of times of day in London, such as ["09:30", "14:00"]; empty: none'
    )
    log_retention_days: LogRetentionDays = Field(
        365, description="a number of days that CloudWatch Logs takes, such as 30, 90, 180 or 365"
    )
    change_retention_days: int = Field(
        1096,
        ge=0,
        le=3653,
        description="how many days the log of changes is kept, 90 at least; 0: for ever",
    )
    monthly_budget_usd: int = Field(
        0,
        ge=0,
        le=1_000_000,
        description="whole US dollars a month, above which alarm_email is told; 0: no budget",
    )
    permissions_boundary: str = Field(
        "",
        pattern=values.BOUNDARY,
        description="the ARN of an IAM policy that no role of the stack may exceed",
    )
    oidc_issuer: str = Field(
        "",
        pattern=values.ISSUER,
        description="the https:// address of an OpenID Connect issuer, as its tokens name it",
    )
    oidc_client_id: str = Field(
        "", pattern=values.CLIENT, description="what the issuer knows the pages as"
    )
    oidc_groups_claim: str = Field(
        "",
        pattern=values.CLAIM,
        validate_default=True,
        description="the claim that holds somebody's groups; with oidc_issuer and oidc_client_id,"
        " or none of the three",
    )
    oidc_scope: str = Field(
        "openid",
        pattern=values.SCOPE,
        description="what the pages ask the issuer for, 'openid' first: some issuers give a token"
        " for this API only where its own scope is named",
    )
    waf: bool = Field(
        default=False, description="true or false; true only with the site, whose CloudFront it is"
    )
    waf_requests_per_five_minutes: int = Field(
        10_000,
        ge=10,
        le=2_000_000_000,
        description="how many requests to the API one address may send in five minutes: a whole"
        " hospital, or several, may share one",
    )
    throttle_requests_per_second: int = Field(
        200, ge=1, le=10_000, description="1 to 10000 requests a second, of all callers together"
    )
    throttle_burst: int = Field(
        400, ge=1, le=5_000, description="1 to 5000 requests at once, of all callers together"
    )

    @property
    def groups_claim(self) -> str:
        """Where a token holds somebody's groups."""
        return self.oidc_groups_claim or "cognito:groups"

    @property
    def oidc_origin(self) -> str:
        """Of the council's own issuer, as a security policy writes it."""
        parts = urlsplit(self.oidc_issuer)
        return f"{parts.scheme}://{parts.netloc}"

    @field_validator("monthly_budget_usd")
    @classmethod
    def _somebody_is_told_of_the_budget(cls, budget: int, info: ValidationInfo) -> int:
        if budget and not info.data.get("alarm_email"):
            raise ValueError("alarm_email is not set")
        return budget

    @field_validator("change_retention_days")
    @classmethod
    def _what_is_shown_is_kept(cls, days: int) -> int:
        # The overview looks back over weeks, and a restored backup is up to 35 days old.
        if 0 < days < 90:
            raise ValueError(f"{days} days would take away what the pages show")
        return days

    @field_validator("oidc_groups_claim")
    @classmethod
    def _an_issuer_is_named_whole(cls, claim: str, info: ValidationInfo) -> str:
        others = [info.data.get(each, "") for each in ("oidc_issuer", "oidc_client_id")]
        if len({bool(each) for each in (*others, claim)}) > 1:
            raise ValueError("only some of oidc_issuer, oidc_client_id and this are set")
        return claim

    @field_validator("waf")
    @classmethod
    def _a_firewall_has_something_to_stand_before(cls, waf: bool, info: ValidationInfo) -> bool:
        if waf and not info.data.get("site", True):
            raise ValueError("there is no site")
        return waf

    @field_validator("certificate_arn")
    @classmethod
    def _domain_and_certificate_go_together(cls, arn: str, info: ValidationInfo) -> str:
        domain = info.data.get("domain", "")
        if bool(domain) != bool(arn):
            raise ValueError(f"domain is '{domain}' and certificate_arn is '{arn}'")
        return arn

    @field_validator("map_attribution")
    @classmethod
    def _tiles_are_credited(cls, attribution: str, info: ValidationInfo) -> str:
        if info.data.get("map_tiles_url") and not attribution:
            raise ValueError("map_tiles_url is set without it")
        return attribution

    @field_validator("callback_urls", "logout_urls")
    @classmethod
    def _there_is_somewhere_to_return_to(
        cls, urls: tuple[str, ...], info: ValidationInfo
    ) -> tuple[str, ...]:
        if not urls and not info.data.get("site", True):
            raise ValueError("there is no site and no address")
        return urls
