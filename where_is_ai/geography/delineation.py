"""Which counties make up which metro: the delineation file of the Office of Management and Budget, kept by Census."""

import pandas as pd
from fastexcel import read_excel

from where_is_ai.archive.entry import Entry, Request
from where_is_ai.archive.fetch import Library
from where_is_ai.archive.unpack import require_modest
from where_is_ai.borders import reading
from where_is_ai.errors import BadUpstream
from where_is_ai.geography import rules
from where_is_ai.geography.schema import CbsaCounties
from where_is_ai.geography.source import CENSUS
from where_is_ai.tables import as_table

DELINEATION = Request(
    "https://www2.census.gov/programs-surveys/metro-micro/geographies/reference-files/2023/delineation-files/"
    "list1_2023.xlsx",
    CENSUS,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)
_COLUMNS = {
    "CBSA Code": "area_code",
    "CBSA Title": "area_name",
    "Metropolitan/Micropolitan Statistical Area": "kind",
    "County/County Equivalent": "county",
    "State Name": "state_name",
    "FIPS State Code": "state_fips",
    "FIPS County Code": "county_fips",
    "Central/Outlying County": "central",
}
_KINDS = {"Metropolitan Statistical Area": "metro", "Micropolitan Statistical Area": "micro"}
_TITLE_ROWS_AT_MOST = 10


def read_counties(library: Library, entry: Entry) -> pd.DataFrame:
    """CbsaCounties from the archived workbook; raises BadUpstream where its columns are not found."""
    content = library.read(entry)
    require_modest(content, entry.url)
    with reading(entry.url):
        rows = _rows_below_header(content, entry.url).rename(columns=_COLUMNS)
        # A footnote stands in the first column alone.
        rows = rows[rows[["area_name", "kind", "county"]].notna().any(axis=1)]
        counties = rows.assign(
            area_code=rows["area_code"].str.strip(),
            kind=rows["kind"].str.strip().map(_KINDS),
            county_fips=rows["state_fips"].str.strip().str.zfill(2)
            + rows["county_fips"].str.strip().str.zfill(3),
            central=rows["central"].str.strip() == "Central",
        )
        rules.require(rules.COUNTY_RULES, counties, entry.url, "county")
        rules.require_areas(counties, entry)
        return as_table(counties, CbsaCounties).reset_index(drop=True)


def _rows_below_header(content: bytes, url: str) -> pd.DataFrame:
    """The sheet's rows as text; titles stand above its header and footnotes below its data."""
    reader = read_excel(content)
    top = reader.load_sheet(0, header_row=None, n_rows=_TITLE_ROWS_AT_MOST, dtypes="string").to_pandas()
    for number, row in enumerate(top.itertuples(index=False)):
        if set(_COLUMNS) <= set(row):
            rows = reader.load_sheet(0, header_row=number, dtypes="string").to_pandas()
            return rows.assign(row=range(number + 2, len(rows) + number + 2))
    raise BadUpstream(
        f"{url} has no row with the headings {', '.join(_COLUMNS)} among its first {_TITLE_ROWS_AT_MOST}.",
        "The Census Bureau has changed the layout: adapt where_is_ai/geography/delineation.py.",
    )
