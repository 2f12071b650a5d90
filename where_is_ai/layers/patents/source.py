"""From the bulk tables to a quarter's AI patents, the places of their inventors, and where these are."""

import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import duckdb
import pandas as pd

from where_is_ai.archive.content import has_member, has_part
from where_is_ai.archive.entry import Entry, Request, Source
from where_is_ai.archive.fetch import Library
from where_is_ai.borders import reading
from where_is_ai.errors import BadUpstream
from where_is_ai.geography.abroad import CBSA, metros_abroad
from where_is_ai.geography.areas import Areas
from where_is_ai.geography.gazetteer.read import read_gazetteer
from where_is_ai.geography.locations import Locator
from where_is_ai.layers.patents.bulk_tables import TABLES, UNPACKED_MB, BulkTable
from where_is_ai.layers.patents.schema import AiPatents, PatentPlaces, PatentShares
from where_is_ai.quarters import Quarter
from where_is_ai.tables import as_table

KEY = "USPTO_API_KEY"
USPTO = Source(
    "USPTO, PatentsView bulk tables",
    "CC-BY-4.0",
    "https://data.uspto.gov/bulkdata/datasets/pvgpatdis",
    key=("x-api-key", KEY),
    key_in_header=True,
    private=True,
    unpacked_mb=UNPACKED_MB,
    refusal_hint="The patent office gives its files to holders of a free account. Fetch them there by hand and put "
    "them into the folder by_hand, or set USPTO_API_KEY.",
    hint_without_key="Set USPTO_API_KEY to the key of a free account, or put the files into the folder by_hand.",
)
LISTING = Request(
    "https://api.uspto.gov/api/v1/datasets/products/pvgpatdis",
    USPTO,
    "application/json",
    promise=has_part("bulkDataProductBag", list),
)
_HOST = ".uspto.gov"
USA = "US"
# Patents of the quarter that protect an invention; designs, plants and reissues are others, withdrawn ones are none.
_GRANTED = """
    SELECT patent_id, patent_date FROM g_patent
    WHERE patent_type = 'utility' AND coalesce(withdrawn, '0') <> '1' AND patent_date BETWEEN $first AND $last
"""
_AI = f"""
    SELECT p.patent_id, min(p.patent_date) AS granted,
        bool_or(c.cpc_subclass = 'G06N') AS g06n,
        bool_or(c.cpc_subclass = 'G06N' AND c.cpc_type = 'inventional') AS g06n_inventional,
        bool_or(w.cpc IS NOT NULL) AS wide
    FROM ({_GRANTED}) p JOIN g_cpc_current c USING (patent_id)
        LEFT JOIN wide_list w ON starts_with(c.cpc_group, w.cpc)
    GROUP BY ALL HAVING g06n OR wide ORDER BY p.patent_id
"""
_SHARES = f"""
    SELECT patent_id, location_id, count(*) / any_value(inventors) AS share
    FROM (
        SELECT i.patent_id, i.location_id, count(*) OVER (PARTITION BY i.patent_id) AS inventors
        FROM g_inventor_disambiguated i SEMI JOIN ({_GRANTED}) p USING (patent_id)
    )
    GROUP BY ALL ORDER BY patent_id, location_id
"""
_PLACES = """
    SELECT location_id, disambig_city AS city, disambig_state AS state, disambig_country AS country_code,
        TRY_CAST(latitude AS DOUBLE) AS lat, TRY_CAST(longitude AS DOUBLE) AS lon,
        lpad(state_fips, 2, '0') || lpad(county_fips, 3, '0') AS county_fips
    FROM g_location_disambiguated SEMI JOIN wanted USING (location_id) ORDER BY location_id
"""


def request_of(table: BulkTable) -> Request:
    """The zip of a bulk table, which is put into ``by_hand`` under its own name."""
    return _zip_at(f"{USPTO.homepage}/{file_of(table)}", table)


def listed(library: Library, listing: Entry) -> list[Request]:
    """The bulk tables of the newest release, where the patent office's list of files says they are."""
    with reading(listing.url):
        said = json.loads(library.read(listing))["bulkDataProductBag"][0]["productFileBag"]["fileDataBag"]
        where = {file["fileName"]: file["fileDownloadURI"] for file in said}
    names = [file_of(table) for table in TABLES]
    wrong = [name for name in names if not _is_at_home(where.get(name, ""), name)]
    if wrong:
        raise BadUpstream(
            f"{listing.url} lists no address of its own for {', '.join(wrong)}.",
            "The patent office has changed its list: adapt where_is_ai/layers/patents/source.py.",
        )
    return [_zip_at(where[file_of(table)], table) for table in TABLES]


def entries_by_table(entries: Sequence[Entry]) -> dict[BulkTable, Entry]:
    """The answer that holds each bulk table, told by the end of its address; a list of files is none."""
    by_name = {urlsplit(entry.url).path.rpartition("/")[2]: entry for entry in entries}
    return {table: by_name[file_of(table)] for table in TABLES if file_of(table) in by_name}


def file_of(table: BulkTable) -> str:
    """The name of its zip."""
    return f"{table.name}.tsv.zip"


def _is_at_home(url: str, name: str) -> bool:
    parts = urlsplit(url)
    return (
        parts.scheme == "https" and f".{parts.hostname}".endswith(_HOST) and parts.path.endswith(f"/{name}")
    )


def _zip_at(url: str, table: BulkTable) -> Request:
    named = re.compile(rf"(?:^|/){table.name}\.tsv$", re.IGNORECASE)
    return Request(url, USPTO, "application/zip", promise=has_member(named))


@cache
def definitions() -> pd.DataFrame:
    """definition, cpc (the beginning of a class) and source."""
    return pd.read_csv(Path(__file__).with_name("definitions.csv"), dtype="str")


def read_ai_patents(database: duckdb.DuckDBPyConnection, quarter: Quarter) -> pd.DataFrame:
    """AiPatents granted in ``quarter``, as the release at hand classifies them."""
    wide = definitions().query("definition == 'wide'")[["cpc"]]
    database.register("wide_list", wide)
    return as_table(database.execute(_AI, _days(quarter)).df(), AiPatents)


def read_shares(database: duckdb.DuckDBPyConnection, quarter: Quarter) -> pd.DataFrame:
    """PatentShares of every utility patent granted in ``quarter``: each inventor counts 1 / their number."""
    return as_table(database.execute(_SHARES, _days(quarter)).df(), PatentShares)


def read_places(
    database: duckdb.DuckDBPyConnection,
    shares: pd.DataFrame,
    counties: pd.DataFrame,
    cbsas: pd.DataFrame,
    centres: Areas | None = None,
) -> pd.DataFrame:
    """PatentPlaces of the ``shares``, by county through CbsaCounties, else by town and state.

    Metros are those of CbsaPlaces, abroad ``centres``, where there are any.
    """
    wanted = shares[["location_id"]].dropna().drop_duplicates()
    database.register("wanted", wanted)
    rows = wanted.merge(database.execute(_PLACES).df(), "left", "location_id")
    of_county = {
        row.county_fips: (row.kind, row.area_code if row.kind == "metro" else None)
        for row in counties[["county_fips", "kind", "area_code"]].itertuples(index=False)
    }
    locator, states = Locator(counties), read_gazetteer().state_codes
    found = [
        of_county.get(row.county_fips) or _by_town(row, locator, states)
        for row in rows[["city", "state", "country_code", "county_fips"]].itertuples(index=False)
    ]
    rows["placed"], rows["area_code"] = zip(*found, strict=True) if found else ((), ())
    return as_table(rows.join(_metros(rows, cbsas, centres)), PatentPlaces)


def _metros(rows: pd.DataFrame, cbsas: pd.DataFrame, centres: Areas | None) -> pd.DataFrame:
    """metro_id, metro and geography of places in metros and abroad."""
    here = rows.loc[rows["area_code"].notna(), ["area_code"]]
    usa = pd.DataFrame(
        {
            "metro_id": f"{USA}/" + here["area_code"].astype("string"),
            "metro": here["area_code"].map(cbsas.set_index("area_code")["name"]),
            "geography": CBSA,
        },
        index=here.index,
    )
    abroad = metros_abroad(rows.loc[rows["placed"] == "abroad"], centres)[list(usa)]
    return pd.concat([usa, abroad])


def _by_town(row, locator: Locator, states: frozenset[str]) -> tuple[str, str | None]:
    """Connecticut's counties of before 2022 are in no delineation of today: such places go by their town too."""
    if isinstance(row.country_code, str) and row.country_code != USA:
        return "abroad", None
    if not isinstance(row.city, str) or row.state not in states:
        return "unplaced", None
    location = locator.read(f"{row.city}, {row.state}")
    if location.status == "metro" and len(location.area_codes) == 1:
        return "metro", location.area_codes[0]
    return {"micro": "micro", "rural": "outside"}.get(location.status, "unplaced"), None


def _days(quarter: Quarter) -> dict[str, str]:
    return {"first": quarter.first_day.isoformat(), "last": quarter.last_day.isoformat()}


# The tables under their own names, as somebody puts them into ``by_hand``.
REQUESTS = tuple(request_of(table) for table in TABLES)
