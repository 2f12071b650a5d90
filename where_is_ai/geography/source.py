"""US Census: from the archived gazetteer and population estimates to one table of CBSAs."""

import re
from io import BytesIO

import pandas as pd

from where_is_ai.archive.content import has_columns, has_member
from where_is_ai.archive.entry import Entry, Request, Source
from where_is_ai.archive.fetch import Library
from where_is_ai.archive.unpack import open_zip
from where_is_ai.errors import BadUpstream
from where_is_ai.geography.schema import CbsaPlaces
from where_is_ai.tables import as_table

CENSUS = Source(
    name="U.S. Census Bureau",
    licence="public domain",
    homepage="https://www.census.gov/programs-surveys/metro-micro.html",
)
_BASE = "https://www2.census.gov"
GAZETTEER = Request(
    f"{_BASE}/geo/docs/maps-data/data/gazetteer/2024_Gazetteer/2024_Gaz_cbsa_national.zip",
    CENSUS,
    "application/zip",
    promise=has_member(re.compile(r"\.txt$")),
)
POPULATION = Request(
    f"{_BASE}/programs-surveys/popest/datasets/2020-2023/metro/totals/cbsa-est2023-alldata.csv",
    CENSUS,
    "text/csv",
    promise=has_columns("CBSA", "LSAD"),
)
POPULATION_YEAR = 2023
_KINDS = {"1": "metro", "2": "micro"}
POPULATED = {"Metropolitan Statistical Area", "Micropolitan Statistical Area"}


def read_places(library: Library, gazetteer: Entry, population: Entry) -> pd.DataFrame:
    """CbsaPlaces from the two archived files; raises BadUpstream where a column is missing."""
    places = _read_gazetteer(library.read(gazetteer), gazetteer.url)
    residents = _read_population(library.read(population), population.url)
    return as_table(places.merge(residents, on="area_code", how="left", validate="one_to_one"), CbsaPlaces)


def read_residents(library: Library, population: Entry) -> pd.DataFrame:
    """area_code, year, population: every July estimate that the archived population file gives of whole CBSAs."""
    rows = pd.read_csv(BytesIO(library.read(population)), encoding="latin-1", dtype={"CBSA": str})
    _require(rows, ("CBSA", "LSAD"), population.url)
    whole = rows[rows["LSAD"].isin(POPULATED)].rename(columns={"CBSA": "area_code"})
    years = whole.set_index("area_code").filter(regex=r"^POPESTIMATE\d{4}$")
    years.columns = years.columns.str.removeprefix("POPESTIMATE").astype(int)
    return years.melt(ignore_index=False, var_name="year", value_name="population").reset_index()


def _read_gazetteer(zipped: bytes, url: str) -> pd.DataFrame:
    with open_zip(zipped, url) as archive, archive.open(archive.names[0]) as text:
        rows = pd.read_csv(text, sep="\t", dtype=str)
    rows.columns = rows.columns.str.strip()
    _require(rows, ("GEOID", "NAME", "CBSA_TYPE", "INTPTLAT", "INTPTLONG"), url)
    return pd.DataFrame(
        {
            "area_code": rows["GEOID"],
            "name": rows["NAME"].str.replace(r" (Metro|Micro) Area$", "", regex=True),
            "kind": rows["CBSA_TYPE"].map(_KINDS),
            "lat": pd.to_numeric(rows["INTPTLAT"].str.strip()),
            "lon": pd.to_numeric(rows["INTPTLONG"].str.strip()),
        }
    )


def _read_population(content: bytes, url: str) -> pd.DataFrame:
    rows = pd.read_csv(BytesIO(content), encoding="latin-1", dtype={"CBSA": str})
    estimate = f"POPESTIMATE{POPULATION_YEAR}"
    _require(rows, ("CBSA", "LSAD", estimate), url)
    whole_areas = rows[rows["LSAD"].isin(POPULATED)]
    return pd.DataFrame(
        {
            "area_code": whole_areas["CBSA"],
            "population": whole_areas[estimate].astype("Int64"),
            "population_year": POPULATION_YEAR,
        }
    )


def _require(rows: pd.DataFrame, columns: tuple[str, ...], url: str) -> None:
    missing = [column for column in columns if column not in rows.columns]
    if missing:
        raise BadUpstream(
            f"{url} lacks the columns {', '.join(missing)}; it has {', '.join(rows.columns)}.",
            "The Census Bureau has changed the layout: adapt where_is_ai/geography/source.py.",
        )
