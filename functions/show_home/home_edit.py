"""The request body in which the staff of a home edit what it says of itself."""

from dataclasses import replace
from datetime import date

from shared.domain.care_home import CareHome
from show_home.declaration_edit import DeclarationEdit
from show_home.shop_window import ShopWindowEdit


class HomeEdit(ShopWindowEdit, DeclarationEdit):
    """The members to change (JSON merge patch) of the shop window and the declaration."""

    def apply_to(self, home: CareHome, today: date) -> CareHome:
        """Return the home with this edit, itself if nothing changes. Raises RefusedError."""
        if self.still_right:
            edited = self.answer(home)
        else:
            declaration = self.declare(home.declaration, today)
            edited = replace(self.edit(home), declaration=declaration)
        return home if edited == home else replace(edited, version=home.version + 1)
