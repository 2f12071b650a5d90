"""The pictures of AI patents by metro: map and card, each from the edition's table."""

import pandas as pd

from where_is_ai.geography.names import short_us_names
from where_is_ai.layers import metro_card
from where_is_ai.layers.layer import Drawing, Material, Picture
from where_is_ai.layers.patents import words
from where_is_ai.layers.patents.map_choices import SHARE_LIMITS_PCT
from where_is_ai.layers.patents.notes import METROS, notes
from where_is_ai.maps.bubble_map import BubbleMap, Ranking, by_key
from where_is_ai.maps.bubbles import circles
from where_is_ai.maps.cards import Card
from where_is_ai.maps.formats import both_formats
from where_is_ai.maps.frame import Caption
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.maps.scales import ColourScale

AI_SHARE_PCT = ColourScale(SHARE_LIMITS_PCT)
STEM = "Heatmap-USA-AI-Patents"
COLOUR = "Colour: AI share of patents, %"


def patents_heatmap(material: Material) -> Drawing:
    drawn = patents_map(material.tables[METROS], notes(material))
    return Drawing(both_formats(STEM, drawn.draw), drawn.alt, STEM)


def patents_map(metros: pd.DataFrame, about: EditionNotes) -> BubbleMap:
    """``metros`` (MetroPatents) by AI patents (area) and their share of all patents there (colour)."""
    ranked = metros.dropna(subset="rank")
    return BubbleMap(
        view="usa",
        caption=Caption(words.title(metros), words.map_subtitle(about), about, words.LAG),
        circles=circles(
            metros,
            key="area_code",
            name=short_us_names(metros["metro"]),
            size=metros["ai_patents"].where(metros["ai_patents"] > 0),
            colour=metros["ai_share_pct"],
            importance=metros["all_patents"],
            hover=lambda row: words.hover(row, about),
        ),
        area="Area: AI patents, by inventors' shares",
        colour=COLOUR,
        colours=AI_SHARE_PCT,
        rankings=(Ranking("Most AI patents", by_key(ranked, "area_code", words.patents_text)),),
        marks=(("unknown", ["by the wider list alone"]),) if len(ranked) < len(metros) else (),
        reads="The circle's area is AI patents granted in the quarter by their inventors' homes, its colour their "
        "share of all patents there.",
        remark=words.LAG,
    )


def patents_card(material: Material) -> Drawing | None:
    """None where no metro has any."""
    metros = material.tables[METROS]
    return metro_card.drawn(
        "USA-Top-10-AI-Patents-Vertical.png", metros, lambda: top_card(metros, notes(material))
    )


def top_card(metros: pd.DataFrame, about: EditionNotes) -> Card:
    """The ten of ``metros`` (MetroPatents) with most AI patents."""
    rows = metro_card.top_ten(
        metros,
        value="ai_patents",
        text=words.patents_text,
        beside=lambda row: f"{row.ai_patents_any} with an inventor there",
        colour="ai_share_pct",
    )
    return Card(
        Caption(words.title(metros), words.measure(about), about, words.LAG),
        rows,
        AI_SHARE_PCT,
        COLOUR,
        "US metro areas by AI patents of their inventors",
        since=None,
    )


PICTURES = (
    Picture(
        "heatmap_usa_ai_patents",
        (METROS,),
        "The USA by metro: circles by AI patents granted in the quarter, by their inventors' homes, colour by their "
        "share of all patents there. Wide and vertical as PNG, and as a page that zooms.",
        patents_heatmap,
    ),
    Picture(
        "usa_top_10_patents_card",
        (METROS,),
        "The ten metros of the USA with most AI patents by their inventors' homes, for a phone held upright, with how "
        "many have an inventor there.",
        patents_card,
    ),
)
