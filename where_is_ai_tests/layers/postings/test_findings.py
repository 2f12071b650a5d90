"""What the findings of the postings layer say of a count and of how sure it is."""

import pandas as pd

from where_is_ai.layers.layer import Material
from where_is_ai.layers.postings.findings import postings_findings
from where_is_ai.layers.postings.schema import NationPostings
from where_is_ai.quarters import Quarter

TROUBLES = pd.DataFrame({"trouble": [], "consequence": [], "count": []})


def opening(low: float, high: float) -> str:
    """The findings' text on one metro with 118 postings called AI and 60 expected, before its table."""
    metros = pd.DataFrame(
        {
            "area_code": ["41940"],
            "metro": ["San Jose"],
            "rank": [1],
            "ai_postings": [60],
            "ai_postings_called": [118],
            "ai_postings_low": [low],
            "ai_postings_high": [high],
            "ai_postings_per_100k": [6.1],
            "ai_postings_per_100k_low": [low / 9.8],
            "ai_postings_per_100k_high": [high / 9.8],
            "ai_share_pct": [39.7],
            "employers": [78],
            "employers_read": [90],
            "largest_employer_pct": [12.0],
            "sectors": [4],
            "rank_low": [1],
            "rank_high": [2],
            "few_employers": [False],
            "growth_pct": [float("nan")],
            "why_no_growth": ["none before"],
        }
    )
    nation = pd.DataFrame([dict.fromkeys(NationPostings.to_schema().columns, 1) | {"basis": "flow"}])
    nation["sources"] = "greenhouse"
    tables = {
        "usa_ai_postings_by_metro": metros,
        "usa_ai_postings_nation": nation,
        "posting_troubles": TROUBLES,
        "posting_implied_residents": pd.DataFrame(),
    }
    text = postings_findings(Material(Quarter(2026, 2), tables))
    return text.split("##")[0]


def test_the_leader_s_count_stands_with_its_interval():
    assert "(60 postings, 32 to 88 by a 95 % interval given the classifier's errors;" in opening(31.6, 88.2)


def test_bounds_that_are_not_known_are_said_to_be_unknown():
    assert "unknown to unknown" in opening(float("nan"), float("nan"))
