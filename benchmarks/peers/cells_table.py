"""The table of the classic design: every home by its cells of three resolutions."""

from collections.abc import Iterator
from typing import Any, Final

import h3

from benchmarks.meter.stack_table import put_items
from benchmarks.samples.declarations import said_yes
from benchmarks.samples.homes import ANY, Homes
from shared.domain.documents import to_json
from shared.store.table import Table

RESOLUTIONS: Final = (4, 5, 6)
"""Homes are stored by a cell of each resolution: edges of about 14, 5 and 2 miles."""

TABLE: Final = "bench-cells"


def create(homes: Homes, table: Table) -> None:
    """Create the table with every home."""
    text: Any = [{"AttributeName": name, "AttributeType": "S"} for name in ("pk", "sk")]
    table.client.create_table(
        TableName=TABLE,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=text,
        KeySchema=[
            {"AttributeName": "pk", "KeyType": "HASH"},
            {"AttributeName": "sk", "KeyType": "RANGE"},
        ],
    )
    put_items(table.client, TABLE, _items(homes))


def _items(homes: Homes) -> Iterator[dict[str, Any]]:
    for at in range(len(homes)):
        document = homes.document(at)
        attributes: dict[str, Any] = {
            "sk": {"S": document["location_id"]},
            "document": {"S": to_json(document)},
            "rating": {"N": str(homes.rating[at])},
            **{f"free{n}": {"N": str(homes.free[at, n])} for n in range(ANY + 1)},
        }
        for name, words in ("bands", document["service_user_bands"]), ("needs", said_yes(document)):
            if words:
                attributes[name] = {"SS": words}
        for resolution in RESOLUTIONS:
            cell = h3.latlng_to_cell(document["latitude"], document["longitude"], resolution)
            yield {"pk": {"S": cell}, **attributes}
