"""GHSL's files in their real formats, with made shapes; and points to areas."""

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely
from hypothesis import example, given
from hypothesis import strategies as st
from pyproj import Geod

from where_is_ai.archive.fetch import Replay
from where_is_ai.archive.store import Archive
from where_is_ai.errors import BadUpstream
from where_is_ai.geography.areas import WGS84, Areas, areas_of
from where_is_ai.geography.urban_centres import R2019A, R2024A, Release, read_urban_centres

BOM = "\ufeff"
MOLLWEIDE = "ESRI:54009"
GEOD = Geod(ellps="WGS84")
NOW = datetime(2026, 7, 20, tzinfo=UTC)
SQUARES = {
    "Zürich": (8.4, 47.3, 8.7, 47.5),
    "Hong Kong": (113.9, 22.2, 114.3, 22.5),
    "Suva": (178.3, -18.2, 178.6, -18.0),
}
LAYER_2024 = "GHSL_UCDB_THEME_GENERAL_CHARACTERISTICS_GLOBE_R2024A"


def shapes(boxes: dict[str, tuple]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=[shapely.box(*box) for box in boxes.values()], crs=WGS84)


def zipped(folder: Path, name: str, content: bytes) -> bytes:
    path = folder / "out.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "GHSL")
        archive.writestr(name, content)
    return path.read_bytes()


def r2024a(folder: Path, boxes: dict[str, tuple] = SQUARES, bom: str = BOM) -> bytes:
    """The theme's zip: a GeoPackage in Mollweide whose column names and texts carry byte order marks."""
    rows = shapes(boxes).to_crs(MOLLWEIDE)
    rows[f"{bom}ID_UC_G0"] = range(1, len(boxes) + 1)
    rows[f"{bom}GC_UCN_MAI_2025"] = [f"{bom}{name} " for name in boxes]
    rows["GC_CNT_GAD_2025"] = "Somewhere"
    rows["GC_UCA_KM2_2025"] = 700.0
    rows["GC_POP_TOT_2025"] = 1_234_567.4
    path = folder / "GHS_UCDB_THEME_GENERAL_CHARACTERISTICS_GLOBE_R2024A.gpkg"
    pyogrio.write_dataframe(rows, path, layer=LAYER_2024)
    pyogrio.write_dataframe(pd.DataFrame({"ID_UC_G0": [1]}), path, layer="UC_centroids", append=True)
    return zipped(folder, path.name, path.read_bytes())


def r2019a(folder: Path) -> bytes:
    rows = shapes(SQUARES).assign(
        ID_HDC_G0=[float(number) for number in range(1, 4)],
        UC_NM_MN=list(SQUARES),
        CTR_MN_ISO="XXX",
        P15=1000.2,
    )
    path = folder / "GHS_STAT_UCDB2015MT_GLOBE_R2019A_V1_2.gpkg"
    pyogrio.write_dataframe(rows, path)
    return zipped(folder, path.name, path.read_bytes())


def r2019a_table(folder: Path) -> bytes:
    """The table alone: cp850, with blank rows; Zürich's centre is as large as a circle of 10 km."""
    text = (
        "ID_HDC_G0,UC_NM_MN,CTR_MN_ISO,P15,AREA,GCPNT_LAT,GCPNT_LON\r\n"
        f"1,Zürich,CHE,800000.6,{np.pi * 100},47.4,8.55\r\n,,,,,,\r\n"
        f"2,Winterthur,CHE,110000,{np.pi * 25},47.5,8.72\r\n,,,,,,\r\n"
    )
    return zipped(folder, "GHS_STAT_UCDB2015MT_GLOBE_R2019A_V1_2.csv", text.encode("cp850"))


def read(folder: Path, content: bytes, release: Release) -> Areas:
    archive = Archive(folder / "archive")
    return read_urban_centres(Replay(archive), archive.keep(content, release.request, NOW), release)


def points(*places: tuple[float, float]) -> pd.DataFrame:
    return pd.DataFrame(places, columns=["lat", "lon"], dtype="Float64")


@pytest.mark.parametrize("bom", [BOM, ""])
def test_the_2024_release_is_read_through_its_byte_order_marks(tmp_path, bom):
    centres = read(tmp_path, r2024a(tmp_path, bom=bom), R2024A)
    assert centres.shapes.crs == MOLLWEIDE
    assert centres.shapes["area"].to_list() == list(SQUARES)
    assert centres.shapes["area_id"].to_list() == ["ghsl_2024a/1", "ghsl_2024a/2", "ghsl_2024a/3"]
    assert centres.shapes["population"].to_list() == [1_234_567] * 3
    assert not centres.approximate


def test_the_2019_release_is_read_in_degrees(tmp_path):
    centres = read(tmp_path, r2019a(tmp_path), R2019A)
    found = areas_of(points((47.37, 8.54), (22.3, 114.17)), centres, 10)
    assert found["area"].to_list() == ["Zürich", "Hong Kong"]
    assert centres.shapes["area_id"].to_list()[0] == "ghsl_2019a/1"


def test_points_inside_near_far_and_unknown(tmp_path):
    centres = read(tmp_path, r2024a(tmp_path), R2024A)
    places = points((47.4, 8.5), (47.4, 8.75), (47.4, 8.9), (pd.NA, pd.NA)).set_axis(
        ["in", "near", "far", "none"]
    )
    found = areas_of(places, centres, within_km=10)
    assert found["area"].fillna("").to_list() == ["Zürich", "Zürich", "", ""]
    assert found.loc["in", "away_km"] == 0
    assert found.loc["near", "away_km"] == pytest.approx(3.77, abs=0.02)
    assert areas_of(places, centres, within_km=0)["area"].notna().to_list() == [True, False, False, False]


def test_the_nearest_of_two_is_taken_and_the_date_line_is_no_wall(tmp_path):
    boxes = {"West": (179.0, -17.2, 179.96, -17.0), "East": (-179.9, -17.2, -179.0, -17.0)}
    centres = read(tmp_path, r2024a(tmp_path, boxes), R2024A)
    found = areas_of(points((-17.1, 179.98), (-17.1, -179.95)), centres, within_km=15)
    assert found["area"].to_list() == ["West", "East"]
    assert found["away_km"].to_list() == pytest.approx([2.13, 5.32], abs=0.05)
    across = areas_of(points((-17.1, -179.99)), centres, within_km=15)
    assert across["area"].to_list() == ["West"]


@pytest.mark.slow
@given(
    lat=st.floats(-65, 70),
    lon=st.floats(-179.9, 179.9),
    bearing=st.floats(0, 360),
    away_km=st.floats(0.2, 20),
)
@example(lat=33.0, lon=179.890625, bearing=6.0, away_km=20.0)
@example(lat=33.0, lon=-179.890625, bearing=354.0, away_km=20.0)
@example(lat=-60.0, lon=179.9, bearing=170.0, away_km=20.0)
def test_distances_hold_wherever_on_earth(lat, lon, bearing, away_km):
    """A tiny centre at a known distance is found within it, and not within a little less."""
    east, north, _ = GEOD.fwd(lon, lat, bearing, away_km * 1000)
    tiny = gpd.GeoDataFrame(
        {"area_id": ["x/1"], "area": ["x"], "population": pd.array([1], dtype="Int64")},
        geometry=[shapely.Point(east, north).buffer(1e-5)],
        crs=WGS84,
    ).to_crs(MOLLWEIDE)
    if abs(east) > 179.99:
        return
    centres = Areas("x", "x", tiny)
    here = points((lat, lon))
    found = areas_of(here, centres, within_km=away_km * 1.01 + 0.01)
    assert found["area"].to_list() == ["x"]
    assert found["away_km"][0] == pytest.approx(away_km, rel=0.01, abs=0.01)
    assert areas_of(here, centres, within_km=away_km * 0.98 - 0.01)["area"].isna().all()


@pytest.mark.parametrize(("lon", "centre"), [(179.95, -179.95), (-179.95, 179.95), (179.95, 179.9)])
def test_a_circle_reaches_over_the_date_line(lon, centre):
    circle = gpd.GeoDataFrame(
        {"area_id": ["x/1"], "area": ["x"], "population": pd.array([1], dtype="Int64"), "radius_km": [15.0]},
        geometry=[shapely.Point(centre, -17.0)],
        crs=WGS84,
    )
    found = areas_of(
        points((-17.0, lon), (-17.0, 0.0)), Areas("x", "x", circle, approximate=True), within_km=0
    )
    assert found["area"].fillna("").to_list() == ["x", ""]


def test_with_a_table_alone_centroids_stand_in_and_say_so(tmp_path):
    centres = read(tmp_path, r2019a_table(tmp_path), R2019A)
    assert centres.approximate
    assert "approximate" in centres.title
    assert centres.shapes["area"].to_list() == ["Zürich", "Winterthur"]
    assert centres.shapes["radius_km"].to_list() == pytest.approx([10, 5])
    found = areas_of(points((47.45, 8.6), (47.48, 8.68), (47.6, 8.9)), centres, within_km=50)
    assert found["area"].fillna("").to_list() == ["Zürich", "Winterthur", ""]


def test_a_zip_without_shapes_or_columns_is_named(tmp_path):
    with pytest.raises(
        BadUpstream, match=r"R2024A.*holds neither a \.gpkg nor a \.csv but readme.txt, notes.pdf"
    ):
        read(tmp_path, zipped(tmp_path, "notes.pdf", b"%PDF"), R2024A)
    other = tmp_path / "other.gpkg"
    pyogrio.write_dataframe(shapes(SQUARES).assign(NAME="x"), other)
    with pytest.raises(BadUpstream, match="no layer of polygons with the columns ID_UC_G0"):
        read(tmp_path, zipped(tmp_path, "centres.gpkg", other.read_bytes()), R2024A)
