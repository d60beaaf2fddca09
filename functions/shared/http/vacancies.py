"""The request body in which a care home posts its vacancies."""

from datetime import date

from pydantic import Field

from shared.domain.beds import AdmissionStatus, BedCounts
from shared.domain.errors import Problem, RefusedError
from shared.domain.vocabulary import AdmissionState, BedCategory, ClosureReason
from shared.http.body import Body


class AdmissionStatusBody(Body):
    """Whether the home admits people."""

    status: AdmissionState
    reason: ClosureReason | None = None
    expected_date: date | None = None


class Vacancies(Body):
    """The counts of any of the home's bed categories, its admission status, or both."""

    # Pydantic reads the domain's dataclass as strictly as the body that it is in.
    beds: dict[BedCategory, BedCounts] = Field(default_factory=dict)
    admission_status: AdmissionStatusBody | None = None

    def bed_counts(self) -> dict[BedCategory, BedCounts]:
        """Return the counts by category. Raises RefusedError if the body has nothing to post."""
        if not self.beds and not self.admission_status:
            expected = "the counts of a bed category, or an admission_status beside it"
            raise RefusedError(Problem("beds", expected))
        return self.beds

    def new_admission_status(self) -> AdmissionStatus | None:
        """Return the admission status; None leaves it as it is."""
        return AdmissionStatus(**dict(self.admission_status)) if self.admission_status else None
