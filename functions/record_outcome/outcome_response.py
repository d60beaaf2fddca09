"""What the reporter of an outcome sees of it."""

from record_outcome.outcome_bodies import outcome_id_of
from shared.domain.documents import Document, timestamp
from shared.domain.outcome import Outcome

_HIDDEN = {"reporter", "recorded_at", "version", "need_forgotten"}
"""How it is known in the table, and that it named a need before."""


def shown_outcome(outcome: Outcome) -> Document:
    """Return what the reporter sees, with the id by which they can take it back, and until when."""
    return {
        "outcome_id": outcome_id_of(outcome.shown.category, outcome.shown.said_at),
        **{name: value for name, value in outcome.to_document().items() if name not in _HIDDEN},
        "undo_until": timestamp(outcome.undo_until),
    }
