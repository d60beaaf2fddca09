"""Everything that a stack's table holds, streamed into files of open formats with their sums."""

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, TextIO

from cli.homes.listing import safe_cell
from shared.domain.documents import Document, HomeDocument, to_json
from shared.domain.vocabulary import BedCategory
from shared.store import keys
from shared.store.change_log import Change, LogEntry
from shared.store.table import Item, Table

HOMES: Final = "homes.jsonl"
HOMES_CSV: Final = "homes.csv"
ALERTS: Final = "alerts.jsonl"
OTHER: Final = "other.jsonl"
MANIFEST: Final = "manifest.json"

LEFT_OUT: Final = ("ONCE#", "SENT#", "SNAPSHOT#")
"""What expires by itself within weeks: answers to repeat, who was told of what, how homes stood."""

_COUNTS: Final = ("maximum_capacity", "occupied", "reserved", "accepting", "not_available")
_PLAIN: Final = (
    "location_id",
    "name",
    "address",
    "postcode",
    "local_authority",
    "latitude",
    "longitude",
    "registration",
    "phone",
    "registered_beds",
    "rating",
    "nursing",
    "provider_id",
    "weekly_fee_from",
    "weekly_fee_to",
    "vacancies_phone",
    "website",
    "description",
    "confirmed_at",
    "version",
)

Progress = Callable[[int], object]


class Files:
    """The files of one export: opened when first written to, counted line by line."""

    def __init__(self, folder: Path, open_files: ExitStack) -> None:
        self._folder, self._open_files = folder, open_files
        self._files: dict[str, TextIO] = {}
        self.counts: Counter[str] = Counter()

    def line(self, name: str, document: Document) -> None:
        """Add a document to a file of JSON Lines."""
        self.text(name).write(to_json(document) + "\n")
        self.counts[name] += 1

    def text(self, name: str) -> TextIO:
        if name not in self._files:
            path = self._folder / name
            path.parent.mkdir(exist_ok=True)
            # newline="": the csv module writes its own.
            opened = path.open("w", encoding="utf-8", newline="")
            self._files[name] = self._open_files.enter_context(opened)
        return self._files[name]


def write_table(table: Table, folder: Path, progress: Progress) -> dict[str, int]:
    """Write every home, change and alert; how many lines each file has.

    One pass over the table, in memory a page of it at a time.
    """
    with ExitStack() as open_files:
        files = Files(folder, open_files)
        for name in (HOMES, ALERTS):
            files.text(name)
        spreadsheet = csv.writer(files.text(HOMES_CSV))
        spreadsheet.writerow(_header())
        for number, item in enumerate(_items(table), 1):
            _write(item, files, spreadsheet)
            if number % 500 == 0:
                progress(number)
        files.counts[HOMES_CSV] = files.counts[HOMES]
        return {**dict.fromkeys((HOMES, HOMES_CSV, ALERTS), 0), **files.counts}


def _write(item: Item, files: Files, spreadsheet: Any) -> None:  # noqa: ANN401 - csv's own
    partition = item[keys.PARTITION]["S"]
    if partition == keys.HOMES:
        home = json.loads(item["document"]["S"])
        files.line(HOMES, home)
        spreadsheet.writerow(_row(home))
    elif partition == keys.ALERTS:
        files.line(ALERTS, json.loads(item["document"]["S"]))
    elif partition.startswith(keys.CHANGE_PREFIX):
        # What was only shown again says nothing new; what was put back does.
        if "republished" not in item or "restored" in item:
            day = partition.removeprefix(keys.CHANGE_PREFIX)
            recorded = LogEntry(item[keys.SORT]["S"], Change.from_item(item))
            files.line(f"changes/{day}.jsonl", _told(recorded))
    elif not partition.startswith(LEFT_OUT):
        files.line(OTHER, dict(item))


def manifest(folder: Path, counts: dict[str, int], about: Document) -> Document:
    """What is in the folder, each file with its lines and SHA-256; written there, too."""
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
                "sha256": _digest(path),
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


def _told(recorded: LogEntry) -> Document:
    change = recorded.change
    return {
        "changed_at": recorded.stamp,
        "kind": change.kind,
        "id": change.subject_id,
        "version": change.version,
        "action": change.action,
        "was": change.previous,
        "is": change.document,
        "by": change.by,
        "request_id": change.request_id,
    }


def _header() -> list[str]:
    beds = [f"{category}.{count}" for category in BedCategory for count in _COUNTS]
    return [*_PLAIN, "admission_status", "service_user_bands", "features", *beds]


def _row(home: HomeDocument) -> list[object]:
    cells = [
        *(home.get(name, "") for name in _PLAIN),
        home["admission_status"]["status"],
        "; ".join(home.get("service_user_bands", ())),
        "; ".join(home.get("features", ())),
    ]
    beds = home.get("beds", {})
    cells += [
        beds.get(category, {}).get(count, "") for category in BedCategory for count in _COUNTS
    ]
    return [safe_cell(cell) for cell in cells]


def _digest(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
