"""What calls say of homes: the marks of beds that are gone, and how homes answered requests.

Both follow from the outcomes and from what the homes list, so a restore does not take them from the
copy: it works them out again once the outcomes and the homes are restored. A home whose counts are
older again carries no mark against what it posted later, and one that is back has its marks.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from operator import attrgetter

from cli.restore.merge import AUTHOR, LaterChanges, Plan
from shared.domain.dispute import Disputes
from shared.domain.documents import Document, HomeDocument, timestamp
from shared.domain.outcome import Outcome
from shared.domain.request_record import COUNTS_FOR, RequestRecord
from shared.domain.vocabulary import Action, ChangeKind
from shared.store.change_log import Change, subject_id_of

ByHome = Mapping[str, list[Outcome]]


def by_home(documents: Iterable[Document]) -> dict[str, list[Outcome]]:
    """Return outcomes by home, in the order in which teams called."""
    found: dict[str, list[Outcome]] = {}
    for each in sorted(map(Outcome.from_document, documents), key=attrgetter("told_at")):
        found.setdefault(each.shown.location_id, []).append(each)
    return found


def disputes_now(
    outcomes: ByHome, homes: Mapping[str, HomeDocument], live: Mapping[str, Document]
) -> dict[str, Document]:
    """Return what is to stand against the listings of each home, by its id.

    Marks of what a home listed earlier, which its next post ended, stay as they are.
    """
    wanted = {}
    for location_id in {*outcomes, *live} & homes.keys():
        home = homes[location_id]
        said_at = home.get("said_at", {})
        held = live.get(location_id)
        before = Disputes.from_document(held) if held else Disputes(location_id, home["name"])
        ended = {
            category: reports
            for category, reports in before.by_category.items()
            if timestamp(reports.said_at) < said_at.get(category, "")
        }
        now = replace(before, by_category=ended)
        for each in outcomes.get(location_id, []):
            category, of = each.shown.category, each.shown.said_at
            is_of_team = (
                each.audit_day is None
            )  # a call of the audit says nothing against a listing
            if is_of_team and each.says_gone and said_at.get(category) == timestamp(of):
                now = now.with_report(category, of, each.reporter, each.told_at, name=before.name)
        if now.by_category or held:
            wanted[location_id] = replace(now, version=before.version).to_document()
    return wanted


def records_now(outcomes: ByHome, live: Mapping[str, Document], today: date) -> dict[str, Document]:
    """Return how homes answered the last requests, by the id of each record."""
    first = (today - COUNTS_FOR).isoformat()
    wanted: dict[str, RequestRecord] = {}
    for record_id, document in live.items():
        held = RequestRecord.from_document(document)
        old = {key: each for key, each in held.answers.items() if each.day < first}
        wanted[record_id] = replace(held, answers=old)
    for each in (each for of_home in outcomes.values() for each in of_home):
        for asked in each.asked_for:
            empty = RequestRecord(each.shown.location_id, asked)
            record_id = subject_id_of(ChangeKind.REQUEST_RECORD, empty.to_document())
            wanted[record_id] = wanted.get(record_id, empty).with_outcome(each)
    return {
        record_id: record.to_document()
        for record_id, record in wanted.items()
        if record.answers or record_id in live
    }


def plan_derived(
    kind: ChangeKind, wanted: Document, live: Document | None, later: LaterChanges, request_id: str
) -> Plan | None:
    """Plan how a document becomes what was derived; None where it is already.

    No home is asked again whether a bed is still free: the change says that the marks were there.
    """

    def change(before: Document | None, after: Document) -> Change:
        subject_id = subject_id_of(kind, wanted)
        return Change(kind, subject_id, Action.UPDATED, before, after, AUTHOR, request_id)

    if live is not None:
        if {**live, "version": 0} == {**wanted, "version": 0}:
            return None
        restored = {**wanted, "version": max(live["version"], later.version) + 1}
        return Plan((change({**restored, "version": live["version"]}, restored),), False)
    first = {**wanted, "version": later.version + 1}
    nothing = {name: {} if isinstance(held, dict) else held for name, held in first.items()}
    restored = {**wanted, "version": later.version + 2}
    return Plan((change(None, nothing), change(first, restored)), False)
