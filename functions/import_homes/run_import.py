"""Takes one upload in: reads it, decides, writes and reports; or refuses it whole."""

from collections import Counter
from typing import Any

from import_homes import directory
from import_homes.bucket import CONFIRMED, Upload
from import_homes.parse_row import Locate
from import_homes.plan import Plan, Result, plan
from import_homes.save_homes import save
from shared.domain.documents import Document, timestamp
from shared.domain.errors import MalformedError, TooLargeError
from shared.domain.vocabulary import ChangeKind
from shared.store.scan import all_documents
from shared.store.table import Table


def take_in(
    table: Table, upload: Upload, authorities: frozenset[str], locate: Locate, request_id: str
) -> Document:
    """The report. Raises BusyError, after which the same again does the rest."""
    started = timestamp(table.clock.now())
    told = _taken_in(table, upload, authorities, locate, request_id)
    return {
        "file": upload.key,
        "version": upload.version,
        "request_id": request_id,
        "started": started,
        "finished": timestamp(table.clock.now()),
        **told,
    }


def _taken_in(
    table: Table, upload: Upload, authorities: frozenset[str], locate: Locate, request_id: str
) -> Document:
    existing = {each["location_id"]: each for each in all_documents(table, ChangeKind.HOME)}
    try:
        planned = plan(directory.rows(upload.content), existing, authorities, locate)
    except (MalformedError, TooLargeError) as unusable:
        return _refused(unusable.detail)
    if planned.takes_away_too_many and not upload.closures_are_confirmed:
        return _refused(
            f"{len(planned.closed)} homes are missing from this file and "
            f"{len(planned.newly_dormant)} are dormant in it, of {planned.were_active} that are "
            "active here: nothing was changed. If that is right, upload the same file again as "
            f"{CONFIRMED}{upload.name}",
            would_close=planned.closed,
            would_be_dormant=planned.newly_dormant,
        )
    save(table, planned.writings, request_id)
    return _imported(planned)


def _imported(planned: Plan) -> Document:
    counted = Counter(outcome.result for outcome in planned.outcomes)
    return {
        "outcome": "imported",
        "counts": {
            **{result: counted[result] for result in Result},
            "closed": len(planned.closed),
            "written": len(planned.writings),
        },
        "closed": planned.closed,
        "rows": [
            {name: value for name, value in outcome._asdict().items() if value is not None}
            for outcome in planned.outcomes
        ],
    }


def _refused(why: str, **would: Any) -> Document:  # noqa: ANN401
    return {
        "outcome": "refused",
        "why": why,
        "counts": {**dict.fromkeys(Result, 0), "closed": 0, "written": 0},
        "closed": [],
        **would,
        "rows": [],
    }
