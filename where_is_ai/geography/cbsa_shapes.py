"""US Census cartographic boundaries: core based statistical areas (CBSA) and combined ones (CSA) as polygons."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio

from where_is_ai.archive.entry import Entry, Request
from where_is_ai.archive.fetch import Library
from where_is_ai.archive.unpack import open_zip
from where_is_ai.borders import reading
from where_is_ai.errors import BadUpstream
from where_is_ai.geography.areas import Areas
from where_is_ai.geography.source import CENSUS

_BASE = "https://www2.census.gov/geo/tiger/GENZ2023/shp"
# The 1:500,000 boundaries cut capes and quays off: a point in the water this near is on land.
WITHIN_KM = 2.0


@dataclass(frozen=True)
class Boundaries:
    """One boundary file: where it is and which column holds the areas' codes."""

    name: str
    title: str
    request: Request
    code: str


CBSA = Boundaries(
    "cbsa",
    "US core based statistical areas",
    Request(f"{_BASE}/cb_2023_us_cbsa_500k.zip", CENSUS, "application/zip"),
    "CBSAFP",
)
CSA = Boundaries(
    "csa",
    "US combined statistical areas",
    Request(f"{_BASE}/cb_2023_us_csa_500k.zip", CENSUS, "application/zip"),
    "CSAFP",
)
BOUNDARIES = (CBSA, CSA)


def read_boundaries(library: Library, entry: Entry, boundaries: Boundaries) -> Areas:
    """The areas of a zipped shapefile; raises BadUpstream where it can't be read or lacks a column."""
    content = library.read(entry)
    with open_zip(content, entry.url) as archive:
        if not any(name.lower().endswith(".shp") for name in archive.names):
            raise BadUpstream(
                f"{entry.url} holds no shapefile but {', '.join(archive.names) or 'nothing'}.",
                CENSUS.refusal_hint,
            )
        archive.verify()
    with reading(entry.url, CENSUS.refusal_hint):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "boundaries.zip"
            path.write_bytes(content)
            rows = pyogrio.read_dataframe(path)
        return _areas(rows, entry, boundaries)


def _areas(rows: gpd.GeoDataFrame, entry: Entry, boundaries: Boundaries) -> Areas:
    if missing := [name for name in (boundaries.code, "NAME") if name not in rows]:
        raise BadUpstream(
            f"{entry.url} lacks the columns {', '.join(missing)}; it has {', '.join(rows.columns)}.",
            "The Census Bureau has changed the layout: adapt where_is_ai/geography/cbsa_shapes.py.",
        )
    shapes = gpd.GeoDataFrame(
        {
            "area_id": rows[boundaries.code].astype("str"),
            "area": rows["NAME"].astype("str"),
            "population": pd.array([pd.NA] * len(rows), dtype="Int64"),
        },
        geometry=rows.geometry,
    )
    return Areas(boundaries.name, boundaries.title, shapes)
