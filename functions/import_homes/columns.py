"""The columns of CQC's directory that are read; whatever names a person is not among them."""

from enum import StrEnum
from typing import Final

from shared.domain.vocabulary import ServiceUserBand


class Column(StrEnum):
    """As the monthly "care directory with filters" heads them."""

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


BANDS: Final = {band: f"Service user band - {band}" for band in ServiceUserBand}

# Without a column its field would be emptied in every home, so each of them must be there.
REQUIRED: Final[tuple[str, ...]] = (*Column, *BANDS.values())

_VARIANTS: Final = {
    "Dormant": Column.DORMANT,
    "Care home": Column.CARE_HOME,
    "Care home (Y/N)": Column.CARE_HOME,
    "Care home beds": Column.BEDS,
    "Location Postcode": Column.POSTCODE,
    "Location Website": Column.WEBSITE,
}

_KNOWN: Final = {name.casefold(): name for name in REQUIRED} | {
    variant.casefold(): column for variant, column in _VARIANTS.items()
}


def column_named(text: str) -> str | None:
    """The column that a header cell stands for, whatever its case and spacing."""
    return _KNOWN.get(" ".join(text.split()).casefold())
