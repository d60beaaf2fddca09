"""The request body in which the staff of a home edit what it says of itself."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from shared.domain.care_home import CareHome
from shared.domain.uk_time import uk_day
from show_home.declaration_edit import DeclarationEdit
from show_home.shop_window import ShopWindowEdit


class HomeEdit(ShopWindowEdit, DeclarationEdit):
    """The members to change (JSON merge patch) of the shop window and the declaration."""

    def made_at(self, now: datetime) -> Callable[[CareHome], CareHome]:
        """Return the function that gives a home this edit, or itself if nothing changes.

        It raises RefusedError.
        """
        return lambda home: self._apply_to(home, uk_day(now))

    def _apply_to(self, home: CareHome, today: date) -> CareHome:
        if self.still_right:
            edited = self.answer(home)
        else:
            declaration = self.declare(home.declaration, today)
            edited = replace(self.edit(home), declaration=declaration)
        return home if edited == home else replace(edited, version=home.version + 1)
