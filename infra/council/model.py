"""Every setting of a council's file, and what each may be."""

from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from infra.council import values
from infra.council.appearance import LEAST_CONTRAST, check_colour, check_map_tiles
from infra.council.values import Address, LogRetentionDays, Slug, SmsSenderId, TimeOfDay


class Council(BaseModel):
    """The settings of one council. Each description completes "expected ..."."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    slug: Slug = Field(
        description="3 to 30 of a-z, 0-9 and '-', starting with a letter; part of names on AWS"
    )
    name: str = Field(min_length=1, description="the council's name, as the pages show it")
    region: str = Field(
        "eu-west-2", pattern=r"^[a-z]{2}(-[a-z]+)+-[0-9]$", description="an AWS region"
    )
    local_authorities: tuple[str, ...] = Field(
        (),
        description="a list of local authorities as CQC spells them; an empty list: all",
    )
    search_access: Literal["staff", "public"] = Field(
        "staff", description="'staff' (discharge teams and the council) or 'public'"
    )
    discharge_teams: Literal["several", "one"] = Field(
        "several",
        description="'several', or 'one': what teams search for is then published by the month,"
        " not by the week and of two teams or more",
    )
    site: bool = Field(
        default=True,
        description="true, or false if something other than CloudFront serves the pages",
    )
    domain: str = Field(
        "",
        pattern=r"^([a-z0-9-]+(\.[a-z0-9-]+)+)?$",
        description="the pages' host name, such as beds.example.gov.uk, with certificate_arn",
    )
    certificate_arn: str = Field(
        "",
        pattern=r"^(arn:aws:acm:us-east-1:[0-9]{12}:certificate/[0-9a-f-]+)?$",
        validate_default=True,
        description="the ARN of a certificate for the domain in us-east-1, with domain",
    )
    contact: str = Field(
        "",
        pattern=values.ONE_LINE,
        description="one line of up to 200 characters that says where people get help",
    )
    privacy_url: str = Field(
        "",
        pattern=values.PAGE,
        description="the https:// address of the council's privacy notice for this service",
    )
    accessibility_url: str = Field(
        "",
        pattern=values.PAGE,
        description="the https:// address of the accessibility statement for this service",
    )
    colour: Annotated[str, AfterValidator(check_colour)] = Field(
        "",
        description=f"#rrggbb, with a contrast of {LEAST_CONTRAST} to 1 or more to white text",
    )
    map_tiles_url: Annotated[str, AfterValidator(check_map_tiles)] = Field(
        "",
        description="https://host/... with {z}, {x} and {y}; the host may start with {s}",
    )
    map_attribution: str = Field(
        "",
        pattern=values.ONE_LINE,
        validate_default=True,
        description="one line of up to 200 characters: the credit of the map tiles' owner",
    )
    callback_urls: tuple[Address, ...] = Field(
        (),
        validate_default=True,
        description="a list of https:// (or http://localhost) addresses that people return to after"
        " they sign in, besides the site's; at least one if site is false",
    )
    logout_urls: tuple[Address, ...] = Field(
        (),
        validate_default=True,
        description="a list of https:// (or http://localhost) addresses that people return to after"
        " they sign out, besides the site's; at least one if site is false",
    )
    admin_sign_in: bool = Field(
        default=False,
        description="false, or true for a local stack whose tools sign people in",
    )
    email_from: str = Field(
        "",
        pattern=values.EMAIL,
        description="an email address, in a domain that Amazon SES has verified in this region",
    )
    sms_sender_id: SmsSenderId = Field(
        "",
        description="3 to 11 letters and digits, at least one of them a letter",
    )
    alarm_email: str = Field(
        "", pattern=values.EMAIL, description="one email address, better a team's than a person's"
    )
    reminder_times: tuple[TimeOfDay, ...] = Field(
        (),
        description='a list of times in London, such as ["09:30", "14:00"]; an empty list: never',
    )
    log_retention_days: LogRetentionDays = Field(
        365, description="a number of days that CloudWatch Logs accepts, such as 30, 90, 180 or 365"
    )
    change_retention_days: int = Field(
        1096,
        ge=0,
        le=3653,
        description="the days to keep the change log, at least 90; 0 means for ever",
    )
    monthly_budget_usd: int = Field(
        0,
        ge=0,
        le=1_000_000,
        description="whole US dollars a month, together with alarm_email; 0 means no budget",
    )
    permissions_boundary: str = Field(
        "",
        pattern=values.BOUNDARY,
        description="the ARN of an IAM policy to use as the permissions boundary of every role",
    )
    oidc_issuer: str = Field(
        "",
        pattern=values.ISSUER,
        description="the https:// address of an OpenID Connect issuer, as its tokens state it",
    )
    oidc_client_id: str = Field(
        "", pattern=values.CLIENT, description="the client id of the pages at the issuer"
    )
    oidc_groups_claim: str = Field(
        "",
        pattern=values.CLAIM,
        validate_default=True,
        description="the claim that holds a person's groups, together with oidc_issuer and"
        " oidc_client_id",
    )
    oidc_scope: str = Field(
        "openid",
        pattern=values.SCOPE,
        description="the scopes that the pages request, 'openid' first; some issuers give a token"
        " for this API only if its scope is requested",
    )
    second_step_for: Literal["council", "everyone", "nobody"] = Field(
        "council",
        description="'council', 'everyone' or 'nobody', without oidc_issuer: an issuer of the"
        " council's own asks for a second step itself",
    )
    waf: bool = Field(
        default=False, description="true or false; it can be true only if site is true"
    )
    waf_requests_per_five_minutes: int = Field(
        10_000,
        ge=10,
        le=2_000_000_000,
        description="10 or more: the API requests that one IP address may send in five minutes. A"
        " whole hospital may share one address",
    )
    waf_managed_rules: Literal["block", "count"] = Field(
        "block",
        description="'block', or 'count' to log what AWS's rules would block and let it pass",
    )
    throttle_requests_per_second: int = Field(
        200, ge=1, le=10_000, description="1 to 10000 requests a second, for all callers together"
    )
    throttle_burst: int = Field(
        400, ge=1, le=5_000, description="1 to 5000 requests at once, for all callers together"
    )

    @property
    def groups_claim(self) -> str:
        """The claim of a token that holds the person's groups."""
        return self.oidc_groups_claim or "cognito:groups"

    @property
    def search_is_public(self) -> bool:
        """Whether people can search without signing in."""
        return self.search_access == "public"

    @property
    def demand_span(self) -> str:
        """The kind of period by which demand is counted and published."""
        return "month" if self.discharge_teams == "one" else "week"

    @property
    def oidc_origin(self) -> str:
        """The origin of the council's own issuer, as a security policy writes it."""
        parts = urlsplit(self.oidc_issuer)
        return f"{parts.scheme}://{parts.netloc}"

    @field_validator("monthly_budget_usd")
    @classmethod
    def _budget_has_a_reader(cls, budget: int, info: ValidationInfo) -> int:
        if budget and not info.data.get("alarm_email"):
            raise ValueError("alarm_email is not set")
        return budget

    @field_validator("change_retention_days")
    @classmethod
    def _pages_can_show_their_period(cls, days: int) -> int:
        # The overview shows weeks of changes, and a restored backup is up to 35 days old.
        if 0 < days < 90:
            raise ValueError(f"{days} days is shorter than the pages and a restore need")
        return days

    @field_validator("oidc_groups_claim")
    @classmethod
    def _issuer_is_complete(cls, claim: str, info: ValidationInfo) -> str:
        others = [info.data.get(each, "") for each in ("oidc_issuer", "oidc_client_id")]
        if len({bool(each) for each in (*others, claim)}) > 1:
            raise ValueError(
                "set all of oidc_issuer, oidc_client_id and oidc_groups_claim, or none"
            )
        return claim

    @field_validator("second_step_for")
    @classmethod
    def _second_step_is_the_pools(cls, required_for: str, info: ValidationInfo) -> str:
        if info.data.get("oidc_issuer"):
            raise ValueError("oidc_issuer is set")
        return required_for

    @field_validator("waf")
    @classmethod
    def _firewall_has_a_site(cls, waf: bool, info: ValidationInfo) -> bool:
        if waf and not info.data.get("site", True):
            raise ValueError("site is false")
        return waf

    @field_validator("certificate_arn")
    @classmethod
    def _domain_has_a_certificate(cls, arn: str, info: ValidationInfo) -> str:
        domain = info.data.get("domain", "")
        if bool(domain) != bool(arn):
            raise ValueError(f"domain is '{domain}' and certificate_arn is '{arn}'")
        return arn

    @field_validator("map_attribution")
    @classmethod
    def _map_tiles_are_credited(cls, attribution: str, info: ValidationInfo) -> str:
        if info.data.get("map_tiles_url") and not attribution:
            raise ValueError("map_tiles_url is set, but not map_attribution")
        return attribution

    @field_validator("callback_urls", "logout_urls")
    @classmethod
    def _people_have_a_page_to_return_to(
        cls, urls: tuple[str, ...], info: ValidationInfo
    ) -> tuple[str, ...]:
        if not urls and not info.data.get("site", True):
            raise ValueError("site is false and the list is empty")
        return urls
