"""What the patents tables hold: the one place that says so."""

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from where_is_ai import fields
from where_is_ai.columns import column
from where_is_ai.geography.abroad import CBSA, CITY_TAG, URBAN_CENTRE
from where_is_ai.geography.names import country_name
from where_is_ai.tables import AREA_CODE, Table

DAY = r"^\d{4}-\d{2}-\d{2}$"
COUNTRY = r"^[A-Z]{2}$"
PLACED = {
    "metro": "in a metro area",
    "micro": "in a micro area",
    "outside": "outside metro and micro areas",
    "abroad": "abroad",
    "unplaced": "place not given or not known here",
}
GEOGRAPHIES = {
    CBSA: "CBSA",
    URBAN_CENTRE: "urban centre (GHSL)",
    CITY_TAG: "city as the inventors give it",
}
PATENTS = "patents"
DECIMALS = 2


class AiPatents(Table):
    """One row per utility patent granted in the quarter that is AI by either definition."""

    patent_id: Series[str] = pa.Field(unique=True, description="Number of the patent")
    granted: Series[str] = pa.Field(str_matches=DAY, description="Day on which it was granted")
    g06n: Series[bool] = pa.Field(description="G06N in any position")
    g06n_inventional: Series[bool] = pa.Field(description="G06N as what is invented, not in addition alone")
    wide: Series[bool] = pa.Field(description="Any class of the wider list")

    @pa.dataframe_check(error="what is inventional is there in any position, and G06N is on the wider list")
    def narrower_is_wider(cls, patents: pd.DataFrame) -> pd.Series:  # noqa: N805
        return (patents["g06n"] >= patents["g06n_inventional"]) & (patents["wide"] >= patents["g06n"])


class PatentShares(Table):
    """One row per utility patent of the quarter and place of its inventors. No inventor is named."""

    patent_id: Series[str] = pa.Field(description="Number of the patent")
    location_id: Series[str] = pa.Field(
        nullable=True, description="Id of the place; empty where none is given"
    )
    share: Series[float] = pa.Field(gt=0, le=1, description="Its inventors there, of all its inventors")

    class Config(Table.Config):
        unique = ("patent_id", "location_id")


class PatentPlaces(Table):
    """One row per place of inventors: where it is."""

    location_id: Series[str] = pa.Field(unique=True, description="Id of the place in this release")
    city: Series[str] = pa.Field(nullable=True, description="Town, as disambiguated")
    state: Series[str] = pa.Field(
        nullable=True, description="Postal code of a state of the USA, or a region abroad"
    )
    country_code: Series[str] = pa.Field(nullable=True, str_matches=COUNTRY, description="ISO 3166-1 alpha-2")
    lat: Series[pd.Float64Dtype] = pa.Field(nullable=True, ge=-90, le=90, description="Degrees north, WGS 84")
    lon: Series[pd.Float64Dtype] = pa.Field(
        nullable=True, ge=-180, le=180, description="Degrees east, WGS 84"
    )
    county_fips: Series[str] = pa.Field(
        nullable=True, str_matches=AREA_CODE, description="FIPS code of its county"
    )
    placed: Series[str] = pa.Field(isin=tuple(PLACED), description="How far it leads")
    area_code: Series[str] = pa.Field(
        nullable=True, str_matches=AREA_CODE, description="CBSA code of a metro area"
    )
    metro_id: Series[str] = pa.Field(
        nullable=True,
        description="Metro of the world: country and CBSA code, urban centre of GHSL, or country and city",
    )
    metro: Series[str] = pa.Field(nullable=True, description="Its name")
    geography: Series[str] = pa.Field(nullable=True, isin=tuple(GEOGRAPHIES), description="What it is")


def _fraction(description: str, heading: str) -> object:
    return fields.rate(description, PATENTS, DECIMALS, heading=heading, nullable=False)


class Counts(Table):
    """AI patents by where their inventors live, each inventor counting 1 / the patent's number of inventors."""

    ai_patents: Series[float] = _fraction(
        "Utility patents granted in the quarter with the CPC class G06N in any position, by inventors' shares",
        "AI patents",
    )
    ai_patents_any: Series[int] = fields.count(
        "The same patents with at least one inventor there, each whole",
        PATENTS,
        heading="With an inventor here",
    )
    ai_patents_inventional: Series[float] = _fraction(
        "Of ai_patents, those with G06N as what is invented, not in addition alone", "G06N inventional"
    )
    ai_patents_wide: Series[float] = _fraction(
        "The same by the wider list of classes, which holds G06N", "Wider list"
    )
    all_patents: Series[float] = _fraction(
        "All utility patents granted in the quarter, by inventors' shares", "All patents"
    )
    ai_share_pct: Series[pd.Float64Dtype] = fields.share_pct(
        "AI patents in percent of all utility patents there", heading="AI share, %"
    )


class Release(Table):
    """Which release the row rests on."""

    release: Series[str] = column(
        "Day on which the release at hand was fetched or put there", str_matches=DAY
    )
    as_known: Series[bool] = column(
        "Whether that was soon after the quarter; patents are classified anew, which changes the past"
    )
    source: Series[str] = column("Whose tables: the patent office's, or made-up ones")


class UsaMetro(Table):
    """A metro of the USA."""

    area_code: Series[str] = column("CBSA code, July 2023 delineation", unique=True, str_matches=AREA_CODE)
    metro: Series[str] = column("Name with its states")
    rank: Series[pd.Int64Dtype] = fields.rank("By ai_patents among the metros that have any")


class _Point(Table):
    lat: Series[pd.Float64Dtype] = fields.latitude()
    lon: Series[pd.Float64Dtype] = fields.longitude()


class MetroPatents(_Point, Release, Counts, UsaMetro):
    """AI patents by metro of their inventors: the published table ``usa_ai_patents_by_metro``."""


class WorldMetro(Table):
    """A metro of the world."""

    metro_id: Series[str] = column(
        "Country and CBSA code, urban centre of GHSL, or country and city", unique=True
    )
    metro: Series[str] = column("CBSA with its states, urban centre, or city abroad")
    country_code: Series[str] = column(
        "ISO 3166-1 alpha-2", heading="Country", words=country_name, str_matches=COUNTRY
    )
    geography: Series[str] = column(
        "What the metro is: CBSA, abroad the urban centre around the inventors' city, or that city where no urban "
        "centres are at hand",
        words=GEOGRAPHIES,
        isin=tuple(GEOGRAPHIES),
    )
    rank: Series[pd.Int64Dtype] = fields.rank("By ai_patents among the metros that have any")


class WorldPatents(Release, Counts, WorldMetro):
    """Patents of the USA by metro of the world: the published table ``world_ai_patents_by_metro``."""


class Country(Table):
    """A country of inventors."""

    country_code: Series[str] = column(
        "ISO 3166-1 alpha-2", heading="Country", words=country_name, str_matches=COUNTRY, unique=True
    )
    rank: Series[pd.Int64Dtype] = fields.rank("By ai_patents among the countries that have any")


class CountryPatents(Release, Counts, Country):
    """Patents of the USA by country of their inventors: the published table ``world_ai_patents_by_country``."""


class PatentCoverage(Release, Counts, Table):
    """All that was granted, and where its inventors live: the published table ``world_ai_patents_coverage``."""

    part: Series[str] = column("Part of all patents", unique=True)
