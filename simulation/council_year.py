"""Simulate a council for a year, day by day."""

from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from random import Random
from typing import Final

from shared.domain.truth import Rate
from shared.domain.vocabulary import BedCategory
from shared.search_index.board import Board
from simulation.auditing import Audit
from simulation.council import Council
from simulation.demand import Demand
from simulation.distributions import length_of_stay
from simulation.homes import SimulatedHome, draw_homes
from simulation.measures import Measures
from simulation.outcomes import reports_as_assumed
from simulation.parameters import Parameters
from simulation.people import Person, draw_person
from simulation.places import Country
from simulation.posting import post
from simulation.rates import Rates
from simulation.reminding import Reminders
from simulation.teams import Team, has_place

FIRST_MEASURED_DAY: Final = date(2026, 1, 1)

_STREAMS: Final = (
    "places",
    "homes",
    "beds",
    "bursts",
    "people",
    "days",
    "teams",
    "reminders",
    "audit",
    "reports",
)


class CouncilYear:
    """One council, from the first day of its warm-up on."""

    def __init__(self, parameters: Parameters, seed: int, needs_declared: float) -> None:
        """Draw the council. Each kind of chance has its own stream of numbers.

        So a lever that changes one of them leaves the others as they are, and two levers meet the
        same homes and the same people.
        """
        self._parameters: Final = parameters
        streams = {name: Random(f"{name} {seed}") for name in _STREAMS}
        self._people_rng, self._days_rng = streams["people"], streams["days"]
        self._country = Country.draw(streams["places"], parameters.places)
        homes = draw_homes(streams["homes"], parameters, self._country, needs_declared)
        run = parameters.run
        self._today = FIRST_MEASURED_DAY - timedelta(days=run.warm_up_days + 1)
        self._council = Council(homes, parameters, streams["beds"], self._today)
        self._demand = Demand(
            parameters,
            self._council.capacities,
            streams["bursts"],
            self._today,
            run.warm_up_days + run.days,
        )
        self._board = Board(lambda _home, _today: "")
        self._team = Team(self._board, self._council, parameters.calling, streams["teams"])
        self._waiting: list[Person] = []
        self._reminders = Reminders(parameters.reminding, streams["reminders"])
        self._audit = Audit(self._council, parameters.auditing, f"council {seed}", streams["audit"])
        self._called = reports_as_assumed(1.0, 1.0, streams["reports"])
        reporting = parameters.reporting
        self._reports = reports_as_assumed(reporting.there, reporting.gone, streams["reports"])
        self._next_team = cycle(range(reporting.teams))
        self._measures = Measures()
        for home in homes:
            self._post(home)

    def simulate(self) -> Measures:
        """Go through the warm-up, then through the year, and return what was counted in it."""
        run = self._parameters.run
        for _ in range(run.warm_up_days):
            self._go_through_day()
        for reports in (self._called, self._reports):
            reports.outcomes.clear()
        measures = self._measures = Measures()
        for _ in range(run.days):
            self._go_through_day()
            measures.note_beds(self._council, self._now)
            self._audit.call(self._today, self._now)
        measures.rates = Rates.of_year(
            self._audit,
            self._called.outcomes,
            self._reports.outcomes,
            Rate(measures.single_posts_wrong, measures.single_posts),
        )
        return measures

    def _go_through_day(self) -> None:
        """Let everything of a day happen, in random order."""
        self._today += timedelta(days=1)
        self._council.begin_day(self._today)
        self._arrive_from_hospital()
        rng = self._days_rng
        events: list[SimulatedHome | Person | BedCategory] = [
            *self._posting_today(),
            *self._waiting,
            *self._arrivals_from_elsewhere(),
        ]
        rng.shuffle(events)
        for event in events:
            if isinstance(event, SimulatedHome):
                self._post(event)
            elif isinstance(event, Person):
                self._look_for_place(event)
            else:
                self._move_in(event)

    def _posting_today(self) -> list[SimulatedHome]:
        """Return the homes that post by habit, or because they are reminded this morning."""
        homes = self._council.homes
        reminded = self._reminders.sent(homes, self._now)
        self._measures.reminders += len(reminded)
        answering = self._reminders.answered(reminded)
        return [
            home
            for home in homes
            if home.habit.posts_on(self._today, self._days_rng) or home in answering
        ]

    def _arrive_from_hospital(self) -> None:
        rng, today = self._people_rng, self._today
        for category in self._council.capacities:
            for _ in range(self._demand.from_hospital(category, today, rng)):
                person = draw_person(rng, self._parameters, self._country, category, today)
                person.team = next(self._next_team)
                self._waiting.append(person)

    def _arrivals_from_elsewhere(self) -> list[BedCategory]:
        """Return the category of each person who comes today without a discharge team."""
        arrivals: list[BedCategory] = []
        for category in self._council.capacities:
            occupied = self._council.occupied(category)
            count = self._demand.from_elsewhere(category, occupied, self._today, self._days_rng)
            arrivals += [category] * count
        return arrivals

    def _post(self, home: SimulatedHome) -> None:
        error = self._parameters.posting.outset_error
        post(home, self._board, self._now, self._days_rng, error)
        self._measures.note_post(home.groups)

    def _look_for_place(self, person: Person) -> None:
        """Let the team call for someone; they leave the list once they are placed."""
        measures = self._measures
        waited_days = (self._today - person.since).days
        calls = self._team.calls_today(person, self._now)
        measures.note_calls(calls, waited_days)
        for reports in (self._called, self._reports):
            reports.note(person.team, calls, self._now)
        is_placed = has_place(calls)
        has_given_up = not is_placed and waited_days >= self._parameters.calling.gives_up_days
        measures.admissions += is_placed
        measures.not_placed += has_given_up
        if is_placed or has_given_up:
            self._waiting.remove(person)

    def _move_in(self, category: BedCategory) -> None:
        group = self._council.chosen_group(category, self._days_rng)
        if group:
            stays_days = length_of_stay(self._days_rng, self._parameters.stays)
            self._council.admit(group, stays_days, self._today)
            self._measures.admissions += 1

    @property
    def _now(self) -> datetime:
        """Return noon of the day: hours do not matter in this council."""
        return datetime(self._today.year, self._today.month, self._today.day, 12, tzinfo=UTC)
