"""An update, a postcode looked up, and an import of 15,000 homes."""

import csv
import io
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

from benchmarks.cold_start import POSTED
from benchmarks.meter import emulated
from benchmarks.meter.timing import each_took, side_by_side
from benchmarks.meter.traffic import traffic
from benchmarks.report.tables import Say, Tables, spread_table
from benchmarks.samples.homes import SEED, Homes, homes
from benchmarks.scale import Scale
from import_homes.columns import BANDS, REQUIRED, Column
from import_homes.run_import import run_import
from local.emulator.stack import running
from shared.aws.clock import SYSTEM
from shared.aws.import_files import UploadedDirectory
from shared.places import postcodes
from shared.store import keys
from shared.store.table import Table as DynamoTable
from shared.store.table import of_this_stack

PATH: Final = "/homes/1-0000000001/vacancies"
IMPORTED: Final = 15_000
BEFORE: Final = 200
"""Homes in the table while updates are timed: the emulator, not the project, slows with more."""


@dataclass(frozen=True, slots=True)
class Route:
    """A request to `update_vacancy`, and one to the table alone, as contestants."""

    name: str
    ask: Callable[[int], Any]

    def server_seconds(self) -> float:
        return 0.0


def run(scale: Scale, folder: Path, say: Say) -> Tables:
    """Processor time of the client, and requests."""
    with running(folder / "stack") as stack:
        emulated.become_a_function(stack)
        table = of_this_stack()
        among = homes(IMPORTED, "england")
        emulated.fill(table, map(among.document, range(BEFORE)))
        say("update: a home posts and confirms")
        tables = updates(table, scale)
        say("postcode: against a GetItem")
        tables |= lookups(table, scale)
        count = IMPORTED if scale.part == 1 else IMPORTED // scale.part
        say(f"import: {count:,} homes")
        tables[f"import of {count:,} homes"] = {"import_homes": imported(table, among, count)}
    return tables


def updates(table: DynamoTable, scale: Scale) -> Tables:
    def bare(_: int) -> Any:  # noqa: ANN401
        key = {keys.PARTITION: {"S": "BENCH"}, keys.SORT: {"S": "-"}}
        table.client.get_item(TableName=table.name, Key=key, ConsistentRead=True)
        put: Any = {"Put": {"TableName": table.name, "Item": {**key, "document": {"S": "x" * 900}}}}
        return table.client.transact_write_items(TransactItems=[put])

    routes = [Route("post", post), Route("confirm", confirm), Route("GetItem, TransactWrite", bare)]
    spreads = side_by_side(routes, range(max(30, scale.searches // 10)), rounds=scale.rounds)
    result = {"update, processor time of the client": spread_table(spreads)}
    wire = {}
    for route in routes:
        with traffic() as seen:
            route.ask(0)
        wire[route.name] = {"requests": float(seen.requests), "bytes sent": float(seen.sent)}
    return {**result, "update, on the wire": wire}


def post(number: int) -> Any:  # noqa: ANN401
    """The first home's staff post other counts than the last time."""
    import update_vacancy.handler as module

    counts = {
        **POSTED["beds"]["general_nursing"],
        "occupied": 18 - number % 2,
        "reserved": number % 2,
    }
    body = json.dumps({"beds": {"general_nursing": counts}})
    return _ok(module.handler(emulated.event("PUT", PATH, body=body), emulated.CONTEXT))


def confirm(_: int) -> Any:  # noqa: ANN401
    """They say that the numbers are still right."""
    import update_vacancy.handler as module

    event = emulated.event("POST", f"{PATH}/confirm")
    return _ok(module.handler(event, emulated.CONTEXT))


def lookups(table: DynamoTable, scale: Scale) -> Tables:
    """Of postcodes that there are, in no order, so that pages and caches are not always warm."""
    installed = postcodes.installed()
    key = {keys.PARTITION: {"S": "POSTCODE"}, keys.SORT: {"S": "EX2 5DW"}}
    table.put({**key, "latitude": {"N": "50.7167"}, "longitude": {"N": "-3.5062"}})
    asked = some_postcodes(installed, scale.searches)
    installed.locate(asked[0])
    with traffic() as seen:
        own = each_took(installed.locate, asked)
    get = each_took(
        lambda _: table.client.get_item(TableName=table.name, Key=key), asked[: scale.searches // 5]
    )
    table_of = spread_table({"postcode table": own, "DynamoDB GetItem": get})
    table_of["postcode table"]["requests"] = float(seen.requests)
    table_of["DynamoDB GetItem"]["requests"] = 1.0
    return {"postcode lookup": table_of}


def some_postcodes(installed: postcodes.Postcodes, count: int) -> list[str]:
    """Found by guessing, the same every time."""
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


def imported(table: DynamoTable, among: Homes, count: int) -> dict[str, float]:
    """What a whole directory costs the client."""
    upload = UploadedDirectory("directory/bench.csv", "1", directory(among, count))
    with traffic() as seen:
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
        raise RuntimeError(f"{report['counts']} of {count} homes")
    return {
        "client s": cpu,
        "client us a home": cpu / count * 1e6,
        "requests": float(seen.requests),
        "elapsed s (the emulator's)": elapsed,
    }


def directory(among: Homes, count: int) -> bytes:
    """A file in the columns of CQC's, of homes that the table does not have."""
    text = io.StringIO(newline="")
    rows = csv.DictWriter(text, REQUIRED, restval="")
    rows.writeheader()
    for at in range(count):
        document = among.document(at)
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
    # The homes that are there stay: they are not to be taken for closed.
    for at in range(BEFORE):
        document = among.document(at)
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


def _ok(answer: dict[str, Any]) -> dict[str, Any]:
    if answer["statusCode"] != 200:
        raise RuntimeError(f"{answer['statusCode']}: {answer['body'][:300]}")
    return answer
