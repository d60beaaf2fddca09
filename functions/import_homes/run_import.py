"""Import one directory: read it, plan, write the homes and report; or refuse the whole file."""

import traceback
from collections import Counter
from pathlib import Path
from typing import Any

from import_homes.authorities import missing_authorities
from import_homes.directory import read_rows
from import_homes.parse_row import Locate
from import_homes.plan import ImportPlan, Result, plan_import
from import_homes.relations import describe_homes
from import_homes.removals import FirstRemovals, removals
from import_homes.save_homes import save_homes
from shared.aws.clock import Clock
from shared.aws.import_files import UploadedDirectory
from shared.aws.telemetry import logger
from shared.domain.documents import Document, timestamp
from shared.domain.errors import MalformedError, TooLargeError
from shared.domain.uk_time import uk_time
from shared.domain.vocabulary import ChangeKind
from shared.store.scan import all_documents
from shared.store.table import Table


def run_import(
    directory: UploadedDirectory,
    *,
    table: Table,
    clock: Clock,
    authorities: frozenset[str],
    locate: Locate,
    request_id: str,
    first_removals: FirstRemovals = lambda planned: planned,
) -> Document:
    """Import a directory and return the report on it.

    Raises BusyError. Importing the same directory again then completes the import.
    `first_removals` keeps what this attempt is about to remove, and returns what the first attempt
    was: what that removed is in the report too, so that it can be undone.
    """
    started = timestamp(clock.now())
    homes = {home["location_id"]: home for home in all_documents(table, ChangeKind.HOME)}
    try:
        plan = plan_import(
            read_rows(directory.content), homes, authorities, locate, uk_time(clock.now()).date()
        )
    except (MalformedError, TooLargeError) as unusable:
        result = _refused(unusable.detail)
    except Exception as fault:
        # Without its message, which may repeat a cell.
        logger.error("import fault", fault=type(fault).__name__, at=_place_of(fault))
        result = _refused(
            "Bedboard could not read this file because of a fault of its own. Tell the person who "
            "runs Bedboard for you. Until it is mended, upload CQC's own file as it is."
        )
    else:
        if plan.closes_too_many and not directory.closures_are_confirmed:
            result = _refused_for_closures(plan, directory)
        else:
            removed = removals(plan, homes, first_removals)
            save_homes(table, clock, plan.writes, request_id)
            result = _imported(plan) | ({"removed": removed} if removed else {})
        result |= _missing_authorities(plan, authorities) | describe_homes(plan, homes)
    return {
        "file": directory.key,
        "version": directory.version,
        "request_id": request_id,
        "started": started,
        "finished": timestamp(clock.now()),
        **result,
    }


def _place_of(fault: Exception) -> str:
    """Return the innermost line of the program in which a fault arose."""
    *_, frame = traceback.extract_tb(fault.__traceback__)
    return f"{Path(frame.filename).name}:{frame.lineno}"


def _imported(plan: ImportPlan) -> Document:
    counts = Counter(outcome.result for outcome in plan.outcomes)
    noted = sum(outcome.note is not None for outcome in plan.outcomes)
    return {
        "outcome": "imported",
        "counts": {
            **{result: counts[result] for result in Result},
            "closed": len(plan.closed),
            "written": len(plan.writes),
        },
        "closed": plan.closed,
        **({"rows_noted": noted} if noted else {}),
        **_notes(plan),
        "rows": [
            {name: value for name, value in outcome._asdict().items() if value is not None}
            for outcome in plan.outcomes
        ],
    }


def _notes(plan: ImportPlan) -> Document:
    """Return what the council should know, and the homes that stay though they have no row."""
    notes = plan.kept.notes()
    return {
        **({"notes": notes} if notes else {}),
        **({"kept": plan.kept.location_ids} if plan.kept.location_ids else {}),
    }


def _missing_authorities(plan: ImportPlan, authorities: frozenset[str]) -> Document:
    missing = missing_authorities(authorities, plan.authorities)
    return {"missing_authorities": [each._asdict() for each in missing]} if missing else {}


def _refused_for_closures(plan: ImportPlan, directory: UploadedDirectory) -> Document:
    return _refused(
        f"Of the {plan.active_before} homes that are active here, {len(plan.closed)} are missing "
        f"from this file and {len(plan.newly_dormant)} are dormant in it. Nothing was changed. "
        "Check the file. If these homes have really left, upload the same file again as "
        f"{directory.confirmed_key}.",
        would_close=plan.closed,
        would_be_dormant=plan.newly_dormant,
        **_notes(plan),
    )


def _refused(why: str, **closures: Any) -> Document:  # noqa: ANN401 - any JSON
    return {
        "outcome": "refused",
        "why": why,
        "counts": {**dict.fromkeys(Result, 0), "closed": 0, "written": 0},
        "closed": [],
        **closures,
        "rows": [],
    }
