"""How often the list was right: what is true, what audits find, and what teams report."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Self

from shared.domain.outcome import Outcome
from shared.domain.truth import AGE_BANDS, Grouping, Rate, tallies_by, tally_of
from shared.domain.wrong_posts import wrong_posts
from simulation.auditing import Audit

NONE: Final = Rate(0, 0)


@dataclass(frozen=True, slots=True)
class RatesOfAge:
    """The rates of the listings of one band of age, or of all."""

    listed: Rate = NONE
    """Listings that truly have a bed, at the end of working days."""
    audited: Rate = NONE
    """All audits together."""
    called: Rate = NONE
    """What teams' first calls met, reported or not."""
    reported: Rate = NONE

    def __add__(self, other: "RatesOfAge") -> "RatesOfAge":
        """Return both together."""
        return RatesOfAge(
            added(self.listed, other.listed),
            added(self.audited, other.audited),
            added(self.called, other.called),
            added(self.reported, other.reported),
        )


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates of one year, or of several added up."""

    all_ages: RatesOfAge = RatesOfAge()
    by_age: dict[str, RatesOfAge] = field(default_factory=dict)
    one_audit: Rate = NONE
    """What one audit of a year found."""
    audits: int = 0
    audits_holding: int = 0
    """Audits whose interval holds what is true of their year."""
    years: int = 0
    reports_holding: int = 0
    """Years in which the interval of what teams report does."""
    wrong_at_once: Rate = NONE
    """Posts of a single bed that had none even at the post."""
    learned_wrong: float = 0.0
    """The share of these as each audit learned it, added up."""

    @classmethod
    def of_year(
        cls,
        audit: Audit,
        called: Sequence[Outcome],
        reported: Sequence[Outcome],
        wrong_at_once: Rate,
    ) -> Self:
        """Reckon what a year came to; `called` are all first calls of teams."""
        audited = [outcome for outcomes in audit.outcomes for outcome in outcomes]
        of_all = RatesOfAge(
            Rate(audit.there.total(), audit.listed.total()),
            tally_of(audited).truth,
            tally_of(called).truth,
            tally_of(reported).truth,
        )
        each_audit = [tally_of(outcomes).truth for outcomes in audit.outcomes]
        return cls(
            all_ages=of_all,
            by_age=_by_age(audit, audited, called, reported),
            one_audit=each_audit[0],
            audits=len(each_audit),
            audits_holding=sum(holds(rate, of_all.listed) for rate in each_audit),
            years=1,
            reports_holding=holds(of_all.reported, of_all.listed),
            wrong_at_once=wrong_at_once,
            learned_wrong=sum(wrong_posts(outcomes).exact_share for outcomes in audit.outcomes),
        )

    def __add__(self, other: "Rates") -> "Rates":
        """Return both together."""
        bands = dict.fromkeys([*self.by_age, *other.by_age])
        nothing = RatesOfAge()
        return Rates(
            all_ages=self.all_ages + other.all_ages,
            by_age={
                band: self.by_age.get(band, nothing) + other.by_age.get(band, nothing)
                for band in bands
            },
            one_audit=added(self.one_audit, other.one_audit),
            audits=self.audits + other.audits,
            audits_holding=self.audits_holding + other.audits_holding,
            years=self.years + other.years,
            reports_holding=self.reports_holding + other.reports_holding,
            wrong_at_once=added(self.wrong_at_once, other.wrong_at_once),
            learned_wrong=self.learned_wrong + other.learned_wrong,
        )

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Self:
        """Read what `asdict` wrote."""
        rates = {name: Rate(**content[name]) for name in ("one_audit", "wrong_at_once")}
        by_age = {band: _of_age(each) for band, each in content["by_age"].items()}
        return cls(
            **{**content, **rates, "all_ages": _of_age(content["all_ages"]), "by_age": by_age}
        )


def added(one: Rate, other: Rate) -> Rate:
    """Return the rate of both together."""
    return Rate(one.count + other.count, one.n + other.n)


def _by_age(
    audit: Audit,
    audited: Iterable[Outcome],
    called: Iterable[Outcome],
    reported: Iterable[Outcome],
) -> dict[str, RatesOfAge]:
    of_audits, of_calls, of_reports = (
        {band: tally.truth for band, tally in tallies_by(Grouping.AGE, outcomes).items()}
        for outcomes in (audited, called, reported)
    )
    return {
        band: RatesOfAge(
            Rate(audit.there[band], audit.listed[band]),
            of_audits.get(band, NONE),
            of_calls.get(band, NONE),
            of_reports.get(band, NONE),
        )
        for band in (each.id for each in AGE_BANDS)
    }


def holds(found: Rate, true: Rate) -> bool:
    """Tell whether the interval of what was found holds what is true."""
    low, high = found.interval
    return low <= true.count / true.n <= high


def _of_age(content: dict[str, dict[str, int]]) -> RatesOfAge:
    return RatesOfAge(**{name: Rate(**rate) for name, rate in content.items()})
