"""The closed lists of the field: bed categories, service user bands, ratings, reasons."""

from enum import StrEnum
from typing import Final


class BedCategory(StrEnum):
    """The bed categories in which homes already report nationally."""

    GENERAL_RESIDENTIAL = "general_residential"
    DEMENTIA_RESIDENTIAL = "dementia_residential"
    GENERAL_NURSING = "general_nursing"
    DEMENTIA_NURSING = "dementia_nursing"
    LEARNING_DISABILITY_RESIDENTIAL = "learning_disability_residential"
    LEARNING_DISABILITY_NURSING = "learning_disability_nursing"
    MENTAL_HEALTH_RESIDENTIAL = "mental_health_residential"
    MENTAL_HEALTH_NURSING = "mental_health_nursing"
    YOUNG_PHYSICALLY_DISABLED = "young_physically_disabled"
    TRANSITIONAL = "transitional"


class ServiceUserBand(StrEnum):
    """CQC's list of the people whom a home may care for, spelt as in its directory."""

    CHILDREN = "Children 0-18 years"
    DEMENTIA = "Dementia"
    LEARNING_DISABILITIES = "Learning disabilities or autistic spectrum disorder"
    MENTAL_HEALTH = "Mental Health"
    OLDER_PEOPLE = "Older People"
    DETAINED = "People detained under the Mental Health Act"
    DRUGS_AND_ALCOHOL = "People who misuse drugs and alcohol"
    EATING_DISORDER = "People with an eating disorder"
    PHYSICAL_DISABILITY = "Physical Disability"
    SENSORY_IMPAIRMENT = "Sensory Impairment"
    WHOLE_POPULATION = "Whole Population"
    YOUNGER_ADULTS = "Younger Adults"


class Rating(StrEnum):
    """CQC's overall rating, the worst first."""

    INADEQUATE = "Inadequate"
    REQUIRES_IMPROVEMENT = "Requires improvement"
    GOOD = "Good"
    OUTSTANDING = "Outstanding"

    @property
    def rank(self) -> int:
        """Return 1 (inadequate) to 4 (outstanding)."""
        return list(Rating).index(self) + 1


class Registration(StrEnum):
    """The state of a home on CQC's register; only an active home can have vacancies."""

    ACTIVE = "active"
    DORMANT = "dormant"
    DEREGISTERED = "deregistered"


class AdmissionState(StrEnum):
    """Whether a home admits people."""

    OPEN = "open"
    CLOSED = "closed"


class ClosureReason(StrEnum):
    """Why a home is closed to admissions."""

    OUTBREAK = "outbreak"
    STAFFING = "staffing"
    REFURBISHMENT = "refurbishment"
    REGULATORY = "regulatory"
    OTHER = "other"


class NotAvailableReason(StrEnum):
    """Why vacant beds are not offered; `not_stated` if the home gave no reason."""

    STAFFING = "staffing"
    INFECTION_CONTROL = "infection_control"
    REFURBISHMENT = "refurbishment"
    SHARED_ROOM = "shared_room"
    FUNDING = "funding"
    OTHER = "other"
    NOT_STATED = "not_stated"


class ChangeKind(StrEnum):
    """The kind of document that a change is about.

    Search follows homes, disputes, request records and wrong posts, notify follows alerts and wrong
    posts.
    """

    HOME = "home"
    ALERT = "alert"
    OUTCOME = "outcome"
    """What came of a team's call about one listing."""
    DISPUTE = "dispute"
    """What teams were told of a home's listings that contradicts them."""
    REQUEST_RECORD = "request_record"
    """How a home answered the last requests for one thing."""
    WRONG_POSTS = "wrong_posts"
    """How many posts are wrong from the outset, as the council's calls tell: one document."""
    PLACING_STOP = "placing_stop"
    """What the council says of placing at a home: its mark, or that there is none."""
    HOLD = "hold"
    """Which teams ask for the free beds of one category of a home."""
    ASKED_FOR = "asked_for"
    """What one ask is for: the day, the funding and the needs of a person."""
    TEAM_ASKS = "team_asks"
    """Which asks a team made."""


class Action(StrEnum):
    """What a change did."""

    UPDATED = "updated"
    CONFIRMED = "confirmed"
    EDITED = "edited"
    IMPORTED = "imported"
    CARRIED_OVER = "carried_over"
    PLACING = "placing"
    """The council marked a home as one where it is not placing, or took that back."""
    CREATED = "created"
    DELETED = "deleted"


MAX_RADIUS_MILES: Final = 100
"""The largest radius of a search and of an alert."""

MAX_DAYS: Final = 366
"""How many days a plan and a search look ahead, and the council's overview looks back."""
