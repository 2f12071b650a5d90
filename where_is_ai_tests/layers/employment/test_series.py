import pytest

from where_is_ai.errors import NotArchived
from where_is_ai.layers.employment.breaks import area_break, occupation_break, segment
from where_is_ai.layers.employment.releases import known_releases, release_known_in
from where_is_ai.layers.employment.schema_series import MetroSeries
from where_is_ai.layers.employment.series import series
from where_is_ai.quarters import FIRST_QUARTER, Quarter
from where_is_ai_tests.layers.employment.cells import cells


def release(month: str, data: str = "15-2051", area: str = "10001"):
    return cells(month, (area, "00-0000", 50_000, None), (area, "15-1221", 100, 5.0), (area, data, 900, 5.0))


def seven_years():
    months = [known.reference_month for known in known_releases()]
    return series([release(month, "15-2098" if month < "2021-05" else "15-2051") for month in months])


def test_the_releases_since_2019_are_one_table_that_names_its_occupations():
    rows = MetroSeries.validate(seven_years()).set_index("oews_release")
    assert rows.index.tolist() == [f"{year}-05" for year in range(2019, 2026)]
    assert set(rows["ai_workers"]) == {1000}
    assert rows.loc["2020-05", "occupations"] == "15-1221 + 15-2098"
    assert rows.loc["2021-05", "occupations"] == "15-1221 + 15-2051"
    assert rows.loc["2025-05", "ai_per_1000"] == pytest.approx(20)


def test_it_is_linked_within_the_stretches_and_never_across_a_break():
    rows = seven_years().set_index("oews_release")
    assert rows["segment"].tolist() == [1, 1, 2, 2, 2, 3, 3]
    assert rows["linked"].tolist() == [False, True, False, True, True, False, True]
    assert rows.loc["2019-05", "why_not_linked"] == "first release at hand"
    assert "15-2098" in rows.loc["2021-05", "why_not_linked"]
    assert "redrawn" in rows.loc["2024-05", "why_not_linked"]


def test_releases_that_are_not_at_hand_do_not_hide_the_break_between():
    rows = series([release("2022-05"), release("2025-05")]).set_index("oews_release")
    assert not rows.loc["2025-05", "linked"]
    assert "redrawn" in rows.loc["2025-05", "why_not_linked"]


def test_a_metro_that_appears_is_not_linked():
    rows = series([release("2024-05"), release("2025-05", area="10002")]).set_index("area_code")
    assert rows.loc["10002", "why_not_linked"] == "the file of May 2024 at hand has no row of that area"


def test_without_a_release_the_series_is_empty_and_still_a_series():
    assert MetroSeries.validate(series([])).empty


def test_breaks_lie_where_bls_redrew_areas_and_redefined_occupations():
    assert area_break("2023-05", "2024-05")
    assert area_break("2024-05", "2025-05") is None
    assert occupation_break("2020-05", "2021-05")
    assert occupation_break("2021-05", "2023-05") is None
    assert [segment(month) for month in ("2019-05", "2021-05", "2024-05")] == [1, 2, 3]


@pytest.mark.parametrize(
    ("quarter", "release"),
    [
        ("2020-Q2", "2019-05"),
        ("2021-Q1", "2020-05"),
        ("2022-Q1", "2021-05"),
        ("2023-Q1", "2021-05"),
        ("2023-Q2", "2022-05"),
        ("2024-Q2", "2023-05"),
        ("2025-Q1", "2023-05"),
        ("2026-Q1", "2024-05"),
        ("2026-Q2", "2025-05"),
    ],
)
def test_a_quarter_uses_the_release_that_was_out_by_its_last_day(quarter, release):
    assert release_known_in(Quarter.parse(quarter)).reference_month == release


def test_every_quarter_since_the_first_has_a_release_and_the_one_before_has_none():
    quarter = Quarter.parse(FIRST_QUARTER)
    with pytest.raises(NotArchived, match="Choose a later quarter"):
        release_known_in(Quarter.parse("2019-Q4"))
    while quarter <= Quarter(2026, 3):
        assert release_known_in(quarter).published_on <= quarter.last_day
        quarter = quarter.next
