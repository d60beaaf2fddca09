"""Invent whom the demo's fictional homes take, and on which terms, as their staff would declare it.

A home keeps to CQC's register: what that suggests it does not deny, and only a home with nurses
says yes to a need that takes nurses. A home of a real directory gets nothing: whom it takes is not
for a demo to invent.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Final

from local.demo import declared_shares as shares
from local.demo.shop_windows import FICTIONAL
from shared.domain.admission_hours import AdmissionHours
from shared.domain.declaration import Declaration
from shared.domain.documents import HomeDocument
from shared.domain.needs import NEEDS, Answer, Need, NeedGroup
from shared.domain.suggestions import suggestions
from shared.domain.terms import Funding, Terms
from shared.domain.vocabulary import BedCategory, ServiceUserBand

SEED: Final = 20260107


def declarations(
    homes: Iterable[HomeDocument], today: date, seed: int = SEED
) -> dict[str, Declaration]:
    """Return what each active fictional home declares, by location id.

    The same homes, day and seed give the same result; the order of the homes does not matter.
    """
    rng = Random(seed)  # noqa: S311 - nothing secret: the same every time
    return {
        home["location_id"]: _declaration(rng, home, today)
        for home in sorted(homes, key=lambda home: str(home["location_id"]))
        if home["registration"] == "active"
        and home["name"].endswith(FICTIONAL)
        and rng.random() >= shares.SILENT
    }


def _declaration(rng: Random, home: HomeDocument, today: date) -> Declaration:
    openness = rng.gauss(0, shares.OPENNESS)
    declaration = Declaration()
    for group, share in shares.ANSWERED.items():
        if rng.random() < share:
            answers = _answers(rng, home, group, openness)
            declaration = declaration.answer(answers, _day(rng, today))
    return replace(declaration, terms=_terms(rng, home), also_as=_also_as(rng, home))


def _day(rng: Random, today: date) -> date:
    days = rng.randrange(1, 365)
    return today - timedelta(days=days + 365 * (rng.random() < shares.LONGER_THAN_A_YEAR_AGO))


def _answers(
    rng: Random, home: HomeDocument, group: NeedGroup, openness: float
) -> dict[str, Answer]:
    if group is NeedGroup.LANGUAGE:
        spoken = (code for code, share in shares.LANGUAGES.items() if rng.random() < share)
        return {f"language_{code}": Answer.YES for code in spoken}
    suggested = suggestions(
        nursing=home["nursing"],
        bands=[ServiceUserBand(band) for band in home["service_user_bands"]],
    )
    answers = {}
    for need in NEEDS.values():
        if need.group is group and rng.random() >= shares.LEFT_OPEN:
            answer = _answer(rng, need, openness, nursing=home["nursing"])
            if need.id in suggested and answer is Answer.NO:
                answer = suggested[need.id].answer
            answers[need.id] = answer
    return answers


def _answer(rng: Random, need: Need, openness: float, *, nursing: bool) -> Answer:
    share, drawn = shares.SHARES[need.id], rng.random() - openness
    if need.needs_nurses and not nursing:
        # Where district nurses come, it depends.
        return Answer.ASK if drawn < share.yes / 4 else Answer.NO
    if drawn < share.yes:
        return Answer.YES
    return Answer.ASK if drawn < share.yes + share.ask else Answer.NO


def _terms(rng: Random, home: HomeDocument) -> Terms:
    funding = tuple(
        each
        for each, share in shares.FUNDING.items()
        if rng.random() < share and (home["nursing"] or each not in shares.ONLY_WITH_NURSES)
    )
    hours, within = rng.choice(shares.HOURS), rng.choice(shares.ASSESSES_WITHIN_HOURS)
    top_up, nights = rng.choice(shares.TOP_UPS), rng.choice(shares.RESPITE_NIGHTS)
    by = tuple(each for each, share in shares.ASSESSMENTS.items() if rng.random() < share)
    terms = Terms()
    if rng.random() >= shares.TERMS_LEFT_OPEN:
        terms = replace(
            terms,
            funding=funding,
            top_up_from=top_up if Funding.TOP_UP in funding else None,
            respite_nights=nights if Funding.RESPITE in funding else None,
        )
    if by and rng.random() >= shares.TERMS_LEFT_OPEN:
        terms = replace(terms, assesses_by=by, assesses_within_hours=within)
    if rng.random() >= shares.TERMS_LEFT_OPEN:
        terms = replace(terms, admission_hours=AdmissionHours.from_document(hours))
    return terms


def _also_as(rng: Random, home: HomeDocument) -> dict[BedCategory, tuple[BedCategory, ...]]:
    return {
        category: (use,)
        for category, use in shares.USES.items()
        if rng.random() < shares.ALSO_AS and category in home.get("beds", {})
    }
