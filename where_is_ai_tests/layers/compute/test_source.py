"""Vintages of the list and of the timelines: found by heading, refused clearly, unknown kept unknown."""

import pytest

from where_is_ai.errors import BadUpstream
from where_is_ai.layers.compute.schema import ComputeMilestones, ComputeSites
from where_is_ai.layers.compute.source import SITES, TIMELINES
from where_is_ai_tests.layers.compute.copies import as_csv, listed, milestone, read
from where_is_ai_tests.shared_folder import SHARED, needs_shared


def test_columns_may_come_go_and_move(tmp_path):
    newer = {"Current chip types": "GB200", **dict(reversed(listed("A", "1 St, Omaha, NE 68142").items()))}
    older = {
        "Handle": "A Omaha Nebraska",
        "Title": "A",
        "Address": "1 St, Omaha, NE 68142",
        "Latitude": "41°N",
    }
    assert read(tmp_path, SITES, as_csv([newer]))["site"].to_list() == ["A"]
    sites = ComputeSites.validate(read(tmp_path, SITES, as_csv([older])))
    assert sites["site"].to_list() == ["A Omaha Nebraska"]
    assert sites[["country", "owners", "users"]].isna().all(axis=None)


def test_a_missing_column_is_one_error_that_names_it(tmp_path):
    without = [{name: cell for name, cell in listed("A").items() if name != "Name"}]
    with pytest.raises(
        BadUpstream, match=r"data_centers\.csv lacks the columns Name or Handle; it has Address"
    ):
        read(tmp_path, SITES, as_csv(without))
    moved = [{"Date": "2026-01-01", "Data center": "A", "H100 equivalents": 1}]
    with pytest.raises(BadUpstream, match=r"timelines\.csv lacks the columns Power \(MW\)"):
        read(tmp_path, TIMELINES, as_csv(moved))


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (milestone("A", "5/31/2026", 1, 1), r"line 2 has '5/31/2026' where a date"),
        (milestone("A", "2026-05-31", "about 5", 1), r"line 2 has 'about 5' under H100 equivalents"),
        (milestone("A", "2026-05-31", 1, "-3"), r"line 2 has '-3' under Power \(MW\)"),
        (milestone("A", "2026-05-31", 1, "nan"), r"line 2 has 'nan' under Power \(MW\)"),
    ],
)
def test_a_bad_cell_is_named_with_its_line(tmp_path, row, says):
    with pytest.raises(BadUpstream, match=says):
        read(tmp_path, TIMELINES, as_csv([row]))


def test_a_site_listed_twice_is_refused_because_its_timeline_would_count_twice(tmp_path):
    with pytest.raises(BadUpstream, match="lists A more than once"):
        read(tmp_path, SITES, as_csv([listed("A"), listed("A")]))


def test_an_empty_cell_is_unknown_and_lines_are_those_of_the_file(tmp_path):
    rows = [
        milestone("A", "2026-01-01", "", 5) | {"Notes": "two\nlines"},
        milestone("B", "2026-01-02", 7, 1) | {"Notes": ""},
    ]
    found = ComputeMilestones.validate(read(tmp_path, TIMELINES, as_csv(rows)))
    assert found["h100e"].isna().to_list() == [True, False]
    assert found["line"].to_list() == [2, 4]


@needs_shared
@pytest.mark.parametrize(("vintage", "sites", "milestones"), [("2026-01", 18, None), ("2026-05", 50, 282)])
def test_real_vintages_are_read(tmp_path, vintage, sites, milestones):
    folder = SHARED / "layers" / "compute"
    listed_sites = read(tmp_path, SITES, (folder / f"epoch_data_centers_{vintage}.csv").read_bytes())
    timelines = read(
        tmp_path, TIMELINES, (folder / f"epoch_data_center_timelines_{vintage}.csv").read_bytes()
    )
    assert len(listed_sites) == sites
    assert milestones in (None, len(timelines))
    assert set(listed_sites["site"]) <= set(timelines["site"])
