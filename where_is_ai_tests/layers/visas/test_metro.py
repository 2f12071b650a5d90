"""Cases to metros: what is counted, what is withheld, and what is compared with the same quarter a year before."""

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from where_is_ai.archive.fetch import Replay
from where_is_ai.archive.store import Archive
from where_is_ai.geography.source import GAZETTEER, POPULATION, read_places
from where_is_ai.layers.visas import metro
from where_is_ai.layers.visas.checks import more_than_all, unlike_all, unlike_cases
from where_is_ai.layers.visas.schema import LcaCases, MetroVisas, NationVisas
from where_is_ai.quarters import Quarter
from where_is_ai.settings import SAMPLE_ARCHIVE
from where_is_ai.tables import as_table

RESTS = metro.Rests("SOC 2018: 15-1221, 15-2051", "title 1", 90.0, 77.0, "a.xlsx", "2026-08-10", True)
SITES = pd.DataFrame(
    {
        "worksite": ["BAY", "NY", "AMES", "FARM", "?"],
        "placed": ["metro", "metro", "metro", "outside", "unplaced"],
        "area_code": ["41940", "35620", "11180", None, None],
    }
)


@pytest.fixture(scope="module")
def places() -> pd.DataFrame:
    sample = Replay(Archive(SAMPLE_ARCHIVE))
    gazetteer, population = (sample.get(request, Quarter(2026, 2)) for request in (GAZETTEER, POPULATION))
    return read_places(sample, gazetteer, population)


def cases(*groups: dict) -> pd.DataFrame:
    """LcaCases placed; each group has a ``number`` of cases that are alike but for their employers (``employers``)."""
    rows = []
    for group in groups:
        group = dict(group)
        count, employers = group.pop("number", 1), group.pop("employers", 5)
        for at in range(count):
            rows.append(
                {
                    "case_number": f"{len(rows)}",
                    "file": "a.xlsx",
                    "line": 2 + len(rows),
                    "status": "certified",
                    "decided_on": "2026-05-06",
                    "job_title": "Data Scientist",
                    "soc_written": "15-2051.00",
                    "soc_code": "15-2051",
                    "ai_occupation": True,
                    "ai_title": True,
                    "positions": 1,
                    "positions_new": 1,
                    "positions_renewed": 0,
                    "employer": f"employer {at % employers}",
                    "staffing": False,
                    "wage_usd_per_year": 100_000.0 + at,
                    "worksite": "BAY",
                    **group,
                }
            )
    return metro.with_places(as_table(pd.DataFrame(rows), LcaCases), SITES)


OTHER = {"soc_code": "15-1252", "ai_occupation": False, "ai_title": False}


def by_metro(rows, places, before=None) -> pd.DataFrame:
    table = metro.by_metro(rows, places, RESTS, before)
    MetroVisas.validate(table)
    return table.set_index("area_code", drop=False)


def test_certified_cases_positions_wages_and_employers_are_counted(places):
    rows = cases(
        {"number": 12, "positions": 3, "positions_new": 2, "positions_renewed": 1},
        {"number": 4, "staffing": True, "ai_title": False, "positions_new": 0, "positions_renewed": 1},
        {"number": 24, **OTHER},
        {"number": 9, "status": "certified_withdrawn"},
        {"number": 2, "status": "denied"},
        {"number": 3, "soc_code": None, "ai_occupation": None},
    )
    row = by_metro(rows, places).loc["41940"]
    assert row["metro"] == "San Jose-Sunnyvale-Santa Clara, CA"
    assert (row["ai_lca_cases"], row["all_lca_cases"], row["ai_lca_cases_by_title"]) == (16, 43, 15)
    assert row["ai_share_pct"] == pytest.approx(16 / 43 * 100)
    assert row[["ai_lca_positions", "ai_lca_positions_new", "ai_lca_positions_renewed"]].to_list() == [
        40,
        24,
        16,
    ]
    assert (row["ai_staffing_cases"], row["ai_employers"], row["rank"]) == (4, 5, 1)
    assert row["median_wage_usd_per_year"] == 100_003.5


@example(ai=9, employers=5, others=3, waged=9)
@example(ai=10, employers=2, others=3, waged=10)
@example(ai=10, employers=3, others=3, waged=9)
@example(ai=10, employers=3, others=3, waged=10)
@settings(max_examples=15)
@given(
    ai=st.integers(0, 25),
    employers=st.integers(1, 6),
    others=st.integers(1, 30),
    waged=st.integers(0, 25),
)
def test_small_numbers_are_withheld_and_say_why(places, ai, employers, others, waged):
    groups = [{"number": others, **OTHER}]
    groups += [{"number": min(ai, waged), "employers": employers}] if min(ai, waged) else []
    groups += (
        [{"number": ai - waged, "employers": employers, "wage_usd_per_year": None}] if ai > waged else []
    )
    rows = cases(*groups)
    row = by_metro(rows, places).loc["41940"]
    known = rows[rows["ai_occupation"]]["employer"].nunique()
    assert row["ai_lca_cases"] == ai
    assert pd.notna(row["rank"]) == pd.notna(row["ai_share_pct"]) == (ai >= 10)
    assert pd.notna(row["ai_employers"]) == (known >= 3)
    assert pd.notna(row["median_wage_usd_per_year"]) == (min(ai, waged) >= 10 and known >= 3)
    assert pd.isna(row["why_withheld"]) == (ai >= 10 and known >= 3)


def test_equal_numbers_share_a_rank_and_the_largest_come_first(places):
    rows = cases(
        {"number": 20, "worksite": "NY"},
        {"number": 20},
        {"number": 11, "worksite": "AMES"},
        {"number": 5, "worksite": "FARM"},
    )
    table = by_metro(rows, places)
    assert table["rank"].to_list() == [1, 1, 3]
    assert table["area_code"].to_list() == ["35620", "41940", "11180"]


def test_the_nation_s_parts_are_all_cases_and_the_metros_are_one_of_them(places):
    rows = cases(
        {"number": 20, "worksite": "NY"},
        {"number": 3, "worksite": "FARM"},
        {"number": 2, "worksite": "?", **OTHER},
        {"number": 4, "status": "withdrawn"},
        {"number": 5, "status": "certified_withdrawn", "worksite": "?"},
        {"number": 1, "status": "denied"},
        {"number": 2, "soc_code": None, "ai_occupation": None, "file": "b.xlsx"},
        {"number": 1, "wage_usd_per_year": None},
    )
    nation = metro.nation(rows, RESTS, None)
    NationVisas.validate(nation)
    whole = nation.iloc[0]
    assert (whole["all_lca_cases"], whole["ai_lca_cases"]) == (28, 24)
    assert whole[["withdrawn_cases", "denied_cases", "cases_without_code"]].to_list() == [9, 1, 2]
    assert whole[["ai_cases_without_wage", "late_cases"]].to_list() == [1, 2]
    assert len(nation) == 5
    assert unlike_all(nation).empty
    metros = metro.by_metro(rows, places, RESTS, None)
    assert unlike_cases(metros, nation).empty
    assert list(unlike_cases(metros.iloc[1:], nation)["column"])[:2] == ["ai_lca_cases", "all_lca_cases"]
    assert more_than_all(metros).empty
    assert len(more_than_all(metros.assign(all_lca_cases=0))) == len(metros)


def test_a_quarter_is_compared_with_the_same_quarter_of_the_year_before(places):
    assert metro.year_before(Quarter(2026, 1)) == Quarter(2025, 1)
    before = metro.by_metro(cases({"number": 20}, {"number": 20, **OTHER}), places, RESTS, None)
    row = by_metro(cases({"number": 30}, {"number": 10, **OTHER}), places, before).loc["41940"]
    assert row[["ai_lca_cases_year_before", "ai_lca_cases_change_pct"]].to_list() == [20, 50]
    assert row[["ai_share_year_before_pct", "ai_share_change"]].to_list() == [50, 25]
    assert pd.isna(row["why_no_change"])


@pytest.mark.parametrize(
    ("then", "said"),
    [
        ({}, "not at hand"),
        ({"definition": "SOC 2010: 15-1111"}, "counted by SOC 2010: 15-1111"),
        ({"sources": metro.MADE_UP}, "made-up cases are compared with no others"),
    ],
)
def test_what_can_t_be_compared_says_why(places, then, said):
    rows = cases({"number": 20})
    before = metro.by_metro(rows, places, RESTS, None).assign(**then) if then else None
    row = by_metro(rows, places, before).loc["41940"]
    assert said in row["why_no_change"]
    assert pd.isna(row["ai_lca_cases_change_pct"])


def test_a_metro_with_few_cases_in_either_year_has_no_change(places):
    before = metro.by_metro(cases({"number": 9}), places, RESTS, None)
    row = by_metro(cases({"number": 30}), places, before).loc["41940"]
    assert row["ai_lca_cases_year_before"] == 9
    assert pd.isna(row["ai_lca_cases_change_pct"])
    assert row["why_no_change"] == "fewer than 10 AI cases in either year"
