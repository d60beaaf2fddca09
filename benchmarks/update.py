"""Measure an update, a postcode lookup, and an import of 15,000 homes."""

import csv
import io
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, Final

from benchmarks.cold_start import NEW_COUNTS
from benchmarks.meter import stack_table
from benchmarks.meter.in_process import CONTEXT, become_a_function, request_event
from benchmarks.meter.timing import time_each, time_side_by_side
from benchmarks.meter.traffic import count_traffic
from benchmarks.report.tables import Say, Tables, spread_table
from benchmarks.samples.homes import SEED, Homes, sample_homes
from benchmarks.scale import Scale
from import_homes.columns import BANDS, REQUIRED, Column
from import_homes.run_import import run_import
from local.emulator.stack import running
from shared.aws.clock import SYSTEM
from shared.aws.import_files import UploadedDirectory
from shared.http.response import LambdaHandler
from shared.places import postcodes
from shared.store import keys
from shared.store.table import Table as DynamoTable
from shared.store.table import of_this_stack

PATH: Final = "/homes/1-0000000001/vacancies"
IMPORTED: Final = 15_000
FEW_HOMES: Final = 200
"""Homes in the table while updates are timed: with more of them the emulator is slower."""


@dataclass(frozen=True, slots=True)
class Route:
    """A contestant: a request to `update_vacancy`, or what it sends to the table alone."""

    name: str
    ask: Callable[[int], Any]

    def server_seconds(self) -> float:
        return 0.0


def run(scale: Scale, folder: Path, say: Say) -> Tables:
    """Measure processor time of the client, and requests."""
    with running(folder / "stack") as stack:
        become_a_function(stack)
        table = of_this_stack()
        homes = sample_homes(IMPORTED, "england")
        stack_table.put_homes(table, map(homes.document, range(FEW_HOMES)))
        say("update: a home posts and confirms")
        tables = updates(table, scale)
        say("postcode: against a GetItem")
        tables |= lookups(table, scale)
        count = IMPORTED if scale.is_whole else IMPORTED // scale.part
        say(f"import: {count:,} homes")
        tables[f"import of {count:,} homes"] = {
            "import_homes": import_directory(table, homes, count)
        }
    return tables


def updates(table: DynamoTable, scale: Scale) -> Tables:
    """Measure a post and a confirmation against one read and one write through boto3."""

    def bare(_: int) -> Any:  # noqa: ANN401 - any response of Lambda
        key = {keys.PARTITION: {"S": "BENCH"}, keys.SORT: {"S": "-"}}
        table.client.get_item(TableName=table.name, Key=key, ConsistentRead=True)
        put: Any = {
            "Put": {"TableName": table.name, "Item": {**key, keys.DOCUMENT: {"S": "x" * 900}}}
        }
        return table.client.transact_write_items(TransactItems=[put])

    from update_vacancy.handler import handler

    routes = [
        Route("post", partial(post, handler)),
        Route("confirm", partial(confirm, handler)),
        Route("GetItem, TransactWrite", bare),
    ]
    spreads = time_side_by_side(routes, range(max(30, scale.searches // 10)), rounds=scale.rounds)
    result = {"update, processor time of the client": spread_table(spreads)}
    on_the_wire = {}
    for route in routes:
        with count_traffic() as traffic:
            route.ask(0)
        on_the_wire[route.name] = {
            "requests": float(traffic.requests),
            "bytes sent": float(traffic.bytes_sent),
        }
    return {**result, "update, on the wire": on_the_wire}


def post(handler: LambdaHandler, number: int) -> Any:  # noqa: ANN401 - any response of Lambda
    """Post other counts for the first home than the last time."""
    counts = {
        **NEW_COUNTS["beds"]["general_nursing"],
        "occupied": 18 - number % 2,
        "reserved": number % 2,
    }
    event = request_event("PUT", PATH, body={"beds": {"general_nursing": counts}})
    return _checked(handler(event, CONTEXT))


def confirm(handler: LambdaHandler, _: int) -> Any:  # noqa: ANN401 - any response of Lambda
    """Confirm the counts of the first home."""
    return _checked(handler(request_event("POST", f"{PATH}/confirm"), CONTEXT))


def lookups(table: DynamoTable, scale: Scale) -> Tables:
    """Measure lookups of real postcodes in random order, so that caches are not always warm."""
    installed = postcodes.installed()
    key = {keys.PARTITION: {"S": "POSTCODE"}, keys.SORT: {"S": "EX2 5DW"}}
    table.put({**key, "latitude": {"N": "50.7167"}, "longitude": {"N": "-3.5062"}})
    sample = some_postcodes(installed, scale.searches)
    installed.locate(sample[0])
    with count_traffic() as traffic:
        lookup = time_each(installed.locate, sample)
    get = time_each(
        lambda _: table.client.get_item(TableName=table.name, Key=key),
        sample[: scale.searches // 5],
    )
    rows = spread_table({"postcode table": lookup, "DynamoDB GetItem": get})
    rows["postcode table"]["requests"] = float(traffic.requests)
    rows["DynamoDB GetItem"]["requests"] = 1.0
    return {"postcode lookup": rows}


def some_postcodes(installed: postcodes.Postcodes, count: int) -> list[str]:
    """Return real postcodes, found by guessing; the same every time."""
    dice = Random(SEED)  # noqa: S311 - nothing secret
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    found: list[str] = []
    while len(found) < count:
        area = dice.choice(("EX", "PL", "TQ", "BS", "M", "LS", "B", "NE", "SW", "SE", "E", "N"))
        guess = f"{area}{dice.randint(1, 20)} {dice.randint(0, 9)}"
        guess += dice.choice(letters) + dice.choice(letters)
        if installed.locate(guess):
            found.append(guess)
    return found


def import_directory(table: DynamoTable, homes: Homes, count: int) -> dict[str, float]:
    """Measure what importing a whole directory costs the client."""
    upload = UploadedDirectory("directory/bench.csv", "1", directory(homes, count))
    with count_traffic() as traffic:
        began, cpu = time.perf_counter(), time.process_time()
        report = run_import(
            upload,
            table=table,
            clock=SYSTEM,
            authorities=frozenset(),
            locate=postcodes.installed().locate,
            request_id="bench",
        )
        cpu, elapsed = time.process_time() - cpu, time.perf_counter() - began
    if report["counts"]["written"] < count:
        raise RuntimeError(f"not all of {count} homes were imported: {report['counts']}")
    return {
        "client s": cpu,
        "client us a home": cpu / count * 1e6,
        "requests": float(traffic.requests),
        "elapsed s (the emulator's)": elapsed,
    }


def directory(homes: Homes, count: int) -> bytes:
    """Write a directory in CQC's columns, of homes that the table does not have."""
    text = io.StringIO(newline="")
    rows = csv.DictWriter(text, REQUIRED, restval="")
    rows.writeheader()
    for at in range(count):
        document = homes.document(at)
        rows.writerow(
            {
                Column.LOCATION_ID: f"1-{9_000_000_000 + at}",
                Column.CARE_HOME: "Y",
                Column.NAME: document["name"],
                Column.PHONE: document["phone"],
                Column.BEDS: "40",
                Column.RATING: document.get("rating", ""),
                Column.LOCAL_AUTHORITY: document["local_authority"],
                Column.STREET: document["address"],
                Column.POSTCODE: document["postcode"],
                Column.LATITUDE: document["latitude"],
                Column.LONGITUDE: document["longitude"],
                **{BANDS[band]: "Y" for band in BANDS if band in document["service_user_bands"]},
            }
        )
    # With the homes of the table, which would be taken for deregistered otherwise.
    for at in range(FEW_HOMES):
        document = homes.document(at)
        rows.writerow(
            {
                Column.LOCATION_ID: document["location_id"],
                Column.CARE_HOME: "Y",
                Column.NAME: document["name"],
                Column.BEDS: "40",
                Column.LOCAL_AUTHORITY: document["local_authority"],
                Column.STREET: document["address"],
                Column.POSTCODE: document["postcode"],
                Column.LATITUDE: document["latitude"],
                Column.LONGITUDE: document["longitude"],
            }
        )
    return text.getvalue().encode()


def _checked(response: dict[str, Any]) -> dict[str, Any]:
    if response["statusCode"] != 200:
        raise RuntimeError(f"{response['statusCode']}: {response['body'][:300]}")
    return response
