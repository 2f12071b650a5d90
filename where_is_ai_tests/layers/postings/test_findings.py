"""What the findings of the postings layer say of a count that the classifier's errors do not allow."""

import pandas as pd
import pytest

from where_is_ai.layers.layer import Material
from where_is_ai.layers.postings.findings import postings_findings
from where_is_ai.layers.postings.schema import NationPostings
from where_is_ai.quarters import Quarter

TROUBLES = pd.DataFrame({"trouble": [], "consequence": [], "count": []})


def opening(low: float, high: float) -> str:
    """The findings' text on one metro with 118 postings called AI, before its table."""
    metros = pd.DataFrame(
        {
            "area_code": ["41940"],
            "metro": ["San Jose"],
            "rank": [1],
            "ai_postings": [118],
            "ai_postings_low": [low],
            "ai_postings_high": [high],
            "ai_postings_per_100k": [6.1],
            "ai_share_pct": [39.7],
            "employers": [78],
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


def test_a_count_above_its_interval_is_called_an_over_count():
    assert "over-counts there by 30 to 86: given its errors, 32 to 88 really are" in opening(31.6, 88.2)


@pytest.mark.parametrize(("low", "high"), [(90.0, 130.0), (60.0, 117.8), (float("nan"), float("nan"))])
def test_a_count_within_its_interval_is_not(low, high):
    assert "over-counts" not in opening(low, high)
