"""The members of a result that give the home's answers to everything asked, as JSON text."""

from typing import Final

from shared.domain.fit import ADMIT_BY, Admissions
from shared.domain.needs import NEEDS, Answer
from shared.domain.terms import Funding
from shared.search_index.bitmaps import bits_of
from shared.search_index.board import Match
from shared.search_index.query import SearchQuery

_NAMED: Final = {name: (bits_of((name,)), f'"{name}"') for name in (*NEEDS, *Funding)}
"""The bit of each need and funding, and its name as JSON: closed lists, nothing to escape."""


class FitMembers:
    """Writes the members for one search, of all its results in the same way."""

    def __init__(self, query: SearchQuery) -> None:
        """Prepare what is the same in every result."""
        asked = query.requirements
        self._has_requirements = bool(asked)
        self._asked = [_NAMED[name] for name in asked.names if name != ADMIT_BY]
        self._admit_by = asked.admit_by
        self._admissions = Admissions(asked.admit_by, query.as_of)
        self._wishes = [_NAMED[name] for name in query.would_like]

    def of(self, match: Match) -> str:
        """Return the members, each followed by a comma; none where nothing is asked."""
        text = self._fit(match) if self._has_requirements else ""
        if self._wishes:
            said_yes = match.home.answers.yes
            met = ",".join([name for bit, name in self._wishes if said_yes & bit])
            text += f'"wishes_met":[{met}],'
        return text

    def _fit(self, match: Match) -> str:
        """Write the fit and the names by answer, each list in the order of the search."""
        said_yes, said_ask, said_no = match.home.answers
        yes: list[str] = []
        ask: list[str] = []
        no: list[str] = []
        not_said: list[str] = []
        for bit, name in self._asked:
            if said_yes & bit:
                yes.append(name)
            elif said_no & bit:
                no.append(name)
            elif said_ask & bit:
                ask.append(name)
            else:
                not_said.append(name)
        if self._admit_by:
            by_answer = {Answer.YES: yes, Answer.ASK: ask, Answer.NO: no, None: not_said}
            by_answer[self._admissions.answer(match.home.terms)].append(f'"{ADMIT_BY}"')
        fit = "no" if no else "ask" if ask or not_said else "yes"
        return (
            f'"fit":"{fit}","yes":[{",".join(yes)}],"ask":[{",".join(ask)}],'
            f'"no":[{",".join(no)}],"not_said":[{",".join(not_said)}],'
        )
