"""What the sample archive's real figures say: the numbers that careless sums get wrong."""

from pathlib import Path

import pandas as pd
import pytest

from where_is_ai.archive.fetch import Replay
from where_is_ai.archive.store import Archive
from where_is_ai.geography.source import GAZETTEER, POPULATION, read_places
from where_is_ai.layers.employment import hiding
from where_is_ai.layers.employment.change import change
from where_is_ai.layers.employment.change_nation import nation_change
from where_is_ai.layers.employment.metro import roll_up
from where_is_ai.layers.employment.releases import known_releases
from where_is_ai.layers.employment.sampling import measure_prse_by_size, proxy_table
from where_is_ai.layers.employment.schema import MetroChange, MetroEmployment
from where_is_ai.layers.employment.source import read_metro_cells, read_national_cells
from where_is_ai.layers.employment.totals import metro_share_of_nation, shares_unexplained
from where_is_ai.occupations import ai_occupations
from where_is_ai.quarters import Quarter
from where_is_ai.settings import SAMPLE_ARCHIVE

QUARTER = Quarter(2026, 2)
RELEASES = {release.reference_month: release for release in known_releases()}
LIBRARY = Replay(Archive(Path(SAMPLE_ARCHIVE)))


@pytest.fixture(scope="module")
def cells() -> dict[str, pd.DataFrame]:
    months = ("2022-05", "2024-05", "2025-05")
    return {month: read_metro_cells(LIBRARY, entry(month), RELEASES[month]) for month in months}


def entry(month: str):
    return LIBRARY.get(RELEASES[month].metro_workbook, QUARTER)


@pytest.fixture(scope="module")
def places() -> pd.DataFrame:
    return read_places(LIBRARY, LIBRARY.get(GAZETTEER, QUARTER), LIBRARY.get(POPULATION, QUARTER))


@pytest.fixture(scope="module")
def changes(cells) -> pd.DataFrame:
    rows = MetroChange.validate(change(cells["2024-05"], cells["2025-05"]))
    return rows.set_index(rows["metro"].str.extract(r"^(.*?)(?:-|, )", expand=False))


@pytest.mark.parametrize(
    ("metro", "gained", "pct"),
    [("New York", 4020, 18.9), ("Seattle", 1820, 22.3), ("Houston", -1040, -19.0)],
)
def test_comparable_metros_have_their_change(changes, metro, gained, pct):
    row = changes.loc[metro]
    assert row["comparable"]
    assert row["like_for_like_change"] == gained
    assert row["like_for_like_pct"] == pytest.approx(pct, abs=0.05)


@pytest.mark.parametrize(
    ("metro", "why"),
    [
        (
            "Salt Lake City",
            "15-1221 published in May 2024, not listed in May 2025; "
            "15-2051 suppressed in May 2024, published in May 2025",
        ),
        ("Huntsville", "15-1221 published in May 2024, suppressed in May 2025"),
        ("Warner Robins", "15-1221 not listed in May 2024, published in May 2025"),
        ("North Port", "15-2051 suppressed in May 2024, published in May 2025"),
    ],
)
def test_metros_whose_cells_come_and_go_are_not_comparable_each_with_its_own_reason(changes, metro, why):
    assert not changes.loc[metro, "comparable"]
    assert changes.loc[metro, "why_not"] == why


def test_warner_robins_grew_by_30_in_the_one_occupation_that_both_releases_list(changes):
    row = changes.loc["Warner Robins"]
    assert (row["like_for_like_before"], row["like_for_like_after"]) == (80, 110)


def test_of_233_comparable_metros_37_changes_exceed_their_noise_and_25_hold_among_all(changes):
    compared = changes[changes["comparable"]]
    assert (len(compared), compared["exceeds_noise"].sum()) == (233, 37)
    assert compared["exceeds_noise_fdr10"].sum() == 25
    assert (compared["like_for_like_change"].abs() > compared["noise_upper_decile"]).sum() == 3
    assert changes.loc["Chicago", "exceeds_noise_fdr10"]
    assert not changes.loc["New York", "exceeds_noise_fdr10"]
    bounded = compared.dropna(subset=["change_low", "change_high"])
    assert (bounded["change_low"] < bounded["like_for_like_change"]).all()
    assert (bounded["like_for_like_change"] < bounded["change_high"]).all()


def test_all_comparable_metros_together_grew_by_a_tenth_more_than_the_noise(cells, changes):
    row = nation_change(changes).iloc[0]
    codes = set(changes.loc[changes["comparable"], "area_code"])
    sums = {
        month: rows.loc[
            rows["area_code"].isin(codes) & rows["occ_code"].isin(["15-1221", "15-2051"]), "employment"
        ].sum()
        for month, rows in cells.items()
    }
    assert (sums["2024-05"], sums["2025-05"]) == (203_980, 224_440)
    assert (row["like_for_like_before"], row["like_for_like_after"]) == (203_980, 224_440)
    assert row["like_for_like_pct"] == pytest.approx(10.03, abs=0.005)
    assert row["exceeds_noise"]
    assert (row["rose"], row["fell"], row["unchanged"]) == (143, 56, 34)


def test_across_may_2022_to_may_2024_only_areas_with_the_same_counties_are_compared(cells):
    rows = change(cells["2022-05"], cells["2024-05"]).set_index("area_code")
    assert rows.loc["41860", "comparable"]
    assert "its counties changed" in rows.loc["35620", "why_not"]
    assert rows.loc["71650", "why_not"].startswith("a New England NECTA")
    assert rows.loc[~rows["comparable"], "like_for_like_change"].isna().any()
    known = rows["workers_before"].notna()
    compared = rows.loc[rows["comparable"], "workers_before"].sum() / rows.loc[known, "workers_before"].sum()
    assert compared == pytest.approx(0.467, abs=0.001)


def test_a_thousand_hidden_cells_of_may_2022_lie_within_their_bounds(cells):
    found = hiding.found_again(cells["2022-05"], hiding.hide(cells["2022-05"], 1000))
    told = hiding.summary(found)
    assert told["cells"] == 1000
    assert told["cell_within_pct"] == 100
    assert told["area_within_pct"] == 100


def test_may_2022_has_both_parts_of_the_interval_and_rank_ranges(cells, places):
    metros = MetroEmployment.validate(
        roll_up(cells["2022-05"], places, ai_occupations(RELEASES["2022-05"].reference_month))
    )
    known = metros.dropna(subset="ai_workers")
    assert (known["ai_workers_low"] <= known["ai_workers"]).all()
    assert (known["ai_workers"] <= known["ai_workers_high"].fillna(known["ai_workers"])).all()
    assert (known["rank_low"] <= known["rank_workers"]).all()
    assert (known["rank_workers"] <= known["rank_high"]).all()
    boston = metros.set_index("area_code").loc["71650"]
    assert boston["coverage"] == "suppressed"
    assert boston["ai_workers_high"] > 10_000


def test_the_errors_lent_to_releases_without_any_are_those_measured_in_may_2022(cells):
    may_2022 = cells["2022-05"]
    of_ai = may_2022[may_2022["occ_code"].isin(ai_occupations(RELEASES["2022-05"].reference_month))]
    pd.testing.assert_frame_equal(measure_prse_by_size(of_ai), proxy_table(), check_dtype=False)


def test_metro_sums_have_a_tolerable_share_of_the_nation_or_a_dated_exception_that_still_holds(cells):
    for month, metro_cells in cells.items():
        release = RELEASES[month]
        nation = read_national_cells(LIBRARY, LIBRARY.get(release.national_workbook, QUARTER), release)
        assert shares_unexplained(metro_share_of_nation(metro_cells, nation)).empty


def test_a_lost_metro_and_an_outlived_exception_are_both_found(cells):
    release = RELEASES["2022-05"]
    nation = read_national_cells(LIBRARY, LIBRARY.get(release.national_workbook, QUARTER), release)
    without_new_york = cells["2022-05"][cells["2022-05"]["area_code"] != "35620"]
    whys = shares_unexplained(metro_share_of_nation(without_new_york, nation)).set_index("occ_code")["why"]
    assert "without an exception" in whys["15-2051"]
    assert "no longer what its exception of 2026-11-22 expects" in whys["15-1221"]
