"""A measure that nobody foresaw draws its map from data alone."""

from dataclasses import replace

import pandas as pd
import pytest

from where_is_ai.geography.names import short_us_names
from where_is_ai.maps.bubble_map import BubbleMap, Ranking, by_key
from where_is_ai.maps.bubbles import circles
from where_is_ai.maps.frame import Caption
from where_is_ai.maps.legends import LISTED
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.maps.style import VERTICAL, WIDE
from where_is_ai.maps.typeface import text_width

POWER = pd.DataFrame(
    {
        "area_code": ["47900", "38060", "19100", "45940"],
        "metro": ["Washington-Arlington, DC-VA", "Phoenix-Mesa, AZ", "Dallas-Fort Worth, TX", "Trenton, NJ"],
        "lat": [38.8, 33.2, 32.8, 40.3],
        "lon": [-77.5, -112.1, -97.0, -74.7],
        "power_mw": pd.array([3900.5, 1380.2, 1125.0, pd.NA], dtype="Float64"),
    }
)


def power_map(view: str) -> BubbleMap:
    return BubbleMap(
        view=view,
        caption=Caption(
            "Washington draws most power", "MW by metro", EditionNotes("2026-Q2", "a grid", "2026", "")
        ),
        circles=circles(
            POWER,
            key="area_code",
            name=short_us_names(POWER["metro"]),
            size=POWER["power_mw"],
            colour=POWER["power_mw"],
            hover=lambda row: [row.metro],
        ),
        area="Area: MW",
        colour="Colour: MW",
        rankings=(
            Ranking(
                "Most MW",
                by_key(POWER.dropna(), "area_code", lambda row: f"{row.power_mw:,.0f}", "power_mw"),
                " MW",
            ),
        ),
        marks=(("unknown", ["withheld"]),),
        reads="Area and colour are MW.",
    )


@pytest.mark.parametrize("layout", [WIDE, VERTICAL], ids=lambda layout: layout.name)
@pytest.mark.parametrize("view", ["usa", "world"])
def test_a_made_up_measure_has_title_legend_and_labels(view, layout):
    figure = power_map(view).draw(layout)
    written = "\n".join(annotation.text for annotation in figure.layout.annotations).replace("<br>", " ")
    for part in (
        "Washington draws most power",
        "Area: MW",
        "Colour: MW",
        "withheld",
        "<b>Washington, DC</b> 3,900 MW",
    ):
        assert part in written
    labelled = {annotation.name for annotation in figure.layout.annotations}
    assert "label:47900" in labelled
    (unknown,) = {key for trace in figure.data if trace.marker.symbol == "diamond-open" for key in trace.ids}
    assert unknown == "45940"


def test_those_who_cannot_see_it_are_told_the_same():
    assert power_map("usa").alt == (
        "Map of the United States with a circle for each of 3 metro areas, 2026. Area and colour are MW. "
        "Most MW: Washington, DC 3,900, Phoenix 1,380, Dallas 1,125. Source: a grid."
    )


def test_rows_that_are_equal_share_a_place_and_the_next_counts_on():
    rows = pd.DataFrame({"key": list("abcde"), "rank": pd.array([1, 2, 2, 4, None], "Int64")})
    lines = by_key(rows, "key", lambda row: f"{row.key}!")
    assert [(line.place, line.text) for line in lines.values()] == [
        (1, "a!"), (2, "b!"), (2, "c!"), (4, "d!"), (5, "e!"),
    ]  # fmt: skip


@pytest.mark.parametrize("layout", [WIDE, VERTICAL], ids=lambda layout: layout.name)
def test_a_map_lists_a_tie_with_one_number(layout):
    tied = POWER.dropna().assign(power_mw=7.0)
    drawn = replace(
        power_map("usa"),
        rankings=(Ranking("Most MW", by_key(tied, "area_code", lambda row: "7", "power_mw")),),
    )
    written = [annotation.text for annotation in drawn.draw(layout).layout.annotations]
    assert written.count("1") == len(tied)
    assert "2" not in written


@pytest.mark.parametrize("layout", [WIDE, VERTICAL], ids=lambda layout: layout.name)
@pytest.mark.parametrize("view", ["usa", "world"])
@pytest.mark.parametrize("lines", range(0, 20, 3))
def test_a_list_that_no_row_has_room_in_has_no_heading(view, layout, lines):
    drawn = power_map(view)
    crowded = replace(drawn, caption=replace(drawn.caption, caveat="A long caveat, again. " * 5 * lines))
    annotations = crowded.draw(layout).layout.annotations
    has_rows = any(note.name == LISTED for note in annotations)
    assert any("Most MW" in note.text for note in annotations) == has_rows


@pytest.mark.parametrize("layout", [WIDE, VERTICAL], ids=lambda layout: layout.name)
def test_what_marks_mean_stays_in_its_column(layout):
    words = "neither of the two occupations is published, so that it is unknown"
    drawn = replace(
        power_map("usa"), marks=(("whole", ["whole"]), ("broken", ["a bound"]), ("unknown", [words]))
    )
    (note,) = (each for each in drawn.draw(layout).layout.annotations if "neither" in each.text)
    left = note.x * layout.width
    wide = max(text_width(line, layout.small) for line in note.text.split("<br>"))
    column_ends = [layout.width - layout.margin, *([layout.width / 2] if layout is VERTICAL else [])]
    assert left + wide <= min(end for end in column_ends if end > left)
