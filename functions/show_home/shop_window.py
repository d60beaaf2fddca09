"""What a home's staff may say of it in its shop window."""

import re
from dataclasses import replace
from typing import Annotated

from pydantic import AfterValidator, Field

from shared.domain.care_home import CareHome
from shared.domain.errors import Problem, RefusedError
from shared.domain.vocabulary import Feature
from shared.http.body import Body

_PHONE = re.compile(r"(\+44|0)[0-9 ]{9,13}", re.ASCII)
_WEBSITE = re.compile(r"https?://[a-z0-9.-]+\.[a-z]{2,}(/[\w./~%#?=&+-]*)?", re.ASCII | re.I)
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def _a_phone(text: str) -> str:
    if not _PHONE.fullmatch(text):
        raise ValueError("a United Kingdom telephone number is expected, such as 01632 960001")
    return text


def _a_website(text: str) -> str:
    if not _WEBSITE.fullmatch(text):
        raise ValueError("a web address is expected, such as https://www.example.org/home")
    return text


def _plain_text(text: str) -> str:
    if _NOT_TEXT.search(text):
        raise ValueError("plain text is expected, without control characters")
    return text.strip()


WeeklyFee = Annotated[int, Field(ge=1, le=20_000)]


class ShopWindowEdit(Body):
    """The members to change (JSON merge patch): null takes one away; fees in pounds a week."""

    features: list[Feature] | None = Field(default=None, max_length=len(Feature))
    weekly_fee_from: WeeklyFee | None = None
    weekly_fee_to: WeeklyFee | None = None
    vacancies_phone: Annotated[str, Field(max_length=20), AfterValidator(_a_phone)] | None = None
    website: Annotated[str, Field(max_length=200), AfterValidator(_a_website)] | None = None
    description: Annotated[str, Field(max_length=500), AfterValidator(_plain_text)] | None = None

    def laid_on(self, home: CareHome) -> CareHome:
        """The home with this edit; the same home where nothing changes. Raises RefusedError."""
        named = {name: getattr(self, name) for name in self.model_fields_set}
        if "features" in named:
            wanted = set(named["features"] or ())
            named["features"] = tuple(each for each in Feature if each in wanted)
        window = replace(home.shop_window, **named)
        lowest, highest = window.weekly_fee_from, window.weekly_fee_to
        if lowest and highest and lowest > highest:
            raise RefusedError(Problem("weekly_fee_to", f"at least weekly_fee_from, {lowest}"))
        if window == home.shop_window:
            return home
        return replace(home, version=home.version + 1, shop_window=window)
