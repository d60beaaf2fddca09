"""Decide what a new location id takes over from an old one. No other place decides this.

A new owner gets a new id for the same building. Facts carry over. What the old owner promised is
for the new owner to say: it becomes "has not said", and the old answer is put to the home as a
question.

| of the old id | is | so it |
| --- | --- | --- |
| bed counts, admission status, and when each was said | fact | carries whole, dates included |
| en suite rooms, wheelchair access, a secure garden | fact of the building | carries |
| phone number for vacancies, website | fact, until the home says another | carries |
| all other features: whom it admits, when, on which terms | promise | becomes a question |
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
from shared.domain.documents import Document
from shared.domain.home_before import CarriedPart, HomeBefore, LastInSearch
from shared.domain.shop_window import ShopWindow
from shared.domain.vocabulary import Feature

OF_THE_BUILDING: Final = frozenset(
    {Feature.EN_SUITE, Feature.WHEELCHAIR_ACCESS, Feature.SECURE_GARDEN}
)
"""The features that a change of owner leaves as they are."""


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
    if CarriedPart.VACANCIES in before.carried and new.last_word_at == before.vacancies_at:
        home = _with_vacancies(new, CareHome(new.location_id, new.version, new.register))
    if CarriedPart.BUILDING in before.carried:
        of_building = OF_THE_BUILDING.intersection(old.shop_window.features)
        features = tuple(each for each in window.features if each not in of_building)
        window = replace(window, features=features)
    if CarriedPart.VACANCIES_PHONE in before.carried:
        phone = window.vacancies_phone
        is_carried = phone == old.shop_window.vacancies_phone
        window = replace(window, vacancies_phone=None if is_carried else phone)
    if CarriedPart.WEBSITE in before.carried:
        is_carried = window.website == old.shop_window.website
        window = replace(window, website=None if is_carried else window.website)
    return replace(home, version=new.version + 1, shop_window=window, home_before=None)


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
    if _has_own_word(part, new):
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
            return OF_THE_BUILDING.isdisjoint(window.features)
        case CarriedPart.QUESTIONS:
            return not HomeBefore(old.location_id, (), _promises(old, new)).questions
        case _:
            return not getattr(window, part)


def _has_own_word(part: CarriedPart, new: CareHome) -> bool:
    window = new.shop_window
    match part:
        case CarriedPart.VACANCIES:
            return new.last_word_at is not None
        case CarriedPart.BUILDING:
            return bool(window.features)
        case CarriedPart.QUESTIONS:
            return False  # `_promises` leaves out what it has said
        case _:
            return bool(getattr(window, part))


def _promises(old: CareHome, new: CareHome) -> ShopWindow:
    """Return what the old owner promised, without what the new home has said itself."""
    said, own = old.shop_window, new.shop_window
    carried = new.home_before.carried if new.home_before else ()
    of_building = OF_THE_BUILDING if CarriedPart.BUILDING in carried else frozenset()
    has_own_features = bool(set(own.features) - of_building)
    has_own_fees = bool(own.weekly_fee_from or own.weekly_fee_to)
    return ShopWindow(
        features=()
        if has_own_features
        else tuple(each for each in said.features if each not in OF_THE_BUILDING),
        weekly_fee_from=None if has_own_fees else said.weekly_fee_from,
        weekly_fee_to=None if has_own_fees else said.weekly_fee_to,
        description=None if own.description else said.description,
    )


def _value(part: CarriedPart, old: CareHome, new: CareHome, today: date) -> Document:
    """Return what carries over, by the names that a home's document has."""
    match part:
        case CarriedPart.VACANCIES:
            document = old.without_passed_days(today).to_document()
            names = ("beds", "admission_status", "admission_status_at", "confirmed_at")
            return {name: document[name] for name in names if name in document}
        case CarriedPart.BUILDING:
            features = old.shop_window.features
            return {"features": [each for each in features if each in OF_THE_BUILDING]}
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
    )


def _with_part(part: CarriedPart, home: CareHome, old: CareHome, today: date) -> CareHome:
    window, source = home.shop_window, old.shop_window
    match part:
        case CarriedPart.VACANCIES:
            return _with_vacancies(home, old.without_passed_days(today))
        case CarriedPart.BUILDING:
            kept = {*window.features, *OF_THE_BUILDING.intersection(source.features)}
            window = replace(window, features=tuple(each for each in Feature if each in kept))
        case CarriedPart.VACANCIES_PHONE:
            window = replace(window, vacancies_phone=source.vacancies_phone)
        case CarriedPart.WEBSITE:
            window = replace(window, website=source.website)
        case CarriedPart.QUESTIONS:
            pass  # a question changes nothing before it is answered
    return replace(home, shop_window=window)


def _in_order(*parts: CarriedPart) -> tuple[CarriedPart, ...]:
    return tuple(part for part in CarriedPart if part in parts)
