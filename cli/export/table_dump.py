"""Write everything that a stack's table holds to files in open formats, with their checksums."""

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, TextIO

from shared.domain.documents import Document, HomeDocument, to_json
from shared.domain.needs import Answer
from shared.domain.vocabulary import BedCategory
from shared.messages.spreadsheet import safe_cell
from shared.store import keys
from shared.store.change_log import Change, LogEntry
from shared.store.table import Item, Table, has_expired

HOMES: Final = "homes.jsonl"
HOMES_CSV: Final = "homes.csv"
ALERTS: Final = "alerts.jsonl"
PLACING_STOPS: Final = "placing_stops.jsonl"
OTHER: Final = "other.jsonl"
MANIFEST: Final = "manifest.json"

EXPIRING: Final = (
    keys.IDEMPOTENCY_PREFIX,
    keys.SENT_PREFIX,
    keys.SNAPSHOT_PREFIX,
    keys.DEMAND_COUNTS_PREFIX,
    keys.DEMAND,
    keys.PUBLIC_TRUTH,
    keys.REMINDED_PREFIX,
    keys.ASKED_FOR,
)
"""Partitions that are not exported, because their items expire: idempotency records, records of
sent alerts, snapshots of the homes, counts of demand that may not be shown, the published tables of
demand, which the council downloads as CSV, the rates that were published each month, records of
reminders, and what requests for beds ask of a home."""

PERSONAL: Final = (
    keys.ADDRESS_PREFIX,
    keys.LINK_PREFIX,
    keys.INVITATIONS_PREFIX,
    keys.STACK_SECRET,
    keys.POSTING_LINK_PREFIX,
    keys.NEWEST_LINK_PREFIX,
    keys.LINK_STOP_PREFIX,
    keys.CODE_TRIES_PREFIX,
)
"""Partitions that are not exported, because they hold the sealed addresses of people, the hashes
of the links in their messages and who stopped these, what was sent to whom, and the sealed secret
of such hashes."""

DOCUMENTS: Final = {
    keys.ALERTS: ALERTS,
    keys.PLACING_STOPS: PLACING_STOPS,
    keys.OUTCOMES: "outcomes.jsonl",
    keys.DISPUTES: "disputes.jsonl",
    keys.AUDIT_DRAWS: "audit_draws.jsonl",
    keys.WRONG_POSTS: "wrong_posts.jsonl",
    keys.REQUEST_RECORDS: "request_records.jsonl",
    keys.HOLDS: "holds.jsonl",
    keys.TEAM_ASKS: "team_asks.jsonl",
}
"""The file of each partition whose documents are exported as they are."""

_COUNTS: Final = ("maximum_capacity", "occupied", "reserved", "accepting", "not_available")
_LISTS: Final = ("funding", "assesses_by")
_PROPERTIES: Final = (
    "location_id",
    "name",
    "address",
    "postcode",
    "local_authority",
    "latitude",
    "longitude",
    "registration",
    "successor",
    "phone",
    "registered_beds",
    "rating",
    "nursing",
    "provider_id",
    "weekly_fee_from",
    "weekly_fee_to",
    "top_up_from",
    "respite_nights",
    "assesses_within_hours",
    "vacancies_phone",
    "website",
    "description",
    "admission_status_at",
    "confirmed_at",
    "version",
)

ShowCount = Callable[[int], object]


class ExportFiles:
    """The files of one export: each is opened at its first record, and its records are counted."""

    def __init__(self, folder: Path, open_files: ExitStack) -> None:
        """Write to `folder`; `open_files` closes the files at its end."""
        self._folder, self._open_files = folder, open_files
        self._files: dict[str, TextIO] = {}
        self.counts: Counter[str] = Counter()

    def add(self, name: str, document: Document) -> None:
        """Add a document to a JSON Lines file."""
        self.file(name).write(to_json(document) + "\n")
        self.counts[name] += 1

    def file(self, name: str) -> TextIO:
        """Return the file, opened for writing; calling it again returns the same file."""
        if name not in self._files:
            path = self._folder / name
            path.parent.mkdir(exist_ok=True)
            # newline="": the csv module writes its own line ends.
            file = path.open("w", encoding="utf-8", newline="")
            self._files[name] = self._open_files.enter_context(file)
        return self._files[name]


def write_table(table: Table, folder: Path, now: datetime, progress: ShowCount) -> dict[str, int]:
    """Write every home, change and document of `DOCUMENTS`; return the number of records by file.

    It scans the table once and holds one page of it in memory. What has expired is left out, though
    DynamoDB may not have deleted it yet.
    """
    with ExitStack() as open_files:
        files = ExportFiles(folder, open_files)
        for name in (HOMES, ALERTS, PLACING_STOPS):
            files.file(name)
        spreadsheet = csv.writer(files.file(HOMES_CSV))
        spreadsheet.writerow(_header())
        for number, item in enumerate(_items(table), 1):
            if not has_expired(item, now):
                _write(item, files, spreadsheet)
            if number % 500 == 0:
                progress(number)
        files.counts[HOMES_CSV] = files.counts[HOMES]
        return {**dict.fromkeys((HOMES, HOMES_CSV, ALERTS, PLACING_STOPS), 0), **files.counts}


def _write(item: Item, files: ExportFiles, spreadsheet: Any) -> None:  # noqa: ANN401 - csv gives its writer no public type
    partition = item[keys.PARTITION]["S"]
    if partition == keys.HOMES:
        home = json.loads(item[keys.DOCUMENT]["S"])
        files.add(HOMES, home)
        spreadsheet.writerow(_row(home))
    elif partition in DOCUMENTS:
        files.add(DOCUMENTS[partition], json.loads(item[keys.DOCUMENT]["S"]))
    elif partition.startswith(keys.CHANGE_PREFIX):
        if keys.is_beat(item[keys.SORT]["S"]):
            return
        # A republished entry repeats another, unless a restore brought it back.
        if keys.REPUBLISHED not in item or keys.RESTORED in item:
            day = partition.removeprefix(keys.CHANGE_PREFIX)
            entry = LogEntry(item[keys.SORT]["S"], Change.from_item(item))
            files.add(f"changes/{day}.jsonl", _change_document(entry))
    elif not partition.startswith((*EXPIRING, *PERSONAL)):
        files.add(OTHER, dict(item))


def write_manifest(folder: Path, counts: dict[str, int], about: Document) -> Document:
    """Write the manifest: each file with its records, bytes and SHA-256; return its content."""
    files = {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }
    document = {
        **about,
        "files": {
            name: {
                "records": counts.get(name),
                "bytes": path.stat().st_size,
                "sha256": _sha256(path),
            }
            for name, path in files.items()
        },
    }
    (folder / MANIFEST).write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    return document


def _items(table: Table) -> Iterator[Item]:
    pages = table.client.get_paginator("scan").paginate(TableName=table.name, ConsistentRead=True)
    for page in pages:
        yield from page["Items"]


def _change_document(entry: LogEntry) -> Document:
    change = entry.change
    return {
        "changed_at": entry.stamp,
        "kind": change.kind,
        "id": change.subject_id,
        "version": change.version,
        "action": change.action,
        "previous": change.previous,
        "document": change.document,
        "by": change.by,
        "request_id": change.request_id,
    }


def _header() -> list[str]:
    beds = [f"{category}.{count}" for category in BedCategory for count in _COUNTS]
    needs = [f"needs.{answer}" for answer in Answer]
    return [*_PROPERTIES, "admission_status", "service_user_bands", *_LISTS, *needs, *beds]


def _row(home: HomeDocument) -> list[object]:
    cells = [
        *(home.get(name, "") for name in _PROPERTIES),
        home["admission_status"]["status"],
        "; ".join(home.get("service_user_bands", ())),
        *("; ".join(home.get(name, ())) for name in _LISTS),
    ]
    needs = home.get("needs", {})
    cells += ["; ".join(need for need in needs if needs[need] == answer) for answer in Answer]
    beds = home.get("beds", {})
    cells += [
        beds.get(category, {}).get(count, "") for category in BedCategory for count in _COUNTS
    ]
    return [safe_cell(cell) for cell in cells]


def _sha256(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
