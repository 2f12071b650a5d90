"""The level of AI employment in real figures: bounds, ranks, pay, occupations, states, wider definitions."""

import zipfile
from io import BytesIO

import openpyxl
import pandas as pd
import pytest

from where_is_ai.errors import UsageError
from where_is_ai.layers.employment import hiding, wide
from where_is_ai.layers.employment.bounds import bounds
from where_is_ai.layers.employment.by_occupation import by_occupation
from where_is_ai.layers.employment.by_state import by_state
from where_is_ai.layers.employment.left_over import hidden_at_most
from where_is_ai.layers.employment.metro import roll_up
from where_is_ai.layers.employment.pay import median_range
from where_is_ai.layers.employment.ranks import rank_highest_first
from where_is_ai.layers.employment.releases import Release
from where_is_ai.layers.employment.schema import MetroEmployment
from where_is_ai.layers.employment.schema_level import OccupationEmployment, StateEmployment
from where_is_ai.layers.employment.source import read_metro_cells, read_national_cells
from where_is_ai_tests.layers.employment import test_sample
from where_is_ai_tests.layers.employment.cells import cells as made_cells
from where_is_ai_tests.layers.employment.test_sample import LIBRARY, QUARTER, RELEASES, entry

AI = ("15-1221", "15-2051")
MONTHS = ("2022-05", "2025-05")
places = test_sample.places


@pytest.fixture(scope="module")
def cells() -> dict[str, pd.DataFrame]:
    return {month: read_metro_cells(LIBRARY, entry(month), RELEASES[month]) for month in MONTHS}


@pytest.fixture(scope="module")
def metros(cells, places) -> dict[str, pd.DataFrame]:
    rolled = {month: MetroEmployment.validate(roll_up(cells[month], places, AI)) for month in MONTHS}
    return {month: rows.set_index("area_code") for month, rows in rolled.items()}


def without_ratios(cells: pd.DataFrame) -> pd.DataFrame:
    return cells.assign(jobs_1000=pd.Series(pd.NA, index=cells.index, dtype="Float64"))


# ---- What is hidden, what is sampled ----


def test_no_metro_has_one_number_as_both_its_bounds(metros):
    for rows in metros.values():
        known = rows.dropna(subset="ai_workers")
        assert (known["ai_workers_low"] < known["ai_workers"]).all()
        assert (known["ai_workers"] < known["ai_workers_high"].fillna(10**9)).all()
        assert (known["hidden_low"] == known["ai_workers"]).all()
        assert known["moe90"].gt(0).all()
        whole = known[known["coverage"] == "all_published"]
        assert (whole["hidden_high"] == whole["hidden_low"]).all()


def test_what_may_be_hidden_in_may_2022_halves_with_the_ratios(cells):
    may_2022 = cells["2022-05"]
    sharp, blunt = bounds(may_2022, AI), bounds(without_ratios(may_2022), AI)
    lower = sharp["coverage"].isin(["not_listed", "suppressed"])
    assert lower.sum() == 153
    assert blunt.loc[lower, "hidden_at_most"].median() == 160
    assert round(sharp.loc[lower, "hidden_at_most"].median()) == 85
    baltimore, albany = "12580", "10580"
    assert hidden_at_most(without_ratios(may_2022))[[baltimore, albany]].tolist() == [120, 120]
    assert hidden_at_most(may_2022)[[baltimore, albany]].round(1).tolist() == [13.9, 23.6]


def test_what_syracuse_may_hide_is_recomputed_from_the_raw_sheet(cells):
    """By hand: the greatest group less the least of each published occupation in it, all at one total."""
    content = LIBRARY.read(entry("2022-05"))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        book = openpyxl.load_workbook(BytesIO(archive.read(archive.namelist()[0])), read_only=True)
    header, *rows = book.worksheets[0].iter_rows(values_only=True)
    of_area = [dict(zip(header, row, strict=True)) for row in rows if row[0] == "45060"]
    rounded = next(row["TOT_EMP"] for row in of_area if row["OCC_CODE"] == "00-0000")
    left_over = []
    for total in (rounded + step / 100 for step in range(-500, 501)):
        least, most = 0.0, None
        for row in of_area:
            if row["OCC_CODE"] == "00-0000" or row["TOT_EMP"] == "**":
                continue
            if row["OCC_CODE"] == "15-0000":
                most = min(row["TOT_EMP"] + 5, (row["JOBS_1000"] + 0.0005) * total / 1000)
            else:
                least += max(row["TOT_EMP"] - 5, (row["JOBS_1000"] - 0.0005) * total / 1000)
        left_over.append(most - least)
    assert bounds(cells["2022-05"], AI).loc["45060", "hidden_at_most"] == pytest.approx(
        max(left_over), abs=0.001
    )


@pytest.mark.parametrize("number", [100, 1000, 2500])
def test_hidden_cells_of_may_2022_lie_within_their_bounds_alone_and_by_area(cells, number):
    found = hiding.summary(hiding.found_again(cells["2022-05"], hiding.hide(cells["2022-05"], number)))
    assert found["cells"] == number
    assert found["cell_within_pct"] == found["area_within_pct"] == 100


# ---- Concentration ----


def test_the_rate_is_bls_s_own_where_it_is_published(cells, metros):
    rows = metros["2022-05"].dropna(subset="ai_workers")
    assert set(rows["ai_per_1000_basis"]) == {"jobs_1000"}
    shown = cells["2022-05"].query("occ_code in @AI and status == 'published'")
    expected = shown.groupby("area_code")["jobs_1000"].sum().reindex(rows.index)
    assert (rows["ai_per_1000"] - expected).abs().max() < 1e-9
    by_rounded = rank_highest_first((rows["ai_workers"] / rows["total_employment"] * 1000).round(2))
    moved = (by_rounded - rows["rank_concentration"]).abs()
    assert (len(rows), (moved > 0).sum(), moved.max()) == (211, 146, 18)
    assert set(metros["2025-05"]["ai_per_1000_basis"].dropna()) == {"tot_emp"}


def test_the_rate_lies_within_its_bounds_and_its_rank_within_its_range(metros):
    for rows in metros.values():
        known = rows.dropna(subset="ai_per_1000")
        assert (known["ai_per_1000_low"] < known["ai_per_1000"]).all()
        assert (known["ai_per_1000"] < known["ai_per_1000_high"].fillna(1000)).all()
        assert (known["rank_concentration_low"] <= known["rank_concentration_high"]).all()
        held = known["rank_concentration"].between(
            known["rank_concentration_low"], known["rank_concentration_high"]
        )
        assert held.mean() > 0.95


# ---- Occupations and pay ----


@pytest.fixture(scope="module")
def occupations(cells) -> pd.DataFrame:
    return OccupationEmployment.validate(by_occupation(cells["2022-05"], AI)).set_index(
        ["area_code", "occ_code"]
    )


def test_each_occupation_of_each_metro_is_there_with_its_status(occupations):
    assert len(occupations) == 396 * 2
    by_status = occupations.groupby(["occ_code", "status"]).size()
    assert by_status["15-1221"].to_dict() == {"not_listed": 326, "published": 65, "suppressed": 5}
    assert by_status["15-2051"].to_dict() == {"not_listed": 184, "published": 204, "suppressed": 8}


def test_a_cell_that_is_not_shown_has_at_most_what_the_group_leaves_and_often_pay(occupations):
    boston = occupations.loc["71650", "15-2051"]
    assert boston["status"] == "suppressed"
    assert boston[["employment", "employment_low", "moe90", "jobs_1000", "rank"]].isna().all()
    assert boston["employment_high"] > 1000
    assert boston["pay_median_usd"] == 106_670
    suppressed = occupations[occupations["status"] == "suppressed"]
    assert suppressed["pay_median_usd"].notna().all()


def test_top_coded_and_missing_pay_stay_marks(occupations):
    marks = occupations["pay_pct75_mark"].value_counts().to_dict()
    assert marks == {"#": 6, "*": 3}
    marked = occupations[occupations["pay_pct75_mark"].notna()]
    assert marked["pay_pct75_usd"].isna().all()


def pay_of(*medians: tuple) -> dict:
    """The range of medians of one area with (occ_code, median, mark)."""
    rows = [("10001", code, 100, None) for code, _, _ in medians]
    columns = {
        "pay_median_usd": [usd for _, usd, _ in medians],
        "pay_median_mark": [mark for _, _, mark in medians],
    }
    return median_range(made_cells("2023-05", *rows, **columns)).loc["10001"].to_dict()


def test_new_york_s_ai_median_of_may_2023_is_between_its_two_occupations():
    found = pay_of(("15-2051", 133_560, None), ("15-1221", 138_130, None))
    assert (found["pay_median_low_usd"], found["pay_median_high_usd"]) == (133_560, 138_130)
    assert found["pay_occupations"] == "15-1221 + 15-2051"


def test_a_top_coded_median_leaves_the_range_open_above():
    found = pay_of(("15-1221", None, "#"), ("15-2051", 190_000, None))
    assert found["pay_median_low_usd"] == 190_000
    assert pd.isna(found["pay_median_high_usd"])
    assert found["pay_median_mark"] == "#"


def test_of_an_occupation_without_a_median_nothing_is_said():
    found = pay_of(("15-1221", None, "*"), ("15-2051", 120_000, None))
    assert (found["pay_median_low_usd"], found["pay_median_high_usd"]) == (120_000, 120_000)
    assert found["pay_occupations"] == "15-2051"


# ---- States and the nation ----


def test_a_state_is_the_sum_of_its_metros_and_the_nation_its_own_file(metros):
    release: Release = RELEASES["2025-05"]
    nation = read_national_cells(LIBRARY, LIBRARY.get(release.national_workbook, QUARTER), release)
    rows = metros["2025-05"].reset_index()
    states = StateEmployment.validate(by_state(rows, nation)).set_index(["area", "basis"])
    for state in ("CA", "GA"):
        row = states.loc[state, "published_metro_cells"]
        assert row["ai_workers"] == rows.loc[rows["state"] == state, "ai_workers"].sum()
    summed, national = states.loc[("US", "published_metro_cells")], states.loc[("US", "national_file")]
    assert summed["ai_workers"] == rows["ai_workers"].sum() == 251_600
    assert national["ai_workers"] == nation.query("occ_code in @AI")["employment"].sum() == 299_640
    assert pd.isna(national["moe90"])
    assert states["rank"].notna().sum() == states.index.get_level_values("area").nunique() - 1


def test_without_the_nation_s_file_the_states_stand(metros):
    rows = metros["2025-05"].reset_index()
    states = by_state(rows, pd.DataFrame())
    assert "national_file" not in set(states["basis"])
    assert len(states) > 40


# ---- The wider definition ----


def test_the_wider_count_is_the_weighted_sum_beside_the_strict_one(cells, metros):
    shown = cells["2025-05"].query("area_code == '35620' and status == 'published'")
    jobs = shown.set_index("occ_code")["employment"]
    expected = jobs["15-1221"] + jobs["15-2051"] + 0.14 * jobs["15-1252"]
    new_york = metros["2025-05"].loc["35620"]
    assert new_york["ai_workers"] == 25_260
    assert new_york["ai_workers_wide"] == round(expected) == 42_200
    assert new_york["wide_definition"] == "developers"
    seattle = metros["2025-05"].loc["42660"]
    assert seattle["rank_wide_gain"] == seattle["rank_workers"] - seattle["rank_wide"] == 4


def test_what_the_wider_count_lacks_is_named(metros):
    rows = metros["2025-05"]
    lacking = rows[rows["wide_not_shown"].str.contains("15-1221", na=False)]
    assert (lacking["coverage"] != "all_published").all()
    assert rows.loc["35620", "wide_not_shown"] is pd.NA or pd.isna(rows.loc["35620", "wide_not_shown"])


def test_a_run_chooses_the_wider_definition_by_name(cells, places, monkeypatch):
    assert wide.chosen() == "developers"
    monkeypatch.setenv("WHERE_IS_AI_WIDE_DEFINITION", "computing")
    rows = roll_up(cells["2025-05"], places, AI, wide.chosen()).set_index("area_code")
    assert set(rows["wide_definition"]) == {"computing"}
    assert rows.loc["35620", "ai_workers_wide"] > 100_000
    assert rows.loc["35620", "ai_workers"] == 25_260
    monkeypatch.setenv("WHERE_IS_AI_WIDE_DEFINITION", "everybody")
    with pytest.raises(UsageError, match="one of developers, computing"):
        wide.chosen()


def test_each_weight_is_a_share_with_its_reason_and_every_assumed_share_its_source():
    rows = wide.definitions()
    assert rows["weight"].between(0, 1, inclusive="right").all()
    assert rows["why"].notna().all()
    assert rows.loc[rows["weight"] < 1, "source"].notna().all()
    for definition in wide.names():
        assert {wide.weights(definition)[code] for code in AI} == {1}
