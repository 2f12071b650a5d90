"""Two maps that only the site has: what changed, and how much of each metro's number is published."""

import pandas as pd

from where_is_ai.geography.names import short_us_names
from where_is_ai.layers.employment import words
from where_is_ai.layers.employment.coverage import WORDS, lower_bounds
from where_is_ai.layers.employment.map_choices import APART, NOISE
from where_is_ai.layers.employment.notes import notes
from where_is_ai.layers.layer import Drawing, Material, Picture
from where_is_ai.maps.bubble_map import BubbleMap, Ranking, by_key
from where_is_ai.maps.bubbles import circles
from where_is_ai.maps.formats import both_formats
from where_is_ai.maps.frame import Caption
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.maps.scales import GAIN, LOSS, Kinds

METROS, CHANGES = "usa_ai_employment_by_msa", "usa_ai_employment_yoy"
WHOLE, PART = "#6a2f78", "#dd9a3f"


def map_change(material: Material) -> Drawing:
    drawn = change_map(material.tables[CHANGES], material.tables[METROS], notes(material))
    return Drawing(both_formats("Map-Change", drawn.draw), drawn.alt, "Map-Change")


def change_map(changes: pd.DataFrame, places: pd.DataFrame, about: EditionNotes) -> BubbleMap:
    """Like-for-like gains and losses of comparable metros; grey unless they hold among all comparisons.

    A metro that is not comparable is a diamond.

    ``changes`` are MetroChange; ``places`` have area_code, lat, lon and total_employment.
    """
    known = places[["area_code", "lat", "lon", "total_employment"]]
    rows = changes.merge(known, on="area_code", how="left")
    change = rows["like_for_like_change"].where(rows["comparable"].astype(bool))
    holds = words.holds_among_all(rows)
    largest = (
        rows[holds].assign(size=change.abs()).sort_values(["size", "area_code"], ascending=[False, True])
    )
    return BubbleMap(
        view="usa",
        caption=Caption(
            words.change_title(changes), words.change_subtitle(changes), about, words.change_caveat(changes)
        ),
        circles=circles(
            rows,
            key="area_code",
            name=short_us_names(rows["metro"]),
            size=change.abs().where(change != 0),
            colour=(change < 0).astype("Int64"),
            muted=~holds & change.notna(),
            importance=rows["total_employment"],
            hover=words.change_hover,
        ),
        area="Area: jobs gained or lost",
        colour="Colour and shape",
        colours=Kinds(((GAIN, "gain that holds among all"), (LOSS, "loss that holds among all"))),
        rankings=(Ranking("Largest changes that hold", by_key(largest, "area_code", _change, "size")),),
        marks=(("muted", [NOISE]), ("unknown", [APART])),
        reads=f"The circle's area is the like-for-like change of AI workers. {words.change_title(changes)}.",
    )


def _change(row) -> str:
    return words.signed(row.like_for_like_change)


def map_coverage(material: Material) -> Drawing:
    drawn = coverage_map(material.tables[METROS], notes(material))
    return Drawing(both_formats("Map-Coverage", drawn.draw), drawn.alt, "Map-Coverage")


def coverage_map(metros: pd.DataFrame, about: EditionNotes) -> BubbleMap:
    """Which numbers of ``metros`` (MetroEmployment) are whole, lower bounds or unknown."""
    lower = lower_bounds(metros)
    bounds = metros[lower].sort_values(["rank_workers", "area_code"])
    return BubbleMap(
        view="usa",
        caption=Caption(
            words.coverage_title(metros),
            "What BLS publishes of each metro's AI occupations",
            about,
            "An occupation that is suppressed or not listed is unknown, not zero.",
        ),
        circles=circles(
            metros,
            key="area_code",
            name=short_us_names(metros["metro"]),
            size=metros["ai_workers"],
            colour=lower.astype("Int64"),
            lower_bound=lower,
            importance=metros["total_employment"],
            hover=lambda row: [f"<b>{row.metro}</b>", WORDS[row.coverage]],
        ),
        area="Area: published AI workers",
        colour="Colour and shape",
        colours=Kinds(((WHOLE, "all occupations published"), (PART, "lower bound: one of them is not"))),
        rankings=(
            Ranking("Largest lower bounds", by_key(bounds, "area_code", words.workers_text, "rank_workers")),
        ),
        marks=(("unknown", ["unknown: none published"]),),
        reads=f"Circles are coloured by whether all AI occupations are published. {words.coverage_title(metros)}.",
    )


SITE_MAPS = (
    Picture(
        "map_change",
        (CHANGES, METROS),
        "The USA by metro: circles by like-for-like gain or loss of AI workers between two releases; grey where it "
        "does not hold among all comparisons, a diamond where releases can't be compared. For the site alone.",
        map_change,
        png=False,
    ),
    Picture(
        "map_coverage",
        (METROS,),
        "The USA by metro: circles by AI workers, coloured by whether all their occupations are published. For the "
        "site alone.",
        map_coverage,
        png=False,
    ),
)
