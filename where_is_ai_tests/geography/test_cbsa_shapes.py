"""CBSA and CSA polygons: made ones in the Census Bureau's format, and real ones dissolved from real counties."""

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely

from where_is_ai.archive.fetch import Replay
from where_is_ai.archive.store import Archive
from where_is_ai.errors import BadUpstream
from where_is_ai.geography.areas import Areas, areas_of
from where_is_ai.geography.cbsa_shapes import CBSA, CSA, WITHIN_KM, Boundaries, read_boundaries
from where_is_ai_tests.geography import make_counties

NOW = datetime(2026, 7, 20, tzinfo=UTC)
BAY = shapely.box(-122.6, 37.4, -121.7, 38.0)


def zipped_shapefile(folder: Path, name: str, rows: gpd.GeoDataFrame) -> bytes:
    """A zip as the Census Bureau makes it: the parts of one shapefile in NAD 83."""
    parts = folder / name
    parts.mkdir(parents=True, exist_ok=True)
    pyogrio.write_dataframe(rows, parts / f"{name}.shp", encoding="UTF-8")
    path = folder / f"{name}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in sorted(parts.iterdir()):
            archive.write(part, part.name)
    return path.read_bytes()


def read(folder: Path, content: bytes, boundaries: Boundaries) -> Areas:
    archive = Archive(folder / "archive")
    return read_boundaries(Replay(archive), archive.keep(content, boundaries.request, NOW), boundaries)


def test_a_zipped_shapefile_gives_areas_by_code(tmp_path):
    rows = gpd.GeoDataFrame(
        {
            "CSAFP": ["488"],
            "CBSAFP": ["41860"],
            "GEOIDFQ": ["310M700US41860"],
            "GEOID": ["41860"],
            "NAME": ["San Francisco-Oakland-Fremont, CA"],
            "NAMELSAD": ["San Francisco-Oakland-Fremont, CA Metro Area"],
            "LSAD": ["M1"],
            "ALAND": [6_400_000_000],
            "AWATER": [2_600_000_000],
        },
        geometry=[BAY],
        crs="EPSG:4269",
    )
    areas = read(tmp_path, zipped_shapefile(tmp_path, "cb_2023_us_cbsa_500k", rows), CBSA)
    found = areas_of(
        pd.DataFrame({"lat": [37.77, 37.77, 37.3], "lon": [-122.42, -122.61, -121.9]}), areas, WITHIN_KM
    )
    assert found["area_id"].fillna("").to_list() == ["41860", "41860", ""]
    assert found["area"][0] == "San Francisco-Oakland-Fremont, CA"


def test_a_zip_without_a_shapefile_is_named(tmp_path):
    path = tmp_path / "empty.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "nothing here")
    with pytest.raises(BadUpstream, match=r"cb_2023_us_csa_500k\.zip holds no shapefile but readme.txt"):
        read(tmp_path, path.read_bytes(), CSA)


@pytest.fixture(scope="module")
def real(tmp_path_factory) -> dict[str, Areas]:
    """Real CBSAs and CSAs of July 2023, dissolved from their counties."""
    folder = tmp_path_factory.mktemp("real")
    counties = gpd.read_file(make_counties.FILE)
    made = {}
    for boundaries, code, name in ((CBSA, "CBSA Code", "CBSA Title"), (CSA, "CSA Code", "CSA Title")):
        rows = (
            counties.dropna(subset=code).dissolve(by=code)[[name, "geometry"]].rename(columns={name: "NAME"})
        )
        rows = rows.rename_axis(boundaries.code).reset_index()
        content = zipped_shapefile(folder, Path(boundaries.request.url).stem, rows)
        made[boundaries.name] = read(folder, content, boundaries)
    return made


def test_real_areas_split_the_bay_and_hold_boston_together(real):
    places = pd.DataFrame(
        {
            "Stanford": (37.424, -122.166),
            "Berkeley": (37.872, -122.273),
            "San Francisco": (37.775, -122.419),
            "San Jose": (37.339, -121.895),
            "Cambridge": (42.375, -71.106),
            "Boston": (42.358, -71.060),
            "Needham": (42.281, -71.233),
            "Waltham": (42.377, -71.236),
            "Zurich": (47.37, 8.54),
        },
        index=["lat", "lon"],
    ).T
    cbsa = areas_of(places, real["cbsa"], WITHIN_KM)["area_id"].fillna("")
    assert cbsa[["Berkeley", "San Francisco"]].to_list() == ["41860", "41860"]
    assert cbsa[["Stanford", "San Jose"]].to_list() == ["41940", "41940"]
    assert set(cbsa[["Cambridge", "Boston", "Needham", "Waltham"]]) == {"14460"}
    assert cbsa["Zurich"] == ""
    csa = areas_of(places, real["csa"], WITHIN_KM)["area_id"].fillna("")
    assert set(csa[["Stanford", "Berkeley", "San Francisco", "San Jose"]]) == {"488"}
