"""What a council decides about its stack, read from `councils/<name>.toml`."""

import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_core import ErrorDetails

from infra.looks import LEAST_CONTRAST, dark_enough, of_map_tiles

ROOT = Path(__file__).parent.parent
COUNCILS = ROOT / "councils"


class SettingsError(Exception):
    """The settings cannot be used; a line per problem names the key and what is expected."""


def _no_word_that_cognito_refuses(slug: str) -> str:
    for word in ("aws", "amazon", "cognito"):
        if word in slug:
            raise ValueError(f"'{word}' may not be part of a sign-in domain")
    return slug


def _secure_or_own_machine(url: str) -> str:
    if not url.startswith(("https://", "http://localhost:", "http://localhost/")):
        raise ValueError(f"'{url}' could be read on its way")
    return url


Address = Annotated[str, AfterValidator(_secure_or_own_machine)]


class Council(BaseModel):
    """One council's stack. Each description completes "expected ..."."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    slug: Annotated[
        str,
        Field(
            pattern=r"^[a-z][a-z0-9-]{1,28}[a-z0-9]$",
            description="3 to 30 of a-z, 0-9 and '-', a letter first: part of the stack's names",
        ),
        AfterValidator(_no_word_that_cognito_refuses),
    ]
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
        pattern=r"^[^\x00-\x1f\x7f]{0,200}$",
        description="one line of up to 200 characters: whom people in trouble turn to",
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
        pattern=r"^[^\x00-\x1f\x7f]{0,200}$",
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


def read(council: str) -> Council:
    """The settings of `councils/<council>.toml`, or of a file whose path ends in .toml.

    Raises SettingsError.
    """
    path = Path(council) if council.endswith(".toml") else COUNCILS / f"{council}.toml"
    try:
        return Council.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        known = ", ".join(sorted(each.stem for each in COUNCILS.glob("*.toml")))
        raise SettingsError(f"there is no {path.name} in {path.parent}; known: {known}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path.name} is not TOML: {error}") from None
    except ValidationError as error:
        problems = [f"{path.name}: {_told(each)}" for each in error.errors()]
        raise SettingsError("\n".join(problems)) from None


def _told(problem: ErrorDetails) -> str:
    key = str(problem["loc"][0])
    field = Council.model_fields.get(key)
    if field is None:
        return f"unknown key {key}; expected one of {', '.join(Council.model_fields)}"
    if problem["type"] == "missing":
        return f"{key} is missing; expected {field.description}"
    reason = problem.get("ctx", {}).get("error") or f"{problem['input']!r} cannot be used"
    return f"{key}: {reason}; expected {field.description}"
