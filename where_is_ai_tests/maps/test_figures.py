"""What the figures say, read from the figures: values, bounds, unknowns, order, words."""

import json
from dataclasses import replace
from importlib import resources

import pandas as pd
import plotly.graph_objects as go
import pytest

from where_is_ai.layers.employment.pictures import jobs_card, jobs_map, jobs_multiples
from where_is_ai.layers.postings.pictures import postings_map
from where_is_ai.layers.research.pictures import papers_card, papers_map, papers_multiples
from where_is_ai.maps.cards import signed_pct
from where_is_ai.maps.multiples import NO_WHISKER
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.maps.style import MUTED, VERTICAL, WIDE
from where_is_ai_tests.publication.tables import (
    LAST,
    QUARTERS,
    employment,
    postings,
    research,
    usa_notes,
    world_notes,
)


@pytest.fixture(scope="module")
def usa() -> go.Figure:
    return jobs_map(employment(LAST), usa_notes()).draw()


def circles(figure: go.Figure) -> pd.DataFrame:
    """The circles of a figure's first panel."""
    trace = max(figure.data, key=lambda trace: len(trace.x))
    look = {"diameter": trace.marker.size, "colour": trace.marker.color, "stroke": trace.marker.line.width}
    frame = pd.DataFrame(
        {"x": trace.x, "y": trace.y, "hover": trace.hovertext, **look}, index=list(trace.ids)
    )
    return frame


def texts(figure: go.Figure) -> str:
    return "\n".join(annotation.text for annotation in figure.layout.annotations)


def rings(figure: go.Figure) -> dict[tuple[float, float], str]:
    """The dash of each circle drawn as an outline, by its centre."""
    return {
        (shape.xanchor, shape.yanchor): shape.line.dash
        for shape in figure.layout.shapes
        if shape.type == "circle" and shape.xref == "x" and shape.line.dash != "solid"
    }


@pytest.mark.parametrize("layout", [WIDE, VERTICAL], ids=lambda layout: layout.name)
def test_the_same_table_gives_the_same_bytes(layout):
    once, again = (jobs_map(employment(LAST), usa_notes()).draw(layout).to_json() for _ in range(2))
    assert once == again
    once, again = (papers_map(research(), world_notes()).draw(layout).to_json() for _ in range(2))
    assert once == again


def test_a_figure_knows_its_size(usa):
    assert (usa.layout.width, usa.layout.height) == (1920, 1080)
    assert "NaN" not in usa.to_json()


def test_every_metro_with_a_number_has_a_circle_of_its_area(usa):
    frame = employment(LAST).dropna(subset=["ai_workers"]).set_index("area_code")
    drawn = circles(usa)
    assert set(drawn.index) == set(frame.index)
    areas = drawn["diameter"] ** 2 / frame["ai_workers"].reindex(drawn.index).astype(float)
    large = areas[drawn["diameter"] > 10]
    assert large.max() / large.min() < 1.03  # diameters are rounded to a tenth of a pixel


def test_small_circles_lie_on_large_ones(usa):
    assert circles(usa)["diameter"].is_monotonic_decreasing


def test_unknown_is_a_hollow_diamond_and_never_a_circle(usa):
    unknown = employment(LAST).query("coverage == 'none_published'")["area_code"]
    assert len(unknown) > 0
    diamonds = next(trace for trace in usa.data if trace.marker.symbol == "diamond-open")
    assert set(diamonds.ids) == set(unknown)
    assert not set(unknown) & set(circles(usa).index)


def test_lower_bounds_have_a_broken_outline_and_whole_numbers_a_whole_one(usa):
    frame = employment(LAST).set_index("area_code")
    drawn, dashes = circles(usa), rings(usa)
    for key, circle in drawn.iterrows():
        if frame.at[key, "coverage"] == "all_published":
            assert circle["stroke"] > 0
            assert (circle["x"], circle["y"]) not in dashes
        else:
            assert circle["stroke"] == 0
            assert ((circle["x"], circle["y"]) in dashes) == (circle["diameter"] >= 10)


def test_lower_bounds_say_so_in_every_place_they_are_named(usa):
    frame = employment(LAST).set_index("area_code")
    bloomington = frame.index[frame["metro"].str.startswith("Bloomington, IL")][0]
    assert "≥ 6.7 per 1,000" in circles(usa).at[bloomington, "hover"]
    assert "≥ 6.7 per 1,000" in texts(usa)
    assert "Bloomington, IL at least 6.7" in jobs_map(employment(LAST), usa_notes()).alt
    lower = frame["coverage"].isin(["not_listed", "suppressed"]).sum()
    assert f"{lower} of {len(frame)} metros are lower bounds" in texts(usa)


def test_hovering_tells_values_with_units_rank_coverage_and_source(usa):
    frame = employment(LAST)
    hover = circles(usa).at[frame.iloc[0]["area_code"], "hover"]
    for part in (
        "New York-Newark-Jersey City",
        "25,260 AI workers (rank 1",
        "per 1,000 jobs",
        "both occupations",
    ):
        assert part in hover
    assert "BLS OEWS, May 2025" in hover


def test_titles_state_the_finding_of_the_table(usa):
    title = texts(usa).replace("<br>", " ")
    assert "New York has the most AI workers in BLS's published figures" in title
    assert "the highest share" not in title, "Warner Robins is too small for a headline"
    world = texts(papers_map(research(), world_notes()).draw()).replace("<br>", " ")
    assert "Beijing leads the world in AI papers in OpenAlex's published figures; 7 of the top 10" in world
    assert "metros are in mainland China" in world


def test_another_leader_gives_another_title():
    frame = employment(LAST).copy()
    frame.loc[frame["metro"].str.startswith("Boise"), ["ai_workers", "rank_workers"]] = [99_990, 0]
    assert "Boise City has the most AI workers" in texts(jobs_map(frame, usa_notes()).draw())


def test_source_period_method_and_licence_are_on_the_picture(usa):
    written = texts(usa).replace("<br>", " ")
    for part in ("SOC\u00a015-2051", "May 2025", "BLS OEWS", "public domain", "Sample edition", "2026-Q2"):
        assert part in written


def test_alaska_hawaii_and_puerto_rico_are_labelled(usa):
    labelled = texts(usa)
    assert all(name in labelled for name in ("Anchorage", "Urban Honolulu", "San Juan"))


@pytest.mark.parametrize("quarter", QUARTERS, ids=str)
def test_the_leaders_of_each_quarter_are_labelled(quarter):
    frame = employment(quarter)
    named = {annotation.name for annotation in jobs_map(frame, usa_notes(quarter)).draw().layout.annotations}
    for rank in ("rank_workers", "rank_concentration"):
        leaders = frame.sort_values(rank)["area_code"].head(3)
        assert all(f"label:{key}" in named for key in leaders)


@pytest.mark.parametrize("layout", [WIDE, VERTICAL], ids=lambda layout: layout.name)
def test_the_world_is_enlarged_where_circles_crowd_and_metros_that_readers_look_for_are_named(layout):
    cities = [
        "Tokyo",
        "London",
        "Paris",
        "New York",
        "Boston Metro",
        "SF-San Jose Bay Area",
        "Toronto",
        "Singapore",
    ]
    sought = research().loc[lambda rows: rows["metro"].isin(cities), ["metro_id"]]
    drawn = papers_map(research(), world_notes(), sought).draw(layout)
    written = texts(drawn)
    for part in ("East Asia", "North America", "Europe"):
        assert f"<b>{part}, enlarged</b>" in written
    named = {annotation.name for annotation in drawn.layout.annotations}
    assert len(sought) == len(cities)
    assert {f"label:{key}" for key in sought["metro_id"]} <= named


@pytest.mark.parametrize("layout", [WIDE, VERTICAL], ids=lambda layout: layout.name)
@pytest.mark.parametrize(
    ("countries", "enlarged"),
    [
        (("US", "CA"), ["North America"]),
        (("US", "GB", "FR", "DE", "CH", "NL"), ["North America", "Europe"]),
        (("AU", "SG"), []),
    ],
)
def test_a_part_of_the_world_without_circles_is_not_enlarged(layout, countries, enlarged):
    metros = research()[research()["country_code"].isin(countries)]
    written = texts(papers_map(metros, world_notes()).draw(layout))
    assert [
        part for part in ("East Asia", "North America", "Europe") if f"<b>{part}, enlarged</b>" in written
    ] == enlarged
    assert "Area: AI papers" in written


@pytest.mark.parametrize("layout", [WIDE, VERTICAL], ids=lambda layout: layout.name)
def test_metros_that_readers_look_for_are_named_on_the_usa(layout):
    sought = {"Austin", "San Diego", "Raleigh", "Durham", "Ogden", "Boston", "Chicago", "Atlanta"}
    drawn = jobs_map(employment(LAST), usa_notes()).draw(layout)
    named = {
        note.text.split("<br>")[0].replace("<b>", "").replace("</b>", "")
        for note in drawn.layout.annotations
        if (note.name or "").startswith("label:")
    }
    assert sought <= named


def test_the_card_of_papers_has_a_colour_that_says_another_thing_than_its_bars():
    card = papers_card(research(), world_notes())
    assert "papers" not in card.colour
    first, second = card.rows[:2]
    assert first.value > second.value
    assert all(0 <= row.colour <= 100 for row in card.rows)


def test_a_metro_without_a_position_is_left_off_the_map():
    frame = research().copy()
    frame.loc[frame["metro"] == "Beijing", ["lat", "lon"]] = pd.NA
    drawn = circles(papers_map(frame, world_notes()).draw())
    assert not drawn["hover"].str.contains("Beijing").any()
    assert len(drawn) == len(frame) - 1


def test_an_empty_table_still_gives_a_page():
    empty = employment(LAST).head(0)
    assert "No AI workers" in texts(jobs_map(empty, usa_notes()).draw())
    assert "No AI papers" in texts(papers_map(research().head(0), world_notes()).draw())


def test_postings_show_ranked_metros_by_area_those_of_few_employers_grey_and_the_others_as_diamonds():
    table = postings().sort_values("rank", ignore_index=True)
    table.loc[0, "employers"] = 3
    about = EditionNotes("2026-Q2", "job boards", "April to June 2026", "a classifier")
    figure = postings_map(table, about).draw()
    drawn = {
        trace.marker.symbol: trace
        for trace in figure.data
        if trace.ids and trace.xaxis == figure.data[0].xaxis
    }
    ranked = table[table["rank"].notna()].set_index("area_code")
    by_area, diamonds = drawn[None], drawn["diamond-open"]
    assert set(by_area.ids) <= set(ranked.index)
    assert not set(diamonds.ids) & set(ranked.index)
    colours = dict(zip(by_area.ids, by_area.marker.color, strict=True))
    assert [key for key, colour in colours.items() if colour == MUTED] == [table.loc[0, "area_code"]]
    assert "A bigger circle indicates more new jobs per capita" in texts(figure).replace("<br>", " ")
    rates = ranked.loc[list(by_area.ids), "ai_postings_per_100k"].astype(float)
    assert rates.rank().corr(pd.Series(by_area.marker.size, index=rates.index).rank()) > 0.99


def test_the_card_ranks_ten_with_value_and_change():
    changes = pd.DataFrame(
        {
            "area_code": ["35620", "47900", "41860"],
            "comparable": [True, False, True],
            "like_for_like_pct": pd.array([18.9, pd.NA, 8.2], dtype="Float64"),
            "exceeds_noise": pd.array([False, pd.NA, True], dtype="boolean"),
            "caution": "BLS advises against it",
        }
    )
    written = texts(jobs_card(employment(LAST), usa_notes(), changes, "May 2024").draw())
    for part in (
        "<b>New York</b>",
        "<b>25,260</b>",
        "+19 %, within noise",
        "+8 %",
        "not comparable",
        "BLS advises against it.",
        "change since May 2024",
        "<b>10</b>",
    ):
        assert part in written
    assert "+8 %, within noise" not in written
    assert "lower bounds" not in written  # none of the ten is one
    assert "<b>11</b>" not in written


def test_a_card_without_an_earlier_edition_says_so():
    written = texts(papers_card(research(), world_notes()).draw())
    assert "no earlier edition to compare with" in written
    assert "mainland China · 15 institutions" in written


@pytest.mark.parametrize(("change", "text"), [(18.9, "+19 %"), (-3.2, "−3 %"), (0.3, "no change")])
def test_changes_read_as_people_write_them(change, text):
    assert signed_pct(change) == text


def test_multiples_break_where_a_metro_s_own_area_was_redrawn():
    editions = [(usa_notes(quarter), employment(quarter)) for quarter in QUARTERS]
    figure = jobs_multiples(editions).draw()
    dashed = [
        shape for shape in figure.layout.shapes if shape.type == "line" and shape.line.dash == "4px,4px"
    ]
    with (resources.files("where_is_ai.layers.employment") / "area_changes.csv").open() as file:
        changes = pd.read_csv(file, dtype="str").set_index("area_code")["why_not"]
    leading = employment(LAST).sort_values("rank_workers")["area_code"].head(12)
    same = [area for area in leading if area in changes.index and pd.isna(changes[area])]
    assert {"31080", "41860", "42660"} <= set(same)  # Los Angeles, San Francisco, Seattle
    assert len(dashed) == 12 - len(same)
    written = texts(figure).replace("<br>", " ")
    assert "Across a dashed line numbers aren't comparable" in written
    assert "Whiskers: the 90 % margin" in written
    assert "BLS advises against reading releases as a time series" in written
    assert "15,110" in written
    assert "no data" in written  # Boston's area had another code in May 2022


def test_bars_without_an_error_beside_others_with_one_are_not_taken_for_exact():
    first, last = [(usa_notes(quarter), employment(quarter)) for quarter in QUARTERS[1:]]
    bare = (first[0], first[1].assign(ai_workers_low=pd.NA, ai_workers_high=pd.NA))

    def said(*editions):
        return NO_WHISKER in texts(jobs_multiples(list(editions)).draw()).replace("<br>", " ")

    assert said(bare, last)
    assert not said(first, last)
    assert not said(bare, (last[0], last[1].assign(ai_workers_low=pd.NA, ai_workers_high=pd.NA)))


def test_multiples_break_where_the_basis_of_editions_differs():
    def dashes(*bases):
        editions = [(replace(world_notes(), basis=basis), research()) for basis in bases]
        shapes = papers_multiples(editions).draw().layout.shapes
        return sum(shape.line.dash == "4px,4px" for shape in shapes)

    assert (dashes("a", "a"), dashes("a", "b"), dashes("a", "b", "c")) == (0, 12, 24)


def test_multiples_of_one_edition_work_too():
    assert "42,843" in texts(papers_multiples([(world_notes(), research())]).draw())


def test_alt_text_names_the_leaders():
    assert "Beijing 42,843, Shanghai 16,331" in papers_map(research(), world_notes()).alt
    assert "New York 25,260, Washington, DC 12,680" in jobs_map(employment(LAST), usa_notes()).alt


def test_figures_stay_small(usa):
    assert len(json.dumps(usa.to_dict(), default=list)) < 1_500_000
