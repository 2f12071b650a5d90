"""How each layer says that a metro changed: with its noise where there is a rule, else that nobody can tell."""

import pandas as pd
import pytest

from where_is_ai.layers import LAYERS
from where_is_ai.layers.adoption.on_metro import change as adoption
from where_is_ai.layers.compute.on_metro import change as compute
from where_is_ai.layers.employment.on_metro import change as employment
from where_is_ai.layers.funding.on_metro import change as funding
from where_is_ai.layers.layer import Earlier
from where_is_ai.layers.patents.on_metro import change as patents
from where_is_ai.layers.postings.on_metro import change as postings
from where_is_ai.layers.research.on_metro import change as research
from where_is_ai.layers.visas.on_metro import change as visas
from where_is_ai_tests.made_edition import made_edition

NOW = made_edition()
SHARE = {
    "ai_use_pct": 9.0,
    "ai_use_se_pct": 0.4,
    "wording": "any business function",
    "source": "BTOS",
    "selected": False,
}


def before(row, **other):
    return Earlier("2026-Q1", row | other)


@pytest.mark.parametrize(
    ("then", "said"),
    [
        (
            {"ai_use_pct": 8.5, "ai_use_se_pct": 0.3},
            "rose by 0.5 percentage points: within noise (give or take 0.8)",
        ),
        ({"ai_use_pct": 7.0, "ai_use_se_pct": 0.3}, "rose by 2.0 percentage points: more than noise"),
        ({"ai_use_pct": 11.0, "ai_use_se_pct": 0.3}, "fell by 2.0 percentage points: more than noise"),
        ({"ai_use_pct": 7.0, "selected": True}, "which then leans high"),
        ({"ai_use_pct": 7.0, "ai_use_se_pct": pd.NA}, "its error is not given"),
        ({"ai_use_pct": pd.NA}, "can't be compared between 2026-Q1 and 2026-Q2: it was not known then"),
        ({"wording": "goods or services"}, "the question was worded otherwise"),
        ({"source": "made up"}, "made-up answers are compared with no others"),
    ],
)
def test_a_share_of_businesses_is_set_beside_the_error_of_a_difference(then, said):
    assert said in adoption(SHARE, NOW, before(SHARE, **then))


def quarter(name, works, change=pd.NA, pct=pd.NA, reason=pd.NA):
    return {
        "metro_id": "FR/Paris",
        "quarter": name,
        "ai_works": works,
        "change": change,
        "change_pct": pct,
        "break_reason": reason,
    }


def test_papers_are_compared_within_a_segment_alone_and_no_rule_tells_noise():
    row = {"metro_id": "FR/Paris"}
    first, second = quarter("2026-Q1", 100), quarter("2026-Q2", 110, 10, 10.0)
    said = research(row, made_edition(world_ai_research_trend=[second, first]), None)
    assert said.startswith("From 2026-Q1 to 2026-Q2 AI papers of twelve months rose by 10 (10.0 %): ")
    assert "nobody can tell growth" in said
    broken = quarter("2026-Q2", 110, reason="the method changed")
    said = research(row, made_edition(world_ai_research_trend=[first, broken]), None)
    assert said == "AI papers can't be compared between 2026-Q1 and 2026-Q2: the method changed."
    gap = made_edition(world_ai_research_trend=[quarter("2025-Q3", 90), quarter("2026-Q2", 110)])
    assert "there is a gap between them" in research(row, gap, None)
    assert research(row, made_edition(world_ai_research_trend=[first]), None) == ""


def test_postings_grow_like_for_like_or_it_is_said_why_not():
    said = postings({"growth_before": 40, "growth_after": 30, "why_no_growth": pd.NA}, NOW, None)
    assert said.startswith(
        "From 2026-Q1 to 2026-Q2 AI postings on the boards read in both quarters fell by 10 (from 40 to 30): "
    )
    none = {"growth_before": pd.NA, "growth_after": pd.NA, "why_no_growth": "no board was read in both"}
    assert postings(none, NOW, before({})).endswith("2026-Q2: no board was read in both.")
    assert postings(none, NOW, None) == ""


def test_cases_are_set_beside_the_same_quarter_of_the_year_before():
    row = {
        "ai_lca_cases": 60,
        "ai_lca_cases_year_before": 50,
        "why_no_change": pd.NA,
        "ai_share_year_before_pct": 2.0,
        "ai_share_pct": 2.5,
    }
    said = visas(row, NOW, None)
    assert said.startswith("From 2025-Q2 to 2026-Q2 AI cases rose by 10: ")
    assert said.endswith("Their share went from 2.00 to 2.50 %.")
    none = row | {"ai_lca_cases_year_before": pd.NA, "why_no_change": "the definition differs"}
    assert visas(none, NOW, None) == "AI cases can't be compared with 2025-Q2: the definition differs."


def test_machines_of_two_copies_of_the_source_do_not_tell_what_was_built():
    row = {"h100e": 1500.4, "vintage": "2026-05-27"}
    same, other = before(row, h100e=1000.0), before(row, h100e=1000.0, vintage="2026-02-01")
    assert compute(row, NOW, same).startswith(
        "From 2026-Q1 to 2026-Q2 H100 equivalents rose by 500: by the dates"
    )
    assert "nobody can tell what was built from what it learnt" in compute(row, NOW, other)
    assert compute(row, NOW, None) == ""


def test_patents_and_money_are_compared_where_they_were_counted_alike():
    patent = {"ai_patents": 12.5, "source": "the office's"}
    assert "did not change: " in patents(patent, NOW, before(patent))
    assert "fell by 1.50: " in patents(patent, NOW, before(patent, ai_patents=14.0))
    assert "made-up ones" in patents(patent, NOW, before(patent, source="made up"))
    money = {"ai_amount_sold_usd": 3e6, "source": "the SEC's", "tiers": "a+b"}
    assert "rose by $1.0 M: " in funding(money, NOW, before(money, ai_amount_sold_usd=2e6))
    assert "by other tiers" in funding(money, NOW, before(money, tiers="a"))
    assert funding(money, NOW, before(money, ai_amount_sold_usd=pd.NA)) == ""


def test_every_layer_says_how_its_numbers_changed():
    assert all(layer.on_metro.change for layer in LAYERS)


def test_why_workers_cannot_be_compared_names_the_occupation():
    row = {
        "area_code": "18140",
        "release_before": "2024-05",
        "release_after": "2025-05",
        "comparable": False,
        "why_not": "15-2051 published in May 2024, not listed in May 2025",
        "like_for_like_change": pd.NA,
    }
    occupation = {"area_code": "18140", "occ_code": "15-2051", "occupation": "Data Scientists"}
    edition = made_edition(usa_ai_employment_yoy=[row], usa_ai_employment_by_occupation=[occupation])
    assert "May 2025: Data Scientists (15-2051) published in May 2024" in employment(
        {"area_code": "18140"}, edition, None
    )
