"""The columns of CQC's directory that the import reads. None of them names a person."""

from enum import StrEnum
from typing import Final

from shared.domain.vocabulary import ServiceUserBand


class Column(StrEnum):
    """Their headings in the monthly "care directory with filters"."""

    LOCATION_ID = "Location ID"
    DORMANT = "Dormant (Y/N)"
    CARE_HOME = "Care home?"
    NAME = "Location Name"
    PHONE = "Location Telephone Number"
    WEBSITE = "Location Web Address"
    BEDS = "Care homes beds"
    RATING = "Location Latest Overall Rating"
    LOCAL_AUTHORITY = "Location Local Authority"
    STREET = "Location Street Address"
    ADDRESS_LINE_2 = "Location Address Line 2"
    CITY = "Location City"
    COUNTY = "Location County"
    POSTCODE = "Location Postal Code"
    LATITUDE = "Location Latitude"
    LONGITUDE = "Location Longitude"
    PROVIDER_ID = "Provider ID"
    NURSING = "Service type - Care home service with nursing"


class OptionalColumn(StrEnum):
    """Headings that only some of CQC's files have: its extracts of homes that left the register."""

    STATUS = "Location Status"
    END_DATE = "Location HSCA End Date"


BANDS: Final = {band: f"Service user band - {band}" for band in ServiceUserBand}

REQUIRED: Final[tuple[str, ...]] = (*Column, *BANDS.values())
"""Every column must be there: the import would empty the field of a missing one in every home."""

_VARIANTS: Final = {
    "Dormant": Column.DORMANT,
    "Care home": Column.CARE_HOME,
    "Care home (Y/N)": Column.CARE_HOME,
    "Care home beds": Column.BEDS,
    "Location Postcode": Column.POSTCODE,
    "Location Website": Column.WEBSITE,
    "Registration Status": OptionalColumn.STATUS,
    "Location Registration Status": OptionalColumn.STATUS,
    "HSCA End Date": OptionalColumn.END_DATE,
    "Location End Date": OptionalColumn.END_DATE,
    "Deregistration Date": OptionalColumn.END_DATE,
    "De-registration Date": OptionalColumn.END_DATE,
}

_KNOWN: Final = {name.casefold(): name for name in (*REQUIRED, *OptionalColumn)} | {
    variant.casefold(): column for variant, column in _VARIANTS.items()
}


def find_column(heading: str) -> str | None:
    """Return the column with this heading, in any case and spacing, or None."""
    return _KNOWN.get(" ".join(heading.split()).casefold())
