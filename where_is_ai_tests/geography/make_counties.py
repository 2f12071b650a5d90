"""Make counties.geojson: ``python -m where_is_ai_tests.geography.make_counties COUNTIES_10M_JSON LIST1_2023_XLSX``.

Real counties around San Francisco Bay and Boston (US Census, as npm's us-atlas simplifies them) with the metro and the
combined area that the delineation of July 2023 puts them into. Both are in the public domain.
"""

import sys
from pathlib import Path

import fastexcel
import geopandas as gpd

FILE = Path(__file__).with_name("counties.geojson")
AROUND_THE_BAY = ("41860", "41940", "34900", "42220", "46700", "42100")
AROUND_BOSTON = ("14460", "49340", "39300")
TITLE_ROWS = 2


def counties_with_areas(counties: Path, delineation: Path) -> gpd.GeoDataFrame:
    """All counties that belong to a CBSA, with the columns of both files."""
    shapes = gpd.read_file(counties, layer="counties").set_crs("EPSG:4269", allow_override=True)
    shapes["geometry"] = shapes.geometry.buffer(0)
    listed = (
        fastexcel.read_excel(delineation).load_sheet(0, header_row=TITLE_ROWS, dtypes="string").to_pandas()
    )
    listed["id"] = listed["FIPS State Code"].str.zfill(2) + listed["FIPS County Code"].str.zfill(3)
    return shapes[["id", "geometry"]].merge(listed.dropna(subset="CBSA Title"), on="id")


def main(counties: Path, delineation: Path) -> None:
    rows = counties_with_areas(counties, delineation)
    rows = rows[rows["CBSA Code"].isin((*AROUND_THE_BAY, *AROUND_BOSTON))]
    kept = rows[
        ["id", "County/County Equivalent", "CBSA Code", "CBSA Title", "CSA Code", "CSA Title", "geometry"]
    ]
    FILE.unlink(missing_ok=True)
    kept.to_file(FILE, driver="GeoJSON", COORDINATE_PRECISION=4)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
