"""AI workers by metro: suppression and absence are never zero, and the sample's figures are BLS's own."""

import pandas as pd
import pytest

from where_is_ai.archive.fetch import open_library
from where_is_ai.geography.source import GAZETTEER, POPULATION, read_places
from where_is_ai.layers.employment.bounds import coverage
from where_is_ai.layers.employment.metro import roll_up
from where_is_ai.layers.employment.releases import release_known_in
from where_is_ai.layers.employment.schema import MetroEmployment
from where_is_ai.layers.employment.schema_cells import OewsCells
from where_is_ai.layers.employment.source import read_metro_cells, read_national_cells
from where_is_ai.layers.employment.totals import metro_share_of_nation, metros_unlike_their_cells
from where_is_ai.occupations import ai_occupations
from where_is_ai.quarters import Quarter
from where_is_ai.settings import Settings
from where_is_ai_tests.shared_folder import SHARED, needs_shared


def measured(settings: Settings, quarter: str) -> pd.DataFrame:
    """MetroEmployment of the quarter, by the first city of each metro's name."""
    library, when = open_library(settings), Quarter.parse(quarter)
    release = release_known_in(when)
    cells = read_metro_cells(library, library.get(release.metro_workbook, when), release)
    nation = read_national_cells(library, library.get(release.national_workbook, when), release)
    places = read_places(library, library.get(GAZETTEER, when), library.get(POPULATION, when))
    metros = MetroEmployment.validate(
        roll_up(OewsCells.validate(cells), places, ai_occupations(release.reference_month))
    )
    assert metros_unlike_their_cells(metros, cells).empty
    assert not metro_share_of_nation(cells, nation)["exceeds"].any()
    return metros.set_index(
        metros["metro"].str.extract(r"^(.*?)(?:-|, )", expand=False) + ", " + metros["state"]
    )


@pytest.fixture(scope="module")
def may_2025() -> pd.DataFrame:
    return measured(Settings(), "2026-Q2")


@pytest.mark.parametrize(
    ("metro", "workers"),
    [("New York, NY", 25_260), ("Washington, DC", 12_680), ("San Francisco, CA", 12_130)],
)
def test_most_ai_workers_in_may_2025(may_2025, metro, workers):
    assert may_2025.loc[metro, "ai_workers"] == workers


def test_highest_concentrations_in_may_2025(may_2025):
    top = may_2025.sort_values("rank_concentration")["ai_per_1000"].head(4).astype(float).round(2)
    assert top.to_dict() == {
        "Warner Robins, GA": 9.99,
        "San Jose, CA": 7.29,
        "Bloomington, IL": 6.70,
        "Lexington Park, MD": 6.37,
    }


def test_the_quarter_before_uses_what_was_known_then():
    known = measured(Settings(), "2026-Q1")
    assert set(known["oews_release"]) == {"2024-05"}
    assert known.loc["New York, NY", "ai_workers"] == 21_240
    assert round(known.loc["San Jose, CA", "ai_per_1000"], 2) == 7.72
    assert known.loc["Salt Lake City, UT", "coverage"] == "suppressed"
    north_port = known.loc["North Port, FL"]
    assert north_port["coverage"] == "none_published"
    assert north_port[["ai_workers", "ai_per_1000", "rank_workers", "rank_concentration"]].isna().all()


def test_2023_q2_uses_may_2022_and_its_old_areas_are_on_the_map():
    known = measured(Settings(), "2023-Q2")
    assert set(known["oews_release"]) == {"2022-05"}
    assert known.loc["Boston, MA", ["area_code", "lat"]].tolist() == ["71650", pytest.approx(42.5, abs=0.5)]
    assert known.dropna(subset="ai_workers")["lat"].notna().all()
    assert known.loc["Portsmouth, NH", ["lat", "lon"]].tolist() == pytest.approx([43.07, -70.76], abs=0.02)
    assert known.loc["Dover, NH", ["lat", "lon"]].tolist() == pytest.approx([43.20, -70.87], abs=0.02)


def test_ranks_follow_from_what_is_published(may_2025):
    published = may_2025["ai_per_1000"].round(2)
    assert may_2025["rank_concentration"].equals(
        published.rank(method="min", ascending=False).astype("Int64")
    )


def test_a_suppressed_cell_marks_its_metro(may_2025):
    assert may_2025.loc["Huntsville, AL", ["coverage", "ai_workers"]].tolist() == ["suppressed", 620]


def test_the_weakest_occupation_says_how_much_a_metro_is_covered():
    statuses = pd.DataFrame(
        [
            ("published", "published"),
            ("published", None),
            ("published", "suppressed"),
            ("suppressed", "suppressed"),
            (None, "suppressed"),
            (None, None),
        ]
    )
    assert coverage(statuses).tolist() == [
        "all_published",
        "not_listed",
        "suppressed",
        "none_published",
        "none_published",
        "none_published",
    ]


@needs_shared
@pytest.mark.parametrize(("quarter", "areas"), [("2023-Q2", 396), ("2025-Q2", 273), ("2026-Q2", 393)])
def test_a_mirror_folder_drives_the_same_code(tmp_path, quarter, areas):
    settings = Settings(tmp_path, "live", mirror=str(SHARED / "upstream"))
    assert len(measured(settings, quarter)) == areas
    again = Settings(tmp_path, "archive")
    pd.testing.assert_frame_equal(measured(settings, quarter), measured(again, quarter))
