"""The map of the most cited papers, and papers that are bounded rather than counted."""

import json
from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest

from where_is_ai.layers.layer import Material
from where_is_ai.layers.research import words
from where_is_ai.layers.research.citations import LEAST_MATURE_WORKS, cited
from where_is_ai.layers.research.methods import STANDARD
from where_is_ai.layers.research.notes import METROS, citation_notes, notes_of
from where_is_ai.layers.research.pictures import citations_map, papers_map
from where_is_ai.maps.style import VERTICAL, WIDE
from where_is_ai.quarters import Quarter

QUARTER = Quarter(2026, 2)


@pytest.fixture
def metros() -> pd.DataFrame:
    names = ["Beijing", "Zurich", "Tiny", "Uncited"]
    table = pd.DataFrame(
        {
            "method": "standard",
            "metro_id": [f"ghsl_2024a/{number}" for number in range(4)],
            "metro": names,
            "country_code": ["CN", "CH", "LI", "AU"],
            "lat": [39.9, 47.4, 47.1, -33.9],
            "lon": [116.4, 8.5, 9.5, 151.2],
            "ai_works": [40_000, 3_000, 20, 900],
            "ai_works_low": pd.array([40_000, 3_000, 20, 900], dtype="Int64"),
            "ai_works_high": pd.array([41_000, 3_000, 20, 900], dtype="Int64"),
            "rank": pd.array([1, 2, 4, 3], dtype="Int64"),
            "mature_works": pd.array([60_000, 5_000, LEAST_MATURE_WORKS - 1, 500], dtype="Int64"),
            "top_10_works": pd.array([6_000, 1_100, 50, 0], dtype="Int64"),
            "top_1_works": pd.array([500, 140, 5, 0], dtype="Int64"),
        }
    )
    for share, of in (("top_10_pct", "top_10_works"), ("top_1_pct", "top_1_works")):
        table[share] = table[of] / table["mature_works"] * 100
    return table


def test_only_metros_with_papers_enough_have_a_share(metros):
    assert cited(metros)["metro"].to_list() == ["Beijing", "Zurich"]


@pytest.mark.parametrize("layout", [WIDE, VERTICAL])
def test_the_map_says_which_years_and_which_share(metros, layout):
    about = citation_notes(Material(QUARTER, {METROS: metros}))
    figure = citations_map(cited(metros), about).draw(layout).to_json()
    first, last = STANDARD.mature_window(QUARTER)
    assert (first, last) == (date(2021, 7, 1), date(2024, 6, 30))
    for said in ("Beijing leads the world", "1 July 2021 to 30 June 2024", "6,000", "22.0 % of its 5,000"):
        assert said in figure.replace("<br>", " ").replace("\\u003cbr\\u003e", " "), said


def test_the_map_of_all_papers_tells_bounds_too(metros):
    about = notes_of(metros, QUARTER)
    table = metros.assign(
        count_basis="distinct", institutions=3, top_institution="X", top_institution_works=9
    )
    assert "≥ 40,000" in json.dumps(
        json.loads(papers_map(table, about).draw(WIDE).to_json()), ensure_ascii=False
    )


def test_the_map_of_all_papers_shows_two_things(metros):
    table = metros.assign(
        count_basis="distinct", institutions=3, top_institution="X", top_institution_works=9
    )
    drawn = papers_map(table, notes_of(metros, QUARTER))
    assert drawn.circles["colour"].round(1).to_list() == [10.0, 22.0, pd.NA, 0.0]
    said = json.loads(drawn.draw(WIDE).to_json())
    text = json.dumps(said, ensure_ascii=False)
    assert "Colour: share in the top 10 %" in text
    assert f"fewer than {LEAST_MATURE_WORKS} papers" in text
    nothing = dict.fromkeys(("mature_works", "top_10_pct"), pd.array([pd.NA] * 4, dtype="Float64"))
    unasked = table.assign(ai_works_summed=[45, 18, 9, 10], **nothing)
    drawn = papers_map(unasked, notes_of(metros, QUARTER))
    assert drawn.colour == "Colour: largest institution's share, %"
    assert drawn.circles["colour"].to_list() == [20.0, 50.0, 100.0, 90.0]
    assert "the part of them that comes from the institution with most" in drawn.alt


@pytest.mark.parametrize(
    ("name", "counted"), [("article", "only the 200 institutions"), ("standard", "all institutions")]
)
def test_a_map_of_papers_says_which_institutions_its_method_counts(name, counted):
    metros = pd.DataFrame({"method": [name]})
    subtitle = words.subtitle(metros, notes_of(metros, QUARTER))
    assert ("AI-tagged" in subtitle) == (name == "article")
    assert f"method “{name}”" in subtitle
    assert counted in subtitle


def test_a_bounded_number_is_told_as_at_least():
    assert words.papers_text(SimpleNamespace(ai_works=40, ai_works_low=40, ai_works_high=41)) == "≥ 40"
    assert words.papers_text(SimpleNamespace(ai_works=40, ai_works_low=40, ai_works_high=40)) == "40"
    assert words.papers_text(SimpleNamespace(ai_works=40, ai_works_low=pd.NA, ai_works_high=pd.NA)) == "40"
