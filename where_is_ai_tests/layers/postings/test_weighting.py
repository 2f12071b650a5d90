"""AI postings held against jobs instead of residents: a named alternative, from what BLS publishes."""

import pandas as pd

from where_is_ai.layers.postings.weighting import computer_jobs, weighted
from where_is_ai.layers.postings.weighting_schema import WeightedPostings

CELLS = pd.DataFrame(
    [
        ("A", "00-0000", 900_000, "published"),
        ("A", "15-0000", 50_000, "published"),
        ("A", "15-1252", 20_000, "published"),
        ("B", "15-1252", 4_000, "published"),
        ("B", "15-2051", 1_000, "published"),
        ("B", "15-1221", pd.NA, "suppressed"),
        ("C", "00-0000", 10_000, "published"),
    ],
    columns=["area_code", "occ_code", "employment", "status"],
).assign(release="2025-05")


def test_the_group_s_own_figure_counts_else_at_least_the_sum_of_what_is_published():
    found = computer_jobs(CELLS).set_index("area_code")
    assert found["computer_jobs"].to_dict() == {"A": 50_000, "B": 5_000}
    assert found["is_at_least"].to_dict() == {"A": False, "B": True}
    assert set(found["oews_release"]) == {"2025-05"}


def test_the_same_metros_are_ranked_and_what_is_gained_is_told():
    codes = {"A": "10000", "B": "20000", "C": "30000", "D": "40000"}
    metros = pd.DataFrame(
        {
            "area_code": list(codes.values()), "metro": list(codes), "ai_postings": [100, 50, 30, 9],
            "ai_postings_low": [80.0, 40.0, 20.0, 1.0], "ai_postings_high": [120.0, 60.0, 40.0, 20.0],
            "rank": pd.array([1, 2, 3, pd.NA], "Int64"),
        }
    )  # fmt: skip
    jobs = pd.DataFrame(
        {
            "area_code": [codes["A"], codes["B"], codes["D"]], "computer_jobs": [50_000, 5_000, 100],
            "is_at_least": [False, True, True], "oews_release": "2025-05",
        }
    )  # fmt: skip
    found = weighted(metros, jobs)
    WeightedPostings.validate(found)
    found = found.set_index("metro")
    assert found["ai_postings_per_1000_computer_jobs"].to_dict() == {"B": 10.0, "A": 2.0, "D": 90.0}
    assert found["rank"].dropna().to_dict() == {"B": 1, "A": 2}
    assert found["rank_gain"].dropna().to_dict() == {"B": 1, "A": -1}
    assert found.loc["A", "ai_postings_per_1000_computer_jobs_high"] == 2.4
