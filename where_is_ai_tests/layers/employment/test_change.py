import math

import pandas as pd
import pytest

from where_is_ai.layers.employment.change import change
from where_is_ai.layers.employment.schema import MetroChange
from where_is_ai_tests.layers.employment.cells import cells

TOTAL = ("10001", "00-0000", 50_000, None)


def changed(before: list[tuple], after: list[tuple], releases=("2024-05", "2025-05")) -> dict:
    """The row of metro 10001 between two releases whose AI occupations are given without their area."""
    then, now = (
        cells(release, TOTAL, *(("10001", *row) for row in rows))
        for release, rows in zip(releases, (before, after), strict=True)
    )
    return MetroChange.validate(change(then, now)).iloc[0].to_dict()


def test_both_occupations_published_twice_are_compared():
    row = changed(
        [("15-1221", 100, 5.0), ("15-2051", 900, 3.0)], [("15-1221", 200, 5.0), ("15-2051", 1300, 3.0)]
    )
    assert row["comparable"]
    assert (row["workers_before"], row["workers_after"]) == (1000, 1500)
    assert row["like_for_like_change"] == 500
    assert row["like_for_like_pct"] == pytest.approx(50)
    half = [1.645 * (0.05 * 100 + 0.03 * 900), 1.645 * (0.05 * 200 + 0.03 * 1300)]
    assert row["noise"] == pytest.approx((half[0] ** 2 + half[1] ** 2) ** 0.5 + 5 * 4)
    assert row["noise_rule"] == "emp_prse"
    assert row["exceeds_noise"]
    assert row["change_low"] < 500 < row["change_high"]
    assert row["interval_holds"] == "coverage, sampling"


def test_the_same_occupation_unlisted_in_both_is_comparable_but_unbounded():
    row = changed([("15-2051", 100, None)], [("15-2051", 130, None)])
    assert row["comparable"]
    assert row["like_for_like_change"] == 30
    assert pd.isna(row["change_low"])
    assert pd.isna(row["change_high"])


def test_an_occupation_that_appears_is_not_growth():
    row = changed([("15-2051", 80, None)], [("15-1221", 650, None), ("15-2051", 110, None)])
    assert not row["comparable"]
    assert row["why_not"] == "15-1221 not listed in May 2024, published in May 2025"
    assert (row["workers_before"], row["workers_after"]) == (80, 760)
    assert (row["like_for_like_before"], row["like_for_like_after"]) == (80, 110)
    assert row["like_for_like_pct"] == pytest.approx(37.5)


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        (("15-2051", None), ("15-2051", 2970), "15-2051 suppressed in May 2024, published in May 2025"),
        (("15-2051", 630), ("15-2051", None), "15-2051 published in May 2024, suppressed in May 2025"),
        (("15-2051", None), ("15-2051", None), "15-2051 suppressed in both releases"),
    ],
)
def test_a_suppressed_occupation_is_never_compared(before, after, why):
    row = changed([(*before, None), ("15-1221", 80, None)], [(*after, None), ("15-1221", 80, None)])
    assert not row["comparable"]
    assert row["why_not"] == why
    assert row["like_for_like_change"] == 0


def test_with_nothing_published_in_both_there_is_no_like_for_like_figure():
    row = changed([("15-2051", None, None)], [("15-2051", 210, None)])
    assert pd.isna(row["workers_before"])
    assert pd.isna(row["like_for_like_change"])
    assert pd.isna(row["exceeds_noise"])


def test_bounds_of_a_change_hold_what_the_group_leaves():
    row = changed(
        [("15-0000", 500, None), ("15-1252", 300, None), ("15-2051", 100, None)],
        [("15-0000", 500, None), ("15-1252", 300, None), ("15-2051", 130, None), ("15-1221", 40, None)],
    )
    hidden_before = (500 - 400) + 5 * 3
    assert (row["hidden_change_low"], row["hidden_change_high"]) == (170 - 100 - hidden_before, 70)
    sampled = 1.645 * ((0.115 * 100) ** 2 + (0.115 * 130 + 0.14 * 40) ** 2) ** 0.5 + 5 * 3
    assert row["change_low"] == math.floor(70 - hidden_before - sampled)
    assert row["change_high"] == math.ceil(70 + sampled)


def test_a_metro_that_one_release_does_not_have_says_so():
    then = cells("2024-05", TOTAL, ("10001", "15-2051", 100, None))
    now = cells("2025-05", ("10002", "00-0000", 9000, None), ("10002", "15-2051", 50, None))
    rows = change(then, now).set_index("area_code")["why_not"]
    assert rows["10001"] == "the file of May 2025 at hand has no row of that area"
    assert rows["10002"] == "the file of May 2024 at hand has no row of that area"


def test_across_redrawn_areas_nothing_is_compared():
    same = [("15-1221", 100, 5.0), ("15-2051", 900, 3.0)]
    row = changed(same, same, ("2023-05", "2024-05"))
    assert not row["comparable"]
    assert "redrawn" in row["why_not"]
    for column in ("like_for_like_change", "change_low", "change_high", "exceeds_noise"):
        assert pd.isna(row[column])


def test_a_redefined_occupation_is_not_compared_but_the_other_one_is():
    row = changed(
        [("15-1221", 100, 5.0), ("15-2098", 900, 3.0)],
        [("15-1221", 150, 5.0), ("15-2051", 900, 3.0)],
        ("2020-05", "2021-05"),
    )
    assert not row["comparable"]
    assert "15-2098" in row["why_not"]
    assert row["like_for_like_change"] == 50


def test_noise_falls_back_to_the_errors_of_like_sized_cells_and_says_so():
    row = changed(
        [("15-1221", 100, None), ("15-2051", 900, 3.0)], [("15-1221", 100, 5.0), ("15-2051", 1000, 3.0)]
    )
    assert row["noise_rule"] == "prse_by_size_2022"
    half = [1.645 * (0.115 * 100 + 0.03 * 900), 1.645 * (0.05 * 100 + 0.03 * 1000)]
    assert row["moe90"] == pytest.approx((half[0] ** 2 + half[1] ** 2) ** 0.5)
    assert row["noise_if_panels_overlap"] < row["noise"] < row["noise_upper_decile"]
    assert row["interval_holds"] == "coverage, sampling"


def test_a_change_with_error_is_never_certain():
    row = changed(
        [("15-1221", 100, None), ("15-2051", 900, None)], [("15-1221", 120, None), ("15-2051", 990, None)]
    )
    assert row["hidden_change_low"] == row["hidden_change_high"] == 110
    assert row["change_low"] < 110 < row["change_high"]
    assert (row["change_low"] > 0) == row["exceeds_noise"]


def test_across_a_break_in_occupations_there_are_no_bounds():
    row = changed(
        [("15-1221", 100, 5.0), ("15-2098", 900, 3.0)],
        [("15-1221", 150, 5.0), ("15-2051", 900, 3.0)],
        ("2020-05", "2021-05"),
    )
    for column in ("change_low", "change_high", "hidden_change_low", "hidden_change_high", "interval_holds"):
        assert pd.isna(row[column])


def test_growth_of_a_code_in_its_first_releases_says_that_it_was_phased_in():
    same = [("15-1221", 100, 5.0), ("15-2051", 900, 3.0)]
    assert "phased in" in changed(same, same, ("2021-05", "2022-05"))["phase_in"]
    assert pd.isna(changed(same, same, ("2022-05", "2023-05"))["phase_in"])


def test_across_may_2024_an_area_with_the_same_counties_is_compared_and_a_redrawn_one_names_them():
    def release(month, workers):
        areas = ("10180", "35620", "71650")
        rows = ((area, code, n, 5.0) for area in areas for code, n in workers.items())
        return cells(month, *rows)

    then = release("2023-05", {"00-0000": 50_000, "15-1221": 100, "15-2051": 900})
    now = release("2024-05", {"00-0000": 50_000, "15-1221": 100, "15-2051": 1900})
    rows = MetroChange.validate(change(then, now)).set_index("area_code")
    assert rows["comparable"].to_dict() == {"10180": True, "35620": False, "71650": False}
    assert rows.loc["10180", "like_for_like_change"] == 1000
    assert "42103 left" in rows.loc["35620", "why_not"]
    assert "NECTA" in rows.loc["71650", "why_not"]
    redrawn = rows.drop(index="10180")
    for column in ("like_for_like_change", "change_low", "change_high", "exceeds_noise"):
        assert redrawn[column].isna().all()


def test_comparable_metros_come_first_largest_gain_first():
    then = cells(
        "2024-05", *((f"1000{n}", "15-2051", 100, None) for n in range(4)), ("10004", "15-2051", None, None)
    )
    now = cells("2025-05", *((f"1000{n}", "15-2051", 100 + 10 * n, None) for n in range(5)))
    assert change(then, now)["area_code"].tolist() == ["10003", "10002", "10001", "10000", "10004"]
