"""The body of a request to begin an import."""

from enum import StrEnum

from pydantic import Field

from shared.aws.import_files import LARGEST_DIRECTORY
from shared.http.body import Body


class Format(StrEnum):
    """The file formats that the import can read."""

    CSV = "csv"
    XLSX = "xlsx"
    ODS = "ods"


class NewImport(Body):
    """The file to be uploaded: its format, and its size in bytes.

    `closures_confirmed` imports it however many homes are no longer in it.
    """

    format: Format
    size: int = Field(ge=1, le=LARGEST_DIRECTORY)
    closures_confirmed: bool = False
