"""The metro table seen from other sides: geographies, hubs, methods, quarters."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from where_is_ai.archive.fetch import open_library
from where_is_ai.geography.areas import WGS84, Areas
from where_is_ai.layers.research import metro, words
from where_is_ai.layers.research.comparison import method_difference
from where_is_ai.layers.research.geographies import (
    ARTICLE_MERGE,
    CITY_TAG,
    areas_by_geography,
    first_geography,
    leading_unions,
    leading_works,
    places_together,
    rank_by_geography,
)
from where_is_ai.layers.research.hubs import HUBS, NO_INSTITUTION, NONE_COUNTED, hubs
from where_is_ai.layers.research.methods import STANDARD, ArticleMethod
from where_is_ai.layers.research.metro import assign, roll_up, unions
from where_is_ai.layers.research.schema import AiWorks, InstitutionAreas
from where_is_ai.layers.research.trend import trend
from where_is_ai.layers.research.view_schema import (
    AiHubs,
    MethodDifference,
    PlacesTogether,
    RankByGeography,
    ResearchTrend,
)
from where_is_ai.quarters import Quarter
from where_is_ai.settings import Settings
from where_is_ai.tables import as_table
from where_is_ai_tests.layers.research.made_world import Institution, Work, World
from where_is_ai_tests.layers.research.openalex_answers import Answers
from where_is_ai_tests.layers.research.standard_run import QUARTER
from where_is_ai_tests.layers.research.test_article import measured as measure_article

ARTICLE = ArticleMethod()
BAY = ("Stanford", 37.42, -122.17), ("Berkeley", 37.87, -122.27), ("San Jose", 37.34, -121.89)
IN_WINDOW = date(2026, 3, 1)


def areas(name: str, **boxes: tuple[float, float, float, float]) -> Areas:
    """Boxes (west, south, east, north) in degrees."""
    shapes = gpd.GeoDataFrame(
        {
            "area_id": [f"{name}/{area}" for area in boxes],
            "area": list(boxes),
            "population": pd.array([100_000] * len(boxes), dtype="Int64"),
        },
        geometry=[shapely.box(*box) for box in boxes.values()],
        crs=WGS84,
    )
    return Areas(name, name, shapes)


ONE_BAY = areas("ghsl_2024a", San_Francisco=(-122.6, 37.2, -121.7, 38.0))
TWO_CBSAS = areas("cbsa", Oakland=(-122.6, 37.5, -121.7, 38.0), San_Jose=(-122.6, 37.0, -121.7, 37.5))
NO_CENTRE = areas("ghsl_2019a", Nowhere=(0.0, 0.0, 1.0, 1.0))


def table_of(world: World) -> pd.DataFrame:
    rows = [
        {
            "institution_id": one.id,
            "institution": one.name,
            "type": one.type,
            "ai_works": world.of_institution[one.id].bit_count(),
            "city": one.city,
            "country_code": one.country_code,
            "lat": one.lat,
            "lon": one.lon,
        }
        for one in world.institutions
    ]
    return as_table(pd.DataFrame(rows).reindex(columns=list(AiWorks.to_schema().columns)), AiWorks)


@pytest.fixture(scope="module")
def bay() -> World:
    """Three institutions around the Bay that write everything together, and one far away."""
    institutions = [
        Institution(f"I{number}", city, city=city, country_code="US", lat=lat, lon=lon)
        for number, (city, lat, lon) in enumerate(BAY, start=1)
    ]
    institutions.append(
        Institution("I9", "Ulm University", city="Ulm", country_code="DE", lat=48.4, lon=9.99)
    )
    works = [Work(("I1", "I2", "I3"), IN_WINDOW)] * 5 + [Work(("I9",), IN_WINDOW)] * 4
    return World(institutions, works)


def counted(world: World, every_union) -> dict[str, int]:
    service = Answers(world)
    return {request.url: service.count(request.url) for union in every_union for request in union.requests}


def ranked(world: World, geographies: list[Areas], method=STANDARD) -> tuple[pd.DataFrame, pd.DataFrame]:
    works = table_of(world)
    by_geography = areas_by_geography(works, geographies, method)
    InstitutionAreas.validate(by_geography, lazy=True)
    institutions = assign(works, method, first_geography(by_geography, works), geographies[0].title)
    asked = unions(institutions, method, QUARTER) | leading_unions(
        institutions, by_geography, method, QUARTER
    )
    counts = counted(world, asked.values())
    metros = roll_up(institutions, method, QUARTER, counts)
    distinct = leading_works(institutions, by_geography, method, QUARTER, counts)
    return rank_by_geography(institutions, by_geography, metros, distinct), by_geography


def test_each_metro_has_its_rank_under_each_geography(bay):
    table, _ = ranked(bay, [ONE_BAY, TWO_CBSAS, NO_CENTRE])
    RankByGeography.validate(table, lazy=True)
    bay_row, ulm = table.set_index("metro").loc["San_Francisco"], table.set_index("metro").loc["Ulm"]
    assert bay_row[["ai_works", "rank"]].to_list() == [5, 1]
    assert bay_row[["cbsa_area", "cbsa_ai_works", "cbsa_rank"]].to_list() == ["San_Jose", 5, 1]
    assert bay_row[["city_tag_area", "city_tag_rank"]].to_list() == ["Berkeley", 1]
    assert bay_row["article_merge_area"] == "SF-San Jose Bay Area"
    assert bay_row["ghsl_2019a_area"] == "Berkeley"
    assert pd.isna(bay_row["csa_area"])
    assert ulm[["ghsl_2024a_area", "cbsa_area", "cbsa_rank", "city_tag_rank"]].to_list() == [
        "Ulm",
        "Ulm",
        3,
        4,
    ]


def test_a_rank_that_an_uncounted_area_could_take_is_not_given(bay):
    table, _ = ranked(bay, [ONE_BAY], replace(STANDARD, compared=1))
    by_metro = table.set_index("metro")
    assert by_metro.loc["San_Francisco", "ghsl_2024a_rank"] == 1
    assert pd.isna(by_metro.loc["Ulm", "ghsl_2024a_rank"])
    assert pd.isna(by_metro.loc["Ulm", "city_tag_ai_works"])


def test_a_geography_says_whether_it_brings_a_place_together(bay):
    _, by_geography = ranked(bay, [ONE_BAY, TWO_CBSAS])
    found = places_together(table_of(bay), by_geography, ARTICLE.merges)
    PlacesTogether.validate(found, lazy=True)
    assert set(found["place"]) == {"SF-San Jose Bay Area"}
    together = found.set_index("geography")["together"].to_dict()
    assert together == {"ghsl_2024a": True, "cbsa": False, CITY_TAG: False, ARTICLE_MERGE: True}
    split = found.set_index("geography").loc["cbsa"]
    assert split["areas"] == "San_Jose; Oakland"
    assert split["largest_share_pct"] == pytest.approx(200 / 3)


def test_a_us_geography_leaves_the_rest_of_the_world_as_it_was(bay):
    in_ulm = areas("ghsl_2024a", Ulm_centre=(9.8, 48.2, 10.2, 48.6))
    _, by_geography = ranked(bay, [in_ulm, TWO_CBSAS])
    by_cbsa = by_geography[by_geography["geography"] == "cbsa"].set_index("institution_id")["area"]
    assert by_cbsa.to_dict() == {"I1": "San_Jose", "I2": "Oakland", "I3": "San_Jose", "I9": "Ulm_centre"}


def test_hubs_resolve_to_one_metro_or_say_why_not(bay):
    noisy = Institution("I8", "Noise", city="Zürich", country_code="CH")
    tokyo = Institution("I7", "Tokyo", city="Tokyo", country_code="JP", lat=35.68, lon=139.69)
    world = World(
        [*bay.institutions, noisy, tokyo], [*bay.works, Work(("I8",), IN_WINDOW), Work(("I7",), IN_WINDOW)]
    )
    works = table_of(world)
    institutions = assign(
        works, STANDARD, first_geography(areas_by_geography(works, [ONE_BAY], STANDARD), works)
    )
    metros = roll_up(
        institutions, STANDARD, QUARTER, counted(world, unions(institutions, STANDARD, QUARTER).values())
    )
    table = hubs(institutions, metros)
    AiHubs.validate(table, lazy=True)
    by_hub = table.set_index("hub")
    assert list(by_hub.index) == [name for name, _ in HUBS]
    assert by_hub.loc["Tokyo", ["metro", "ai_works", "rank"]].to_list() == ["Tokyo", 1, 3]
    assert by_hub.loc["Zurich", "why_not"] == NONE_COUNTED
    assert by_hub.loc["London", "why_not"] == NO_INSTITUTION


def test_hubs_of_the_sample_are_the_articles_metros():
    _, institutions, metros = measure_article(open_library(Settings(source="sample")))
    by_hub = hubs(institutions, metros, ARTICLE.merges).set_index("hub")
    assert by_hub.loc["San Francisco", ["metro", "rank"]].to_list() == ["SF-San Jose Bay Area", 15]
    assert by_hub.loc["Beijing", ["metro", "ai_works", "rank"]].to_list() == ["Beijing", 42_843, 1]
    assert by_hub.loc["Boston", "metro"] == "Boston Metro"
    assert by_hub["count_basis"].dropna().eq("summed").all()


def test_the_difference_between_the_methods_joins_metros_by_their_institutions(bay):
    works = table_of(bay)
    method = replace(ARTICLE, least_works=1)
    theirs = assign(works, method)
    ours = assign(works, STANDARD, first_geography(areas_by_geography(works, [ONE_BAY], STANDARD), works))
    ours = ours[ours["metro"] != "Ulm"]
    counts = counted(bay, unions(ours, STANDARD, QUARTER).values())
    table = method_difference(
        ours, roll_up(ours, STANDARD, QUARTER, counts), theirs, roll_up(theirs, method, QUARTER)
    )
    MethodDifference.validate(table, lazy=True)
    bay_row, ulm = table.iloc[0], table.iloc[1]
    assert bay_row[["ai_works", "article_ai_works", "times_counted"]].to_list() == [5, 15, 3.0]
    assert bay_row["article_metro"] == "SF-San Jose Bay Area"
    assert pd.isna(ulm["metro_id"])
    assert ulm[["article_metro", "article_rank"]].to_list() == ["Ulm", 2]


def asked(quarter: str, days_after: int) -> str:
    return f"{Quarter.parse(quarter).last_day + timedelta(days=days_after)}T12:00:00Z"


def metros_of(quarter: str, counts: dict[str, int], **more: object) -> tuple[str, pd.DataFrame]:
    table = pd.DataFrame({"metro_id": list(counts), "metro": list(counts), "ai_works": list(counts.values())})
    table["rank"] = table["ai_works"].rank(ascending=False, method="min").astype(int)
    usual = {
        "method": "standard",
        "geography": "g",
        "definition": "d",
        "classification": "new",
        "as_known": True,
        "window_to": Quarter.parse(quarter).last_day.isoformat(),
        "retrieved_to": asked(quarter, 20),
    }
    return quarter, table.assign(**(usual | more))


def test_a_trend_is_cut_where_the_topics_were_assigned_anew():
    rows = trend(
        [
            metros_of("2026-Q1", {"A": 10}, classification=metro.CLASSIFIED_BEFORE),
            metros_of("2026-Q2", {"A": 20}, classification=metro.CLASSIFIED_BEFORE),
            metros_of("2026-Q3", {"A": 7}, classification=metro.CLASSIFIED_SINCE),
            metros_of("2026-Q4", {"A": 14}, classification=metro.CLASSIFIED_SINCE),
        ]
    )
    ResearchTrend.validate(rows, lazy=True)
    assert rows["segment"].to_list() == [1, 1, 2, 2]
    assert rows["change"].to_list() == [pd.NA, 10, pd.NA, 7]
    assert rows["change_pct"].dropna().to_list() == [100.0, 100.0]
    assert "assigned its topics anew" in rows["break_reason"].dropna().item()


def test_a_missing_quarter_or_metro_gives_no_change():
    rows = trend(
        [
            metros_of("2025-Q2", {"A": 10, "B": 1}),
            metros_of("2025-Q4", {"A": 12}),
            metros_of("2026-Q1", {"A": 13, "B": 2}),
        ]
    )
    assert rows.set_index(["metro_id", "quarter"])["change"].dropna().to_dict() == {("A", "2026-Q1"): 1}


@pytest.mark.parametrize(
    ("ages", "segments"),
    [
        ((515, 240), [1, 2]),
        ((20, 50), [1, 1]),
        ((20, 55, 90), [1, 1, 2]),
    ],
    ids=["backfilled after 17 and after 8 months", "both soon", "older from quarter to quarter"],
)
def test_answers_of_different_ages_are_not_of_one_segment(ages, segments):
    quarters = ["2025-Q1", "2025-Q2", "2025-Q3"]
    rows = trend(
        [
            metros_of(quarter, {"A": 10}, as_known=False, retrieved_to=asked(quarter, age))
            for quarter, age in zip(quarters, ages, strict=False)
        ]
    )
    ResearchTrend.validate(rows, lazy=True)
    assert rows["segment"].to_list() == segments
    assert rows["answer_age_days"].to_list() == list(ages)
    if segments[-1] == 2:
        assert f"was asked {ages[-1]} days after" in rows["break_reason"].iloc[-1]
        assert pd.isna(rows["change"].iloc[-1])


def test_what_was_not_archived_in_its_time_says_so_and_cuts():
    rows = trend([metros_of("2026-Q1", {"A": 10}, as_known=False), metros_of("2026-Q2", {"A": 12})])
    assert rows["as_known"].to_list() == [False, True]
    assert rows["segment"].to_list() == [1, 2]


@given(st.lists(st.datetimes(datetime(2026, 7, 1), datetime(2026, 12, 31)), min_size=1, max_size=5))
def test_answers_from_both_sides_of_the_new_topics_are_called_mixed(times):
    sample = measured_entries(times)
    said = metro.answered(sample, STANDARD, Quarter(2026, 3))
    sides = {time.date() >= date(2026, 10, 6) for time in times}
    expected = {
        frozenset({True}): metro.CLASSIFIED_SINCE,
        frozenset({False}): metro.CLASSIFIED_BEFORE,
        frozenset({True, False}): metro.CLASSIFIED_MIXED,
    }
    assert said["classification"] == expected[frozenset(sides)]
    in_time = datetime(2026, 9, 30, 23, 59, 59) + timedelta(days=31)
    assert said["as_known"] == all(time.replace(microsecond=0) <= in_time for time in times)


def measured_entries(times):
    from where_is_ai.archive.entry import Entry

    return [
        Entry(
            "https://api.openalex.org/works",
            f"{time:%Y-%m-%dT%H:%M:%SZ}",
            "0",
            0,
            "application/json",
            "OpenAlex",
            "CC0",
        )
        for time in times
    ]


@pytest.mark.parametrize(
    ("quarters", "said"),
    [
        (["2025-Q1", "2026-Q1", "2026-Q2"], "bars a quarter apart share nine of them"),
        (["2025-Q4", "2026-Q2"], "bars two quarters apart share six of them"),
        (["2023-Q2", "2026-Q2"], ""),
    ],
)
def test_bars_of_twelve_months_say_what_they_share(quarters, said):
    shared = words.shared_months([Quarter.parse(quarter) for quarter in quarters])
    assert (said in shared) if said else shared == ""
