"""The pictures of AI jobs offered to foreign workers by metro: map and card, each from the edition's table."""

import pandas as pd

from where_is_ai.geography.names import short_us_names
from where_is_ai.layers import metro_card
from where_is_ai.layers.layer import Drawing, Material, Picture
from where_is_ai.layers.visas import words
from where_is_ai.layers.visas.map_choices import SHARE_LIMITS_PCT
from where_is_ai.layers.visas.metro import FEWEST_CASES
from where_is_ai.layers.visas.notes import METROS, notes
from where_is_ai.maps.bubble_map import BubbleMap, Ranking, by_key
from where_is_ai.maps.bubbles import circles
from where_is_ai.maps.cards import Card, signed_pct
from where_is_ai.maps.formats import both_formats
from where_is_ai.maps.frame import Caption
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.maps.scales import ColourScale

SHARES = ColourScale(SHARE_LIMITS_PCT)
STEM = "Heatmap-USA-AI-Visas"
CARD = "USA-Top-10-AI-Visas-Vertical.png"


def visas_heatmap(material: Material) -> Drawing | None:
    """None where no metro has any AI case."""
    metros = material.tables[METROS]
    if not metros["ai_lca_cases"].gt(0).any():
        return None
    drawn = visas_map(metros, notes(material))
    return Drawing(both_formats(STEM, drawn.draw), drawn.alt, STEM)


def visas_map(metros: pd.DataFrame, about: EditionNotes) -> BubbleMap:
    """``metros`` (MetroVisas) by AI cases (area) and their share of all cases (colour); none, no circle."""
    some = metros[metros["ai_lca_cases"] > 0]
    ranked = some.dropna(subset="rank")
    few = [("muted", [f"fewer than {FEWEST_CASES} cases"])] if len(ranked) < len(some) else []
    return BubbleMap(
        view="usa",
        caption=Caption(words.title(metros), words.map_subtitle(about), about, words.map_caveat(metros)),
        circles=circles(
            some,
            key="area_code",
            name=short_us_names(some["metro"]),
            size=some["ai_lca_cases"],
            colour=some["ai_share_pct"],
            muted=some["rank"].isna(),
            importance=some["all_lca_cases"],
            hover=lambda row: words.hover(row, about),
        ),
        area="Area: AI cases",
        colour="Colour: % of all certified cases",
        colour_narrow="Colour: % of all cases",
        colours=SHARES,
        rankings=(Ranking("Most AI cases", by_key(ranked, "area_code", words.cases_text)),),
        marks=tuple(few),
        reads="The circle's area is the number of certified AI cases, its colour their share of all certified cases.",
        remark=words.map_caveat(metros),
    )


def visas_card(material: Material) -> Drawing | None:
    """None where no metro has enough cases for a rank."""
    metros = material.tables[METROS]
    return metro_card.drawn(CARD, metros, lambda: top_card(metros, notes(material)))


def top_card(metros: pd.DataFrame, about: EditionNotes) -> Card:
    """The ten of ``metros`` (MetroVisas) with most AI cases, and their change since a year before."""
    compared = bool(metros["ai_lca_cases_year_before"].notna().any())
    rows = metro_card.top_ten(
        metros,
        value="ai_lca_cases",
        text=words.cases_text,
        beside=lambda row: f"{row.ai_lca_positions_new:,} new hires",
        colour="ai_share_pct",
        change=lambda row: signed_pct(row.ai_lca_cases_change_pct) if compared else "",
    )
    return Card(
        Caption(words.title(metros), words.measure(about), about, words.caveat(metros)),
        rows,
        SHARES,
        "Colour: % of all certified cases",
        "US metro areas by AI jobs offered to foreign workers",
        since="the same quarter a year before" if compared else "",
    )


PICTURES = (
    Picture(
        "heatmap_usa_ai_visas",
        (METROS,),
        "The USA by metro: circles by certified AI cases of the quarter, colour by their share of all certified cases. "
        "Wide and vertical as PNG, and as a page that zooms.",
        visas_heatmap,
    ),
    Picture(
        "usa_top_10_visas_card",
        (METROS,),
        "The ten metros of the USA with most certified AI cases of the quarter, for a phone held upright, with new "
        "hires and the change since the same quarter a year before.",
        visas_card,
    ),
)
