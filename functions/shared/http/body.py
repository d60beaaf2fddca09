"""Request bodies, read strictly with pydantic.

A module of its own, because importing pydantic doubles the cold start of a function, and functions
without request bodies do not need it.
"""

from collections.abc import Callable
from typing import Annotated, Final, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from shared.domain import errors
from shared.domain.needs import NEEDS, RETIRED

_UNKNOWN_TYPES: Final = ("extra_forbidden", "unexpected_keyword_argument")
"""What pydantic calls an unknown field: of a body, and of a dataclass in one."""
_UNKNOWN: Final = "no such field: leave it out, or check how it is spelt"


class Body(BaseModel):
    """The body of a request: unknown fields and wrong types are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)

    @classmethod
    def read(cls, raw: bytes) -> Self:
        """Parse and validate a body. Raises MalformedError, RefusedError."""
        try:
            return cls.model_validate_json(raw)
        except ValidationError as invalid:
            details = invalid.errors(include_url=False, include_input=False, include_context=False)
            if any(error["type"] == "json_invalid" for error in details):
                raise errors.MalformedError("The body is not valid JSON.") from None
            raise errors.RefusedError(
                *(
                    errors.Problem(
                        # pydantic adds "[key]" where the name itself is wrong.
                        ".".join(str(each) for each in error["loc"] if each != "[key]") or "body",
                        _UNKNOWN
                        if error["type"] in _UNKNOWN_TYPES
                        else error["msg"].removeprefix("Value error, "),
                    )
                    for error in details
                )
            ) from None


def _need(name: str) -> str:
    if name not in NEEDS and name not in RETIRED:
        raise ValueError("one of the needs that docs/http.md lists")
    return name


NeedId = Annotated[str, AfterValidator(_need)]
"""The id of a need, also of one that is no longer asked."""


def read_with(reader: Callable[[str], str | None], expected: str) -> AfterValidator:
    """Validate a text with a reader of `contact_details`, and keep the normal form it returns.

    For a field's annotation: `Annotated[str, read_with(phone_number, PHONE_EXPECTED)]`.
    """

    def normal_form(text: str) -> str:
        value = reader(text)
        if value is None:
            raise ValueError(expected)
        return value

    return AfterValidator(normal_form)
