"""What a request may carry, read strictly; apart, as pydantic doubles the time until a first answer
of the functions that are sent nothing."""

from collections.abc import Callable
from typing import Self

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from shared.domain import errors


class Body(BaseModel):
    """What a request may carry: no field unknown, no type guessed."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)

    @classmethod
    def read(cls, raw: bytes) -> Self:
        """What was sent, as this. Raises MalformedError, RefusedError."""
        try:
            return cls.model_validate_json(raw)
        except ValidationError as invalid:
            first = invalid.errors(include_url=False, include_input=False, include_context=False)
            if any(error["type"] == "json_invalid" for error in first):
                raise errors.MalformedError("the body is not JSON") from None
            raise errors.RefusedError(
                *(
                    errors.Problem(
                        ".".join(map(str, error["loc"])) or "body",
                        error["msg"].removeprefix("Value error, "),
                    )
                    for error in first
                )
            ) from None


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
