"""The demo's fictional homes, as an import of their directory makes them."""

from datetime import date

import pytest

from import_homes.directory import read_rows
from import_homes.plan import plan_import
from layer.build import postcode_package
from local.demo import fictional_directory
from shared.domain.documents import Document
from shared.places.postcodes import FILE_NAME, Postcodes


@pytest.fixture(scope="module")
def homes() -> list[Document]:
    """Return the homes' documents, without bed counts."""
    postcodes = Postcodes(postcode_package() / FILE_NAME)
    content = fictional_directory.directory(postcodes.locate)
    councils = frozenset({fictional_directory.LOCAL_AUTHORITY})
    plan = plan_import(read_rows(content), {}, councils, postcodes.locate, date(2026, 1, 5))
    return [write.document for write in plan.writes]
