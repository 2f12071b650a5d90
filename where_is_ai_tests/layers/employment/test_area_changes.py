"""Which areas of May 2023 are the same in May 2024."""

import pandas as pd

from where_is_ai.geography.delineation import DELINEATION
from where_is_ai.layers.employment.area_changes import FILE, area_changes, main, read_definitions
from where_is_ai.layers.employment.breaks import area_break, segment
from where_is_ai_tests.shared_folder import SHARED, needs_shared

BEFORE = pd.DataFrame(
    [
        ("10180", "Same, TX", "48001"),
        ("10180", "Same, TX", "48003"),
        ("10380", "Grown, PR", "72001"),
        ("10500", "Swapped, GA", "13001"),
        ("17460", "Renumbered, OH", "39001"),
        ("35100", "Gone, NC", "37001"),
        ("71650", "Towns, MA", "25001"),
    ],
    columns=["area_code", "metro", "county_fips"],
)
AFTER = pd.DataFrame(
    [
        ("10180", "48003"),
        ("10180", "48001"),
        ("10380", "72001"),
        ("10380", "72003"),
        ("10500", "13003"),
        ("17410", "39001"),
        ("14460", "25001"),
    ],
    columns=["area_code", "county_fips"],
).assign(kind="metro")


def test_an_area_is_the_same_if_its_code_and_its_counties_are():
    rows = area_changes(BEFORE, AFTER).set_index("area_code")["why_not"]
    assert pd.isna(rows["10180"])
    assert rows["10380"] == "its counties changed in May 2024 (FIPS 72003 joined)"
    assert rows["10500"] == "its counties changed in May 2024 (FIPS 13003 joined, 13001 left)"
    assert rows["17460"] == "the code ended with May 2023; the same counties are 17410 since May 2024"
    assert rows["35100"] == "the code ended with May 2023 and no later area has the same counties"
    assert rows["71650"].startswith("a New England NECTA")


def test_of_396_areas_282_are_the_same_and_78_kept_their_code_with_other_counties():
    rows = pd.read_csv(FILE, dtype="str")
    assert (len(rows), rows["why_not"].isna().sum()) == (396, 282)
    assert rows["why_not"].str.startswith("its counties changed").sum() == 78


def test_the_break_is_the_area_s_own_and_one_that_is_not_listed_is_broken():
    assert area_break("2023-05", "2024-05", "10180") is None
    assert "42103 left" in area_break("2023-05", "2024-05", "35620")
    assert "redrawn" in area_break("2023-05", "2024-05", "99999")
    assert area_break("2024-05", "2025-05", "35620") is None
    assert [segment("2025-05", area) for area in ("10180", "35620")] == [2, 3]


@needs_shared
def test_the_file_is_what_the_two_workbooks_give(tmp_path, monkeypatch):
    upstream = SHARED / "upstream"
    definitions = upstream / "www.bls.gov/oes/2021/may/area_definitions_m2021.xlsx"
    assert read_definitions(definitions.read_bytes())["area_code"].nunique() == 396
    made = tmp_path / "made.csv"
    monkeypatch.setattr("where_is_ai.layers.employment.area_changes.FILE", made)
    main(definitions, upstream / DELINEATION.url.removeprefix("https://"))
    assert made.read_text() == FILE.read_text()
