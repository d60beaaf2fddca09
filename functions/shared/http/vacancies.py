"""The request body in which a care home posts its vacancies."""

from datetime import date

from pydantic import Field

from shared.domain.beds import AdmissionStatus, BedCounts
from shared.domain.errors import Problem, RefusedError
from shared.domain.needs import Suits
from shared.domain.vocabulary import AdmissionState, BedCategory, ClosureReason, NotAvailableReason
from shared.http.body import Body


class BedCountsBody(Body):
    """The bed counts of one category."""

    maximum_capacity: int
    occupied: int
    reserved: int
    accepting: int
    not_available: int
    not_available_reason: NotAvailableReason | None = None
    available_from: date | None = None
    suits: Suits = Suits.ANY


class AdmissionStatusBody(Body):
    """Whether the home admits people."""

    status: AdmissionState
    reason: ClosureReason | None = None
    expected_date: date | None = None


class Vacancies(Body):
    """The counts of any of the home's bed categories, its admission status, or both."""

    beds: dict[BedCategory, BedCountsBody] = Field(default_factory=dict)
    admission_status: AdmissionStatusBody | None = None

    def bed_counts(self) -> dict[BedCategory, BedCounts]:
        """Return the counts by category. Raises RefusedError if the body has nothing to post."""
        if not self.beds and not self.admission_status:
            expected = "the counts of a bed category, or an admission_status beside it"
            raise RefusedError(Problem("beds", expected))
        return {category: BedCounts(**dict(counts)) for category, counts in self.beds.items()}

    def new_admission_status(self) -> AdmissionStatus | None:
        """Return the admission status; None leaves it as it is. Raises RefusedError."""
        return AdmissionStatus(**dict(self.admission_status)) if self.admission_status else None
