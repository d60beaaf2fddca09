"""What a care home offers now, read from its document: the only place where this is decided."""

from datetime import date
from typing import Final

from shared.domain.documents import Document, HomeDocument
from shared.domain.needs import Suits
from shared.domain.vocabulary import AdmissionState, Registration


def free_beds(home: HomeDocument) -> dict[str, int]:
    """Count the vacancies by bed category; a closed or unregistered home has none."""
    if not _admits(home):
        return {}
    return {
        category: counts["accepting"]
        for category, counts in home["beds"].items()
        if counts["accepting"]
    }


def beds_by_use(home: HomeDocument) -> dict[str, int]:
    """Count the vacancies by every category that they may serve as: for finding, not for totals.

    A bed that may serve as several kinds is counted under each.
    """
    free = free_beds(home)
    if not (also_as := home.get("also_as")):
        return free
    by_use = dict(free)
    for category, others in also_as.items():
        for other in others if category in free else ():
            by_use[other] = by_use.get(other, 0) + free[category]
    return by_use


def beds_that_suit(home: HomeDocument) -> dict[Suits, set[str]]:
    """Return, for each kind of person, the categories that a free bed for them may serve as.

    A bed for anyone suits a woman and a man; a couple needs one that the home offers to couples.
    """
    also_as, beds = home.get("also_as", {}), home["beds"]
    uses: dict[Suits, set[str]] = {}
    for category in free_beds(home):
        for person in suited_by(beds[category]):
            uses.setdefault(person, set()).update((category, *also_as.get(category, ())))
    return uses


def most_that_suit(home: HomeDocument) -> dict[Suits, int]:
    """Return, for each kind of person, the most vacancies of one category that suit."""
    most: dict[Suits, int] = {}
    for category, free in free_beds(home).items():
        for person in suited_by(home["beds"][category]):
            most[person] = max(free, most.get(person, 0))
    return most


def suited_by(counts: Document) -> frozenset[Suits]:
    """Return whom the free beds of a category suit, from its counts in a home's document."""
    return _PEOPLE[Suits(counts.get("suits", Suits.ANY))]


def categories_of_use(home: HomeDocument) -> list[str]:
    """Return the categories that the home has, and those that its beds may serve as."""
    also_as = home.get("also_as", {})
    others = [other for category in home["beds"] for other in also_as.get(category, ())]
    return list(dict.fromkeys([*home["beds"], *others]))


def announced_beds(home: HomeDocument, today: date) -> dict[str, str]:
    """Return the day from which a bed is announced, such as "2026-12-01", by bed category.

    A day before today has passed, and announces nothing. A closed or unregistered home announces
    none.
    """
    first = today.isoformat()
    return {category: day for category, day in ever_announced(home).items() if day >= first}


def announced_by_use(home: HomeDocument) -> dict[str, tuple[str, ...]]:
    """Return every announced day, passed or not, by each category that the bed may serve as.

    An index compares the days at each search.
    """
    also_as = home.get("also_as", {})
    days: dict[str, tuple[str, ...]] = {}
    for category, day in ever_announced(home).items():
        for use in (category, *also_as.get(category, ())):
            days[use] = (*days.get(use, ()), day)
    return days


def ever_announced(home: HomeDocument) -> dict[str, str]:
    """Return every announced day, passed or not, by bed category."""
    if not _admits(home):
        return {}
    return {
        category: counts["available_from"]
        for category, counts in home["beds"].items()
        if "available_from" in counts
    }


def is_registered(home: HomeDocument) -> bool:
    """Tell whether the home is active on CQC's register; only then can anyone find it."""
    active: bool = home["registration"] == Registration.ACTIVE
    return active


def has_left_register(home: HomeDocument) -> bool:
    """Tell whether the home is no longer on CQC's register; a dormant home still is."""
    deregistered: bool = home["registration"] == Registration.DEREGISTERED
    return deregistered


def is_closed(home: HomeDocument) -> bool:
    """Tell whether the home said that it is closed to admissions."""
    closed: bool = home["admission_status"]["status"] == AdmissionState.CLOSED
    return closed


def admission_status_on(home: HomeDocument, today: date) -> Document:
    """Return the admission status, without a day of reopening that has passed."""
    status: Document = home["admission_status"]
    if status.get("expected_date", "9999") >= today.isoformat():
        return status
    return {name: value for name, value in status.items() if name != "expected_date"}


def phone_for_vacancies(home: HomeDocument) -> str | None:
    """Return the number to ring: the home's own number for vacancies, or else the register's."""
    phone: str | None = home.get("vacancies_phone") or home.get("phone")
    return phone


_PEOPLE: Final = {
    Suits.ANY: frozenset({Suits.WOMAN, Suits.MAN}),
    Suits.WOMAN: frozenset({Suits.WOMAN}),
    Suits.MAN: frozenset({Suits.MAN}),
    Suits.COUPLE: frozenset({Suits.COUPLE}),
}


def _admits(home: HomeDocument) -> bool:
    return is_registered(home) and not is_closed(home)
