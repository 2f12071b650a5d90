"""Make ``area_changes.csv``: which areas of May 2023 are the same in May 2024, and what became of the others.

    python -m where_is_ai.layers.employment.area_changes area_definitions_m2021.xlsx list1_2023.xlsx

The first is BLS's own list of the counties of each area, https://www.bls.gov/oes/2021/may/area_definitions_m2021.xlsx,
in force from May 2021 to May 2023; the second the delineation of July 2023 that OEWS uses from May 2024 on. Both
describe a past that won't change, so their comparison is project data and no run fetches them.
"""

import sys
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
from fastexcel import read_excel

from where_is_ai.files import write_text
from where_is_ai.geography.delineation import read_counties

FILE = Path(__file__).with_name("area_changes.csv")
_COLUMNS = {
    "FIPS code": "state_fips",
    "May 2021 MSA code": "area_code",
    "May 2021 MSA name": "metro",
    "County code": "county_code",
}


def read_definitions(workbook: bytes) -> pd.DataFrame:
    """area_code, metro and county_fips of BLS's metropolitan areas; nonmetropolitan ones have longer codes."""
    rows = read_excel(workbook).load_sheet(0, dtypes="string").to_pandas()
    rows = rows.rename(columns=str.strip).rename(columns=_COLUMNS)
    rows["area_code"] = rows["area_code"].str.strip()
    rows["county_fips"] = rows["state_fips"].str.zfill(2) + rows["county_code"].str.zfill(3)
    rows = rows[rows["area_code"].str.fullmatch(r"\d{5}", na=False)]
    return rows[["area_code", "metro", "county_fips"]]


def area_changes(definitions: pd.DataFrame, counties: pd.DataFrame) -> pd.DataFrame:
    """area_code, metro and ``why_not`` per area of ``definitions`` (read_definitions).

    ``why_not`` is NA where the area has the same code and the same counties in ``counties`` (CbsaCounties).
    """
    metros = counties[counties["kind"] == "metro"]
    now = metros.groupby("area_code")["county_fips"].agg(frozenset).to_dict()
    rows = definitions.groupby("area_code").agg(metro=("metro", "first"), counties=("county_fips", frozenset))
    rows["why_not"] = [_why_not(code, before, now) for code, before in rows["counties"].items()]
    return rows.drop(columns="counties").astype("str").reset_index()


def _why_not(code: str, before: frozenset[str], now: dict[str, frozenset[str]]) -> str | None:
    after = now.get(code)
    if after == before:
        return None
    if after is not None:
        joined, left = sorted(after - before), sorted(before - after)
        changes = [f"{' '.join(joined)} joined"] * bool(joined) + [f"{' '.join(left)} left"] * bool(left)
        return f"its counties changed in May 2024 (FIPS {', '.join(changes)})"
    if code.startswith("7"):
        return "a New England NECTA, made of towns; its code ended with May 2023"
    heir = next((other for other, counties in now.items() if counties == before), None)
    if heir:
        return f"the code ended with May 2023; the same counties are {heir} since May 2024"
    return "the code ended with May 2023 and no later area has the same counties"


def main(definitions: Path, delineation: Path) -> None:
    library = SimpleNamespace(read=lambda entry: Path(entry.url).read_bytes())
    counties = read_counties(library, SimpleNamespace(url=str(delineation), reconstructed=False))
    rows = area_changes(read_definitions(definitions.read_bytes()), counties)
    write_text(FILE, rows.to_csv(index=False, lineterminator="\n"))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
