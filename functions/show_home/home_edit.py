"""The request body in which the staff of a home edit what it says of itself."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from pydantic import Field

from shared.domain.care_home import CareHome
from shared.domain.errors import Problem, RefusedError
from shared.domain.promises import MOST_QUESTIONS
from shared.domain.uk_time import uk_day
from show_home.declaration_edit import DeclarationEdit
from show_home.shop_window import ShopWindowEdit


class HomeEdit(ShopWindowEdit, DeclarationEdit):
    """The members to change (JSON merge patch) of the shop window and the declaration."""

    still_right: dict[str, bool] = Field(default_factory=dict, max_length=MOST_QUESTIONS)
    """Answers to what the home before said, by question: true takes the old answer over."""

    def made_at(self, now: datetime) -> Callable[[CareHome], CareHome]:
        """Return the function that gives a home this edit, or itself if nothing changes.

        It raises RefusedError.
        """
        return lambda home: self._apply_to(home, uk_day(now))

    def _apply_to(self, home: CareHome, today: date) -> CareHome:
        edited = self._answer(home, today) if self.still_right else self._edit(home, today)
        return home if edited == home else replace(edited, version=home.version + 1)

    def _edit(self, home: CareHome, today: date) -> CareHome:
        """Return the home with these fields; what it says itself is no question any more."""
        before = home.home_before
        return replace(
            home,
            shop_window=self.describe(home.shop_window),
            declaration=self.declare(home.declaration, today),
            home_before=before.without([*self.model_fields_set, *self.needs]) if before else None,
        )

    def _answer(self, home: CareHome, today: date) -> CareHome:
        """Return the home with these answers; each question is asked once. Raises RefusedError."""
        before = home.home_before
        questions = before.said.questions if before else ()
        expected = "one of the open questions: " + ", ".join(questions)
        problems = [
            Problem(f"still_right.{name[:40]}", expected)
            for name in self.still_right
            if name not in questions
        ]
        if self.model_fields_set != {"still_right"}:
            problems.append(Problem("still_right", "no other field beside it"))
        if problems or not before:
            raise RefusedError(*problems)
        right = [name for name, is_right in self.still_right.items() if is_right]
        window, declaration = before.said.keep(right, home.shop_window, home.declaration, today)
        return replace(
            home,
            shop_window=window,
            declaration=declaration,
            home_before=before.without(self.still_right),
        )
