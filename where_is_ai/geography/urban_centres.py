"""GHSL Urban Centre Database: metros of the world by one rule, as polygons or, failing that, as centroids.

An urban centre is a contiguous cluster of 1 km² cells with at least 1,500 residents each and 50,000 together.
"""

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio

from where_is_ai.archive.entry import Entry, Request, Source
from where_is_ai.archive.fetch import Library
from where_is_ai.archive.unpack import open_zip
from where_is_ai.borders import reading
from where_is_ai.errors import BadUpstream
from where_is_ai.geography.areas import WGS84, Areas

GHSL = Source(
    name="European Commission, Joint Research Centre (GHSL)",
    licence="CC BY 4.0",
    homepage="https://human-settlement.emergency.copernicus.eu/ghs_ucdb_2024.php",
    refusal_hint="Download the file in a browser and put it, under its own name, into the folder by_hand of the data "
    "folder; the next live run takes it from there.",
)
_BASE = "https://jeodpp.jrc.ec.europa.eu/ftp/jrc-opendata/GHSL"
_BOM = "\ufeff"
_MOLLWEIDE = "ESRI:54009"


@dataclass(frozen=True)
class Release:
    """One release of the database: where it is, and what its columns are called."""

    name: str
    title: str
    request: Request
    area_id: str
    area: str
    population: str
    crs: str


R2024A = Release(
    name="ghsl_2024a",
    title="GHSL urban centres R2024A",
    request=Request(
        f"{_BASE}/GHS_UCDB_GLOBE_R2024A/GHS_UCDB_THEME_GLOBE_R2024A/"
        "GHS_UCDB_THEME_GENERAL_CHARACTERISTICS_GLOBE_R2024A/V1-2/"
        "GHS_UCDB_THEME_GENERAL_CHARACTERISTICS_GLOBE_R2024A_V1_2.zip",
        GHSL,
        "application/zip",
    ),
    area_id="ID_UC_G0",
    area="GC_UCN_MAI_2025",
    population="GC_POP_TOT_2025",
    crs=_MOLLWEIDE,
)
R2019A = Release(
    name="ghsl_2019a",
    title="GHSL urban centres R2019A",
    request=Request(
        f"{_BASE}/GHS_STAT_UCDB2015MT_GLOBE_R2019A/V1-2/GHS_STAT_UCDB2015MT_GLOBE_R2019A.zip",
        GHSL,
        "application/zip",
    ),
    area_id="ID_HDC_G0",
    area="UC_NM_MN",
    population="P15",
    crs=WGS84,
)
RELEASES = (R2024A, R2019A)
_CENTROID_COLUMNS = ("AREA", "GCPNT_LAT", "GCPNT_LON")
_READABLE = re.compile(r"\.(gpkg|csv)$", re.IGNORECASE)


def centres_at_hand(library: Library, entries: Sequence[Entry]) -> list[Areas]:
    """The urban centres of each release that is among ``entries``, the newest release first."""
    by_url = {entry.url: entry for entry in entries}
    return [
        read_urban_centres(library, by_url[each.request.url], each)
        for each in RELEASES
        if each.request.url in by_url
    ]


def read_urban_centres(library: Library, entry: Entry, release: Release) -> Areas:
    """The release's urban centres: polygons from its GeoPackage, else centroids and radii from its table.

    Raises BadUpstream where the zip has neither, or a column is missing.
    """
    with reading(entry.url, GHSL.refusal_hint):
        return _read(library.read(entry), entry, release)


def _read(zipped: bytes, entry: Entry, release: Release) -> Areas:
    with open_zip(zipped, entry.url) as archive:
        members = sorted(filter(_READABLE.search, archive.names), key=lambda name: not name.endswith("gpkg"))
        if not members:
            raise BadUpstream(
                f"{entry.url} holds neither a .gpkg nor a .csv but {', '.join(archive.names) or 'nothing'}.",
                GHSL.refusal_hint,
            )
        content = archive.read(members[0])
    if members[0].lower().endswith("gpkg"):
        return Areas(release.name, release.title, _read_polygons(content, release, entry.url))
    return Areas(
        f"{release.name}_centroids",
        f"{release.title}, centroids only (approximate)",
        _read_centroids(content, release, entry.url),
        approximate=True,
    )


def _read_polygons(content: bytes, release: Release, url: str) -> gpd.GeoDataFrame:
    wanted = (release.area_id, release.area, release.population)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "centres.gpkg"
        path.write_bytes(content)
        layer, names = _layer_with(path, wanted, url)
        rows = pyogrio.read_dataframe(path, layer=layer, columns=list(names))
    rows = rows.rename(columns=names)
    if rows.crs is None:
        rows = rows.set_crs(release.crs)
    return _shapes(rows, release, rows.geometry)


def _layer_with(path: Path, wanted: tuple[str, ...], url: str) -> tuple[str, dict[str, str]]:
    """The first layer that has all the wanted columns, and their names as written there to their plain names."""
    for layer, geometry in pyogrio.list_layers(path):
        fields = {plain(name): name for name in pyogrio.read_info(path, layer=layer)["fields"]}
        if geometry and set(wanted) <= set(fields):
            return layer, {fields[name]: name for name in wanted}
    raise BadUpstream(
        f"{url} has no layer of polygons with the columns {', '.join(wanted)}.",
        "GHSL has changed the layout: adapt where_is_ai/geography/urban_centres.py.",
    )


def _read_centroids(content: bytes, release: Release, url: str) -> gpd.GeoDataFrame:
    rows = pd.read_csv(BytesIO(content), encoding="cp850", low_memory=False, skip_blank_lines=True)
    rows = rows.rename(columns=plain).dropna(how="all")
    wanted = (release.area_id, release.area, release.population, *_CENTROID_COLUMNS)
    if missing := [name for name in wanted if name not in rows]:
        raise BadUpstream(
            f"The table in {url} lacks the columns {', '.join(missing)}.",
            "GHSL has changed the layout: adapt where_is_ai/geography/urban_centres.py.",
        )
    rows = rows.dropna(subset=[release.area_id, *_CENTROID_COLUMNS])
    points = gpd.points_from_xy(rows["GCPNT_LON"], rows["GCPNT_LAT"], crs=WGS84)
    shapes = _shapes(rows, release, points)
    return shapes.assign(radius_km=np.sqrt(rows["AREA"].to_numpy(dtype="float64") / np.pi))


def _shapes(rows: pd.DataFrame, release: Release, geometry: object) -> gpd.GeoDataFrame:
    """Area ids as ``ghsl_2024a/1234``: they are stable within a release only."""
    numbers = rows[release.area_id].map(plain).astype("float64").astype("int64")
    return gpd.GeoDataFrame(
        {
            "area_id": release.name + "/" + numbers.astype("str"),
            "area": rows[release.area].map(plain),
            "population": pd.to_numeric(rows[release.population]).round().astype("Int64"),
        },
        geometry=geometry,
    ).reset_index(drop=True)


def plain(value: object) -> object:
    """A text without the byte order marks and blanks that the database carries; anything else as it is."""
    return value.replace(_BOM, "").strip() if isinstance(value, str) else value
