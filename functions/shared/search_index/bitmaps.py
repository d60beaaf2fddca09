"""Number the attributes of care homes: each numbered attribute has a bitmap in each latitude band.

An attribute is anything that a search can ask of a home: a bed category, a service user band, so
many free beds, the day of its confirmation. A home has an attribute or does not.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from itertools import compress
from typing import Final, NamedTuple, TypeAlias

from shared.domain.availability import (
    beds_by_use,
    beds_that_suit,
    categories_of_use,
    free_beds,
    most_that_suit,
)
from shared.domain.documents import HomeDocument
from shared.domain.needs import NEEDS, Answer, Suits
from shared.domain.terms import Funding, Terms
from shared.domain.vocabulary import BedCategory, Rating, ServiceUserBand

Attribute: TypeAlias = int
"""The number of an attribute; it means nothing outside one process."""

HOUR: Final = 3600
HOURS_A_DAY: Final = 24
DAY: Final = HOURS_A_DAY * HOUR

EVERY_HOME: Final[Attribute] = 0

_NUMBERS: Final[dict[str, Attribute]] = {
    name: number for number, name in enumerate([*BedCategory, *ServiceUserBand, *Rating], start=1)
}
_ANSWERED: Final[dict[str, int]] = {name: at for at, name in enumerate([*NEEDS, *Funding])}
"""The bit of each need and each funding in the answers of a home."""
_BITS: Final = {name: 1 << at for name, at in _ANSWERED.items()}
_ONES: Final = bytes(character == ord("1") for character in range(256))
_YES: Final = len(_NUMBERS) + 1
_NO: Final = _YES + len(_ANSWERED)
_SAYS_HOURS: Final[Attribute] = _NO + len(_ANSWERED)
_POSITIONS: Final[dict[str, int]] = {name: at for at, name in enumerate(BedCategory)}
_ANY_CATEGORY: Final = len(BedCategory)
_PEOPLE: Final = {person: at for at, person in enumerate(Suits)}
_SUITS: Final = _SAYS_HOURS + 1
_BEDS: Final = _SUITS + len(_PEOPLE) * _ANY_CATEGORY
_A_BED: Final = _ANY_CATEGORY + 1 + len(_PEOPLE)
"""From `_BEDS` on there are fifteen attributes for each number of beds: one for each category, one
for any category, and one for any category whose beds suit a kind of person. Those for 0 beds are
not needed; they say that a bed is announced."""


def has(name: BedCategory | ServiceUserBand) -> Attribute:
    """Return the attribute of homes with beds of a category (free or not), or a band."""
    return _NUMBERS[name]


def rated_at_least(rating: Rating) -> Attribute:
    """Return the attribute of homes with this rating or a better one."""
    return _NUMBERS[rating]


def announces(category: BedCategory) -> Attribute:
    """Return the attribute of homes that announce a bed of this category, for any day."""
    return _BEDS + _POSITIONS[category]


def accepting(category: BedCategory | None, beds: int) -> Attribute:
    """Return the attribute of homes with at least so many free beds of this category.

    None stands for at least so many in any one category.
    """
    return _beds(_ANY_CATEGORY if category is None else _POSITIONS[category], beds)


def suiting(category: BedCategory, person: Suits) -> Attribute:
    """Return the attribute of homes with a free bed of this category that suits such a person."""
    return _suits(_POSITIONS[category], person)


def accepting_of_any(person: Suits, beds: int) -> Attribute:
    """Return the attribute of homes with so many free beds in one category that suit a person."""
    return _beds(_ANY_CATEGORY + 1 + _PEOPLE[person], beds)


says_yes: Final = {name: _YES + at for name, at in _ANSWERED.items()}.__getitem__
"""Return the attribute of homes that say yes to a need or a funding."""

says_no: Final = {name: _NO + at for name, at in _ANSWERED.items()}.__getitem__
"""Return the attribute of homes that say no to a need or a funding."""

SAYS_HOURS: Final = _SAYS_HOURS
"""The attribute of homes that have said when they admit people."""


class AnswerBits(NamedTuple):
    """A home's answers to needs and funding: in each number a bit for every one so answered."""

    yes: int = 0
    ask: int = 0
    no: int = 0

    @classmethod
    def of_document(cls, home: HomeDocument) -> "AnswerBits":
        """Read the answers of a home."""
        bits = {"yes": 0, "ask": 0, "no": 0}
        bit_of = _BITS.get
        for need, answer in home.get("needs", {}).items():
            bits[answer] |= bit_of(need, 0)
        yes, no = _funding_bits(tuple(home["funding"])) if "funding" in home else (0, 0)
        return cls(bits["yes"] | yes, bits["ask"], bits["no"] | no)

    def answer(self, name: str) -> Answer | None:
        """Return the answer to a need or a funding; None if there is none."""
        bit = 1 << _ANSWERED[name]
        if self.yes & bit:
            return Answer.YES
        if self.no & bit:
            return Answer.NO
        return Answer.ASK if self.ask & bit else None

    @property
    def attributes(self) -> list[Attribute]:
        """Return the attributes that these answers give."""
        yes, no = (bin(bits)[:1:-1].encode().translate(_ONES) for bits in (self.yes, self.no))
        return [
            *compress(range(_YES, _YES + len(yes)), yes),
            *compress(range(_NO, _NO + len(no)), no),
        ]


@cache
def _funding_bits(accepted: tuple[str, ...]) -> tuple[int, int]:
    """Return the bits of what a home accepts and does not; it says yes or no to each."""
    terms = Terms(funding=tuple(map(Funding, accepted)))
    yes = bits_of(each for each in Funding if terms.accepts(each) is Answer.YES)
    return yes, bits_of(Funding) ^ yes


def bits_of(names: Iterable[str]) -> int:
    """Return the number with the bits of these needs and funding."""
    return sum({1 << _ANSWERED[name] for name in names})


def confirmed_on(day: int) -> Attribute:
    """Return the attribute of homes last confirmed on this day, counted from the epoch."""
    return -2 * day


def confirmed_in(hour: int) -> Attribute:
    """Return the attribute of homes last confirmed in this hour, counted from the epoch."""
    return -2 * hour - 1


def attributes_of(
    home: HomeDocument, announced: Iterable[str], answers: AnswerBits
) -> tuple[Attribute, ...]:
    """Return every attribute of a home, each once; `announced` are its categories with a date."""
    attributes = [EVERY_HOME, *map(_NUMBERS.__getitem__, categories_of_use(home))]
    attributes += answers.attributes
    if "admission_hours" in home:
        attributes.append(SAYS_HOURS)
    attributes += map(_NUMBERS.__getitem__, home["service_user_bands"])
    if rating := home.get("rating"):
        attributes += range(_NUMBERS[Rating.INADEQUATE], _NUMBERS[rating] + 1)
    for category, most in beds_by_use(home).items():
        attributes += [_beds(_POSITIONS[category], beds) for beds in range(1, most + 1)]
    most_of_any = max(free_beds(home).values(), default=0)
    attributes += [_beds(_ANY_CATEGORY, beds) for beds in range(1, most_of_any + 1)]
    for person, categories in beds_that_suit(home).items():
        attributes += [_suits(_POSITIONS[category], person) for category in categories]
    for person, most in most_that_suit(home).items():
        position = _ANY_CATEGORY + 1 + _PEOPLE[person]
        attributes += [_beds(position, beds) for beds in range(1, most + 1)]
    attributes += [_BEDS + _POSITIONS[category] for category in announced]
    if confirmed_at := home.get("confirmed_at"):
        seconds = int(datetime.fromisoformat(confirmed_at).timestamp())
        attributes += confirmed_on(seconds // DAY), confirmed_in(seconds // HOUR)
    return tuple(attributes)


def _suits(position: int, person: Suits) -> Attribute:
    return _SUITS + _PEOPLE[person] * _ANY_CATEGORY + position


def _beds(position: int, beds: int) -> Attribute:
    return _BEDS + beds * _A_BED + position
