"""The tables by year and by definition that are made of a snapshot's counts."""

import pandas as pd

from where_is_ai.layers.research import over_time
from where_is_ai.layers.research.methods import METHODS
from where_is_ai.layers.research.over_time_schema import ByDefinition, ByYear
from where_is_ai.layers.research.sectors import by_sector
from where_is_ai.layers.research.snapshot import views
from where_is_ai.layers.research.snapshot.difference import difference
from where_is_ai.layers.research.snapshot.schema import SnapshotDifference
from where_is_ai.layers.research.view_schema import BySector
from where_is_ai.quarters import Quarter

METHOD, QUARTER = METHODS["snapshot"], Quarter(2026, 2)
METROS = pd.DataFrame(
    {"metro_id": ["a", "b"], "metro": ["Ulm", "Bern"], "country_code": ["DE", "CH"], "rank": [1, 2]}
)


def test_years_are_of_the_methods_own_subfield_with_the_world_first():
    rows = [
        ("a", "1702", "2025", 7, 9),
        ("a", "1707", "2025", 5, 5),
        ("b", "1702", "2026", 2, 2),
        ("b", "1702", "2025", 4, 9),
    ]
    by_year = pd.DataFrame(rows, columns=["metro_id", "subfield", "year", "ai_works", "world_ai_works"])
    found = views.years(by_year, METROS, METHOD, QUARTER)
    ByYear.validate(found, lazy=True)
    assert found.set_index(["metro", "year"])["ai_works"].to_dict() == {
        ("Ulm", 2025): 7,
        ("Bern", 2025): 4,
        ("Bern", 2026): 2,
        ("The world", 2025): 9,
        ("The world", 2026): 2,
    }
    assert found.set_index("year")["whole_year"].groupby("year").first().to_dict() == {
        2025: True,
        2026: False,
    }


def test_definitions_are_made_of_topics_and_a_metro_without_papers_of_one_has_0():
    rows = [
        ("world", "1702", "T1", "Natural Language Processing Techniques", 9),
        ("world", "1707", "T9", "Advanced Vision Systems", 3),
        ("a", "1702", "T1", "Natural Language Processing Techniques", 5),
        ("a", "1707", "T9", "Advanced Vision Systems", 3),
        ("b", "1702", "T1", "Natural Language Processing Techniques", 4),
        ("b", "1702", None, None, 1),
        ("gone", "1702", "T1", "Natural Language Processing Techniques", 1),
    ]
    topics = pd.DataFrame(rows, columns=["metro_id", "subfield", "topic", "topic_name", "works"])
    found = views.definitions(topics, METROS)
    ByDefinition.validate(found, lazy=True)
    works = found.pivot(index="metro", columns="definition", values="works")
    named = ["Artificial Intelligence", "Computer Vision", "AI and vision", "Language", "Robotics"]
    assert works.loc["Ulm", named].to_list() == [5, 3, 8, 5, 0]
    assert works.loc["Bern", named].to_list() == [5, 0, 5, 4, 0]
    assert works.loc["The world", named].to_list() == [9, 3, 12, 9, 0]
    assert found["metro"].iloc[0] == "The world"
    ranks = found[found["definition"] == "Language"].set_index("metro")["rank"]
    assert ranks[["Ulm", "Bern"]].to_list() == [1, 2]


def test_sectors_have_distinct_works_beside_summed_ones_where_they_were_counted():
    institutions = pd.DataFrame(
        {
            "institution_id": ["I1", "I2", "I3"],
            "institution": ["U1", "U2", "C"],
            "type": ["education", "education", "company"],
            "metro_id": "a",
            "ai_works": [4, 3, 2],
            "included": True,
        }
    )
    distinct = pd.DataFrame({"metro_id": ["a"], "sector": ["university"], "ai_works": [5]})
    found = by_sector(institutions, METROS, distinct)
    BySector.validate(found, lazy=True)
    assert found["ai_works_summed"].to_list() == [7, 2]
    assert found["ai_works"].to_list() == [5, pd.NA]
    assert by_sector(institutions, METROS)["ai_works"].isna().all()


def test_what_the_api_counts_too_is_compared_with_preprint_twins_on_both_sides():
    counted = {"ai_works": [10, 8], "preprint_twins": [0, 3], "mature_works": [5, 4], "mature_twins": [1, 0]}
    counted |= {"top_10_works": [2, 1], "top_10_twins": [0, 0], "retracted_works": [1, 0]}
    snapshot = METROS.assign(**counted, snapshot="2026-07-01")
    api = METROS.assign(ai_works=[10, 11], mature_works=[6, 4], top_10_works=[2, 1], rank=[2, 1])
    api["retrieved_to"] = "2026-07-20T00:00:00Z"
    found = difference(snapshot, api)
    SnapshotDifference.validate(found, lazy=True)
    assert found.set_index("metro")["difference"].to_dict() == {"Bern": 0, "Ulm": 0}
    assert (found["rank"] == found["api_rank"]).all()
    assert found.set_index("metro")["preprint_twins"].to_dict() == {"Bern": 3, "Ulm": 0}


def test_an_earlier_window_is_told_of_the_world_and_of_metros_that_lead_then_and_now():
    same = {"method": "snapshot", "definition": "d", "classification": "c"}
    now = METROS.assign(**same, ai_works=[9, 5])
    then = pd.DataFrame({"metro_id": ["a", "gone"], "metro": ["Ulm", "Gone"], "ai_works": [6, 4], **same})
    then = then.assign(window_to="2026-03-31", retrieved_to="2026-04-10T00:00:00Z")
    earlier = Quarter(2026, 1)
    measured = over_time.counted_alike(now, [(earlier, METROS, then)])
    found = views.leading_now({earlier: {"world": 12, "a": 8, "b": 3, "gone": 4}}, measured, now, METHOD)
    assert found == {earlier: {"world": 12, "a": 8}}
    told = over_time.lag(
        found, {earlier: (then, 10)}, over_time.names_of(now), pd.Timestamp("2026-07-01")
    ).set_index("metro")
    assert told[["works_then", "works_now"]].to_numpy().tolist() == [[10, 12], [6, 8]]
    assert told["completeness_pct"].round(1).to_list() == [83.3, 75.0]
    assert over_time.counted_alike(now.assign(definition="other"), [(earlier, METROS, then)]) == []
