"""The members of a home's edit in which its staff describe it: its shop window."""

import re
from dataclasses import replace
from typing import Annotated

from pydantic import AfterValidator, Field

from shared.domain.contact_details import (
    PHONE_EXPECTED,
    WEBSITE_EXPECTED,
    phone_number,
    web_address,
)
from shared.domain.errors import Problem, RefusedError
from shared.domain.shop_window import ShopWindow
from shared.http.body import Body, read_with

_NOT_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def _plain_text(text: str) -> str:
    if _NOT_TEXT.search(text):
        raise ValueError("plain text, without control characters")
    return text.strip()


def _amount(pounds: float) -> float:
    """Return whole pounds as an integer, so that `950.00` is the same as `950`."""
    pence = round(pounds * 100)
    if abs(pounds * 100 - pence) > 1e-6:
        raise ValueError("pounds with at most two decimals, such as 950.50")
    return pence / 100 if pence % 100 else pence // 100


WeeklyFee = Annotated[float, Field(ge=1, le=20_000, allow_inf_nan=False), AfterValidator(_amount)]


class ShopWindowEdit(Body):
    """The members to change (JSON merge patch): null removes one. Fees are in pounds a week."""

    weekly_fee_from: WeeklyFee | None = None
    weekly_fee_to: WeeklyFee | None = None
    vacancies_phone: Annotated[str, read_with(phone_number, PHONE_EXPECTED)] | None = None
    website: Annotated[str, read_with(web_address, WEBSITE_EXPECTED)] | None = None
    description: Annotated[str, Field(max_length=500), AfterValidator(_plain_text)] | None = None

    def describe(self, before: ShopWindow) -> ShopWindow:
        """Return the shop window with this edit. Raises RefusedError."""
        sent = ShopWindowEdit.model_fields.keys() & self.model_fields_set
        window = replace(before, **{name: getattr(self, name) for name in sent})
        lowest, highest = window.weekly_fee_from, window.weekly_fee_to
        if lowest and highest and lowest > highest:
            raise RefusedError(
                Problem("weekly_fee_to", f"at least weekly_fee_from, which is {lowest}")
            )
        return window
