"""What a home offers, read off its document: what a search shows of it."""

from shared.domain.documents import Document
from shared.domain.vocabulary import AdmissionState, Registration


def free_beds(home: Document) -> dict[str, int]:
    """`Home.offers` of a document: the beds that can be had now, by category."""
    if not _admits(home):
        return {}
    return {
        category: counts["accepting"]
        for category, counts in home["beds"].items()
        if counts["accepting"]
    }


def announced_beds(home: Document) -> dict[str, str]:
    """By category, the day from which a bed is announced; nothing at a closed home."""
    if not _admits(home):
        return {}
    return {
        category: counts["available_from"]
        for category, counts in home["beds"].items()
        if "available_from" in counts
    }


def is_registered(home: Document) -> bool:
    """Whether anybody may find it at all: a dormant home has no beds to offer."""
    is_active: bool = home["registration"] == Registration.ACTIVE
    return is_active


def _admits(home: Document) -> bool:
    if home["registration"] != Registration.ACTIVE:
        return False
    is_open: bool = home["admission_status"]["status"] == AdmissionState.OPEN
    return is_open
