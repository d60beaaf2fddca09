"""In the deployed stack, a directory is imported and reported while carers go on posting."""

import csv
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from typing import Any

import boto3
import httpx
import pytest

from import_homes.columns import Column
from layer.build import postcode_package
from local.demo import fictional_directory
from local.emulator.stack import LocalStack, running
from local.emulator.tokens import token
from shared.aws.import_files import ImportBucket
from shared.aws.import_keys import directory_key
from shared.domain.documents import Document
from shared.places.postcodes import FILE_NAME, Postcodes
from tests.import_homes.directories import README, csv_of, ods_of, xlsx_of

REPORTED_WITHIN_SECONDS = 60


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalStack]:
    """Start a stack for these tests alone: an import closes the homes that it does not find."""
    with running(tmp_path_factory.mktemp("importing")) as stack:
        yield stack


@pytest.fixture(scope="module")
def cells() -> list[list[str]]:
    content = fictional_directory.directory(Postcodes(postcode_package() / FILE_NAME).locate)
    return list(csv.reader(StringIO(content.decode(), newline="")))


def upload(stack: LocalStack, name: str, content: bytes) -> Document:
    """Put a file into the import bucket and wait for the report on it."""
    bucket = ImportBucket(boto3.client("s3", **stack.connection), stack.import_bucket)
    report_key = bucket.put_directory(directory_key(name, closures_confirmed=False), content)
    deadline = time.monotonic() + REPORTED_WITHIN_SECONDS
    while time.monotonic() < deadline:
        if report := bucket.report(report_key):
            return report
        time.sleep(0.05)
    pytest.fail(f"no report on {name} within {REPORTED_WITHIN_SECONDS} s")


def post(client: httpx.Client, location_id: str) -> int:
    counts: dict[str, Any] = {
        "maximum_capacity": 2,
        "occupied": 1,
        "reserved": 0,
        "accepting": 1,
        "not_available": 0,
    }
    body = {"beds": {"transitional": counts}}
    return client.put(f"/homes/{location_id}/vacancies", json=body).status_code


def test_a_directory_is_imported_in_every_format_and_carers_lose_nothing(
    stack: LocalStack, cells: list[list[str]]
) -> None:
    first = upload(stack, "2026-11.csv", csv_of(cells))
    new = [row["location_id"] for row in first["rows"] if row["result"] == "new"]
    assert len(first["rows"]) == len(cells) - 1
    assert first["counts"]["written"] == len(new) >= fictional_directory.HOMES
    for file, make in {"2026-11.xlsx": xlsx_of, "2026-11.ods": ods_of}.items():
        again = upload(stack, file, make(README, cells))
        assert again["counts"]["unchanged"] == len(new)
        assert again["counts"]["written"] == 0
    assert upload(stack, "hello.csv", b"hello")["outcome"] == "refused"

    name = cells[0].index(Column.NAME)
    renamed = [cells[0], *([*row[:name], "Renamed", *row[name + 1 :]] for row in cells[1:])]
    carers = new[::20]
    groups = [f"home:{location_id}" for location_id in carers]
    signed = {"Authorization": f"Bearer {token(stack, groups)}"}
    with (
        httpx.Client(base_url=stack.api_url, headers=signed, timeout=30) as client,
        ThreadPoolExecutor(3) as pool,
    ):
        report = pool.submit(upload, stack, "2026-12.csv", csv_of(renamed))
        statuses = list(pool.map(lambda each: post(client, each), carers))
        assert set(statuses) == {200}
        assert report.result()["outcome"] == "imported"
        for location_id in carers:
            home = client.get(f"/homes/{location_id}").json()
            assert home["name"] == "Renamed"
            assert home["beds"]["transitional"]["accepting"] == 1
            assert home["version"] == 3
