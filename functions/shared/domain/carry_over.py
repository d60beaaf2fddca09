"""Decide what a new location id takes over from an old one. No other place decides this.

A new owner gets a new id for the same building. Facts carry over. What the old owner promised is
for the new owner to say: it becomes "has not said", and the old answer is put to the home as a
question.

| of the old id | is | so it |
| --- | --- | --- |
| bed counts, admission status, and when each was said | fact | carries whole, dates included |
| answers about the building: en suite, ground floor, steps | fact | carries, with its day |
| phone number for vacancies, website | fact, until the home says another | carries |
| all other answers to needs: whom it takes | promise | becomes a question |
| terms: who pays, how and when it admits, what beds may serve as | promise | becomes a question |
| weekly fees | promise | becomes a question |
| the description, which may hold promises of any kind | promise | becomes a question |
| what CQC's register says | the new id's own entry | never carries |

Each part carries once and only where the home has not spoken itself: its own word stays.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from shared.domain.care_home import MOST_BEDS, CareHome
from shared.domain.declaration import Declaration
from shared.domain.documents import Document
from shared.domain.home_before import CarriedPart, HomeBefore, LastInSearch
from shared.domain.promises import Promises

OF_THE_BUILDING: Final = frozenset({"en_suite", "ground_floor", "step_free", "wheelchair"})
"""The needs whose answers a change of owner leaves as they are, yes or no."""


class PartState(StrEnum):
    """Whether a part can carry over."""

    READY = "ready"
    CARRIED = "carried"
    REFUSED = "refused"
    NOTHING = "nothing"
    """The old id has said nothing of it."""


class PartOutlook(NamedTuple):
    """Whether a part can carry over, with a reason where it cannot, and what would carry."""

    part: CarriedPart
    state: PartState
    why: str | None
    value: Document


class CarryOver(NamedTuple):
    """The home with what was carried over, and the parts that were not, each with a reason."""

    home: CareHome
    carried: tuple[CarriedPart, ...]
    not_carried: Mapping[CarriedPart, str]


def outlook(old: CareHome, new: CareHome, today: date) -> list[PartOutlook]:
    """Return for each part whether it can carry over from the old id to the new one."""
    return [_outlook(part, old, new, today) for part in CarriedPart]


def carry_over(
    old: CareHome,
    new: CareHome,
    parts: Iterable[CarriedPart],
    last_in_search: LastInSearch | None,
    today: date,
) -> CarryOver:
    """Return the new home with these parts of the old one; a repeat changes nothing.

    `confirmed_at` stays the day on which the old id said so, and is never today's.
    """
    outlooks = [_outlook(part, old, new, today) for part in dict.fromkeys(parts)]
    ready = [each.part for each in outlooks if each.state is PartState.READY]
    carried = [each.part for each in outlooks if each.state is PartState.CARRIED]
    refused = {each.part: each.why or _NOTHING for each in outlooks if each.why}
    if not ready:
        return CarryOver(new, tuple(carried), refused)
    before = new.home_before or HomeBefore(old.location_id, ())
    before = replace(before, carried=_in_order(*before.carried, *ready))
    if CarriedPart.QUESTIONS in ready:
        before = replace(before, said=_promises(old, new))
    if CarriedPart.BUILDING in ready:
        before = replace(before, building=tuple(_building(old, new).needs))
    if CarriedPart.VACANCIES in ready:
        before = replace(before, vacancies_at=old.last_word_at, last_in_search=last_in_search)
    home = new
    for part in ready:
        home = _with_part(part, home, old, today)
    home = replace(home, version=new.version + 1, home_before=before)
    return CarryOver(home, _in_order(*carried, *ready), refused)


def take_back(old: CareHome, new: CareHome) -> CareHome:
    """Return the new home without what was carried over and what it has not said itself since."""
    before = new.home_before
    if before is None or before.location_id != old.location_id:
        return new
    home, window = new, new.shop_window
    declaration = new.declaration.without_answers(before.building)
    if CarriedPart.VACANCIES in before.carried and new.last_word_at == before.vacancies_at:
        home = _with_vacancies(new, CareHome(new.location_id, new.version, new.register))
    if CarriedPart.VACANCIES_PHONE in before.carried:
        phone = window.vacancies_phone
        is_carried = phone == old.shop_window.vacancies_phone
        window = replace(window, vacancies_phone=None if is_carried else phone)
    if CarriedPart.WEBSITE in before.carried:
        is_carried = window.website == old.shop_window.website
        window = replace(window, website=None if is_carried else window.website)
    return replace(
        home,
        version=new.version + 1,
        shop_window=window,
        declaration=declaration,
        home_before=None,
    )


_NOTHING: Final = "The old location ID has nothing to carry over here."
_OWN_COUNTS: Final = (
    "The home has posted its bed counts, or that it is open or closed, under its new location ID."
    " What it says itself stays."
)
_OWN_WORD: Final = "The home has said this itself under its new location ID. What it says stays."


def _outlook(part: CarriedPart, old: CareHome, new: CareHome, today: date) -> PartOutlook:
    state, why = _state(part, old, new)
    return PartOutlook(part, state, why, _value(part, old, new, today))


def _state(part: CarriedPart, old: CareHome, new: CareHome) -> tuple[PartState, str | None]:
    before = new.home_before
    if before and before.location_id != old.location_id:
        return PartState.REFUSED, (
            f"Something was carried over to this home from {before.location_id} before. That can be"
            " done from one location ID only."
        )
    if before and part in before.carried:
        return PartState.CARRIED, None
    if _has_nothing(part, old, new):
        return PartState.NOTHING, _NOTHING
    if _has_own_word(part, old, new):
        return PartState.REFUSED, _OWN_COUNTS if part is CarriedPart.VACANCIES else _OWN_WORD
    most = new.register.registered_beds or MOST_BEDS
    total = sum(counts.maximum_capacity for counts in old.beds.values())
    if part is CarriedPart.VACANCIES and total > most:
        return PartState.REFUSED, (
            f"The old location ID has counts of {total} beds, and the new one is registered for"
            f" {most}. The home has to post its counts itself."
        )
    return PartState.READY, None


def _has_nothing(part: CarriedPart, old: CareHome, new: CareHome) -> bool:
    window = old.shop_window
    match part:
        case CarriedPart.VACANCIES:
            return old.last_word_at is None
        case CarriedPart.BUILDING:
            return OF_THE_BUILDING.isdisjoint(old.declaration.needs)
        case CarriedPart.QUESTIONS:
            return not _promises(old, new).questions
        case _:
            return not getattr(window, part)


def _has_own_word(part: CarriedPart, old: CareHome, new: CareHome) -> bool:
    window = new.shop_window
    match part:
        case CarriedPart.VACANCIES:
            return new.last_word_at is not None
        case CarriedPart.BUILDING:
            return not _building(old, new).needs
        case CarriedPart.QUESTIONS:
            return False  # `_promises` leaves out what it has said
        case _:
            return bool(getattr(window, part))


def _building(old: CareHome, new: CareHome) -> Declaration:
    """Return the old answers about the building, without what the new home has said itself."""
    return old.declaration.only_answers(OF_THE_BUILDING.difference(new.declaration.needs))


def _promises(old: CareHome, new: CareHome) -> Promises:
    """Return what the old owner promised, without what the new home has said itself."""
    own = Promises.of(new.shop_window, new.declaration).questions
    promises = Promises.of(old.shop_window, old.declaration)
    return promises.without([*OF_THE_BUILDING, *own])


def _value(part: CarriedPart, old: CareHome, new: CareHome, today: date) -> Document:
    """Return what carries over, by the names that a home's document has."""
    match part:
        case CarriedPart.VACANCIES:
            document = old.without_passed_days(today).to_document()
            names = ("beds", "admission_status", "admission_status_at", "confirmed_at", "said_at")
            return {name: document[name] for name in names if name in document}
        case CarriedPart.BUILDING:
            return _building(old, new).to_document()
        case CarriedPart.QUESTIONS:
            return _promises(old, new).to_document()
        case _:
            value = getattr(old.shop_window, part)
            return {str(part): value} if value else {}


def _with_vacancies(home: CareHome, source: CareHome) -> CareHome:
    return replace(
        home,
        beds=source.beds,
        admission_status=source.admission_status,
        admission_status_at=source.admission_status_at,
        confirmed_at=source.confirmed_at,
        posts=source.posts,
    )


def _with_part(part: CarriedPart, home: CareHome, old: CareHome, today: date) -> CareHome:
    window, declaration, source = home.shop_window, home.declaration, old.shop_window
    match part:
        case CarriedPart.VACANCIES:
            return _with_vacancies(home, old.without_passed_days(today))
        case CarriedPart.BUILDING:
            declaration = declaration.with_facts(_building(old, home))
        case CarriedPart.VACANCIES_PHONE:
            window = replace(window, vacancies_phone=source.vacancies_phone)
        case CarriedPart.WEBSITE:
            window = replace(window, website=source.website)
        case CarriedPart.QUESTIONS:
            pass  # a question changes nothing before it is answered
    return replace(home, shop_window=window, declaration=declaration)


def _in_order(*parts: CarriedPart) -> tuple[CarriedPart, ...]:
    return tuple(part for part in CarriedPart if part in parts)
