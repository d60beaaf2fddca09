"""Write docs/simulation-of-asks.md: what a rush on one bed comes to."""

from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from simulation.asks.figures import (
    FEW_CALLS,
    RushFigures,
    equal_teams,
    fairness,
    rush,
    systems,
    unequal_teams,
)
from simulation.asks.parameters import Parameters
from simulation.markdown import markdown_table

PAGE: Final = Path(__file__).parent.parent.parent / "docs" / "simulation-of-asks.md"

_TEMPLATE: Final = "page.md.jinja"

TOLD_WITHIN: Final = 60
FAIR: Final = 0.9


def page(parameters: Parameters) -> str:
    """Return the page as Markdown, after running everything: some seconds."""
    worlds = (*parameters.teams.phone_anyway, None)
    rushes = {share: rush(parameters, share) for share in worlds}
    teams = parameters.fairness.teams
    equal = fairness(parameters, equal_teams(parameters, teams))
    index = {
        "people who notice equally fast": equal,
        f"people of whom the slowest need {parameters.teams.slowest_times:.0f} times as long": (
            fairness(parameters, unequal_teams(parameters, teams))
        ),
        "systems, in turns": fairness(parameters, systems(parameters, teams)),
        "systems, always told in the same order": fairness(
            parameters, systems(parameters, teams), in_turns=False
        ),
    }
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - Markdown of our own figures
        keep_trailing_newline=True,
    )
    return environment.get_template(_TEMPLATE).render(
        p=parameters,
        per_cent=f"{parameters.home.says_yes:.0%}",
        silent=f"{parameters.home.silent:.0%}",
        one_of=f"{1 / teams:.2f}",
        claims=_claims(rushes[0.0], equal),
        rushes=_rush_table(rushes),
        fairness=markdown_table(
            ["teams", "Jain's index"], [[n, f"{i:.2f}"] for n, i in index.items()]
        ),
    )


def _rush_table(rushes: dict[float | None, RushFigures]) -> str:
    head = [
        "who telephones anyway",
        "calls to the home",
        "most calls",
        f"openings with at most {FEW_CALLS}",
        "told no without a call",
        "minutes to the yes",
    ]
    return markdown_table(
        head,
        [
            [
                "no asks: everybody telephones" if share is None else f"{share:.0%} of teams",
                f"{each.calls:.1f}",
                str(each.most_calls),
                f"{each.few_calls:.0%}",
                f"{each.refused:.0f}",
                f"{each.yes_after_minutes:.0f}",
            ]
            for share, each in rushes.items()
        ],
    )


def _claims(all_ask: RushFigures, equal: float) -> str:
    claims = [
        (
            f"at most {FEW_CALLS} calls to the home in every opening where all ask",
            f"at most {all_ask.most_calls}, {all_ask.calls:.1f} in the mean",
            all_ask.most_calls <= FEW_CALLS,
            "a home that says no to several teams in turn may speak with each of them",
        ),
        (
            f"every team is told within {TOLD_WITHIN} seconds",
            f"within {all_ask.told_within_seconds:.0f}",
            all_ask.told_within_seconds <= TOLD_WITHIN,
            "messages leave too slowly",
        ),
        (
            f"fairness of at least {FAIR} where teams are equally fast",
            f"{equal:.2f}",
            equal >= FAIR,
            "the order of sending decides",
        ),
    ]
    return markdown_table(
        ["wanted", "found", ""],
        [
            [wanted, found, "met" if is_met else f"**missed**: {why}"]
            for wanted, found, is_met, why in claims
        ],
        numbers=False,
    )
