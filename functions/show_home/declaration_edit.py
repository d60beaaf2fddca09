"""The members of a home's edit in which its staff declare whom they take, and on which terms."""

from dataclasses import replace
from datetime import date
from typing import Annotated, Final

from pydantic import AfterValidator, Field

from shared.domain.admission_hours import MAX_PERIODS, AdmissionHours, Period, read_clock
from shared.domain.contradictions import contradictions
from shared.domain.declaration import Declaration
from shared.domain.documents import HomeDocument
from shared.domain.errors import RefusedError
from shared.domain.needs import NEEDS, RETIRED, Answer
from shared.domain.terms import (
    MAX_ASSESSMENT_HOURS,
    MAX_NIGHTS,
    MAX_TOP_UP,
    Assessment,
    Funding,
)
from shared.domain.vocabulary import BedCategory
from shared.http.body import Body, NeedId

_PERIOD_EXPECTED: Final = 'a period such as "08:00-20:00"; "20:00-02:00" ends on the next day'
_CLOCK_EXPECTED: Final = 'a time from "00:00" to "23:59"'


def _period(text: str) -> str:
    if Period.read(text) is None:
        raise ValueError(_PERIOD_EXPECTED)
    return text


def _clock(text: str) -> str:
    if read_clock(text) is None:
        raise ValueError(_CLOCK_EXPECTED)
    return text


Periods = Annotated[list[Annotated[str, AfterValidator(_period)]], Field(max_length=MAX_PERIODS)]


class AdmissionHoursBody(Body):
    """The hours of each day; a day without hours has no admissions."""

    monday: Periods = Field(default_factory=list)
    tuesday: Periods = Field(default_factory=list)
    wednesday: Periods = Field(default_factory=list)
    thursday: Periods = Field(default_factory=list)
    friday: Periods = Field(default_factory=list)
    saturday: Periods = Field(default_factory=list)
    sunday: Periods = Field(default_factory=list)
    bank_holiday: Periods | None = None
    """Null: a bank holiday is a day like any other."""
    same_day_before: Annotated[str, AfterValidator(_clock)] | None = None

    def to_hours(self) -> AdmissionHours:
        """Return the hours, each day's periods in order."""
        hours = AdmissionHours.from_document(self.model_dump(exclude_none=True))
        return replace(
            hours, periods={day: tuple(sorted(each)) for day, each in hours.periods.items()}
        )


class DeclarationEdit(Body):
    """The changes to a declaration (JSON merge patch): null takes an answer or a term back."""

    needs: dict[NeedId, Answer | None] = Field(default_factory=dict)
    funding: list[Funding] | None = Field(default=None, max_length=len(Funding))
    top_up_from: int | None = Field(default=None, ge=1, le=MAX_TOP_UP)
    respite_nights: int | None = Field(default=None, ge=1, le=MAX_NIGHTS)
    assesses_by: list[Assessment] | None = Field(default=None, max_length=len(Assessment))
    assesses_within_hours: int | None = Field(default=None, ge=1, le=MAX_ASSESSMENT_HOURS)
    admission_hours: AdmissionHoursBody | None = None
    also_as: dict[BedCategory, list[BedCategory] | None] = Field(default_factory=dict)

    def declare(self, before: Declaration, today: date) -> Declaration:
        """Return the declaration with this edit. Raises RefusedError.

        Needs that are no longer asked are left out, wherever they still come from.
        """
        sent = self.model_fields_set
        terms = {name: getattr(self, name) for name in _TERMS & sent}
        for name, values in (("funding", Funding), ("assesses_by", Assessment)):
            if terms.get(name) is not None:
                terms[name] = tuple(each for each in values if each in terms[name])
        if hours := terms.get("admission_hours"):
            terms["admission_hours"] = hours.to_hours()
        # What belongs to a funding goes with it, unless the edit says otherwise.
        if "funding" in sent:
            accepted = terms["funding"] or ()
            if Funding.TOP_UP not in accepted:
                terms.setdefault("top_up_from", None)
            if Funding.RESPITE not in accepted:
                terms.setdefault("respite_nights", None)
        also_as = {**before.also_as, **self.also_as}
        needs = {need: answer for need, answer in self.needs.items() if need in NEEDS}
        declaration = replace(
            before.answer(needs, today),
            terms=replace(before.terms, **terms),
            also_as={
                category: tuple(each for each in BedCategory if each in others)
                for category in BedCategory
                if (others := also_as.get(category))
            },
        )
        if problems := list(declaration.problems()):
            raise RefusedError(*problems)
        return declaration

    def with_remarks(self, home: HomeDocument) -> HomeDocument:
        """Return the home that this edit has changed, with what to tell whoever made the edit.

        `warnings` are of answers that do not fit what else is known; `notices` of needs that are
        no longer asked, which were ignored. Either is left out where there is none.
        """
        declared = [*self.needs, *(self.funding or ())]
        remarks = {
            "warnings": [each._asdict() for each in contradictions(home, declared)],
            "notices": [RETIRED[need] for need in self.needs if need in RETIRED],
        }
        return {**home, **{name: told for name, told in remarks.items() if told}}


_TERMS: Final = frozenset(DeclarationEdit.model_fields) - {"needs", "also_as"}
