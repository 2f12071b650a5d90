"""The pictures of funding by metro: map and card, each from the edition's table."""

import pandas as pd

from where_is_ai.geography.names import short_us_names
from where_is_ai.layers import metro_card
from where_is_ai.layers.funding import words
from where_is_ai.layers.funding.map_choices import SHARE_LIMITS_PCT
from where_is_ai.layers.funding.notes import METROS, notes
from where_is_ai.layers.layer import Drawing, Material, Picture
from where_is_ai.maps.bubble_map import BubbleMap, Ranking, by_key
from where_is_ai.maps.bubbles import circles
from where_is_ai.maps.cards import Card
from where_is_ai.maps.formats import both_formats
from where_is_ai.maps.frame import Caption
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.maps.scales import ColourScale

AI_SHARE_PCT = ColourScale(SHARE_LIMITS_PCT)
STEM = "Heatmap-USA-AI-Funding"
COLOUR = "Colour: AI share of companies that filed, %"


def funding_heatmap(material: Material) -> Drawing:
    drawn = funding_map(material.tables[METROS], notes(material))
    return Drawing(both_formats(STEM, drawn.draw), drawn.alt, STEM)


def funding_map(metros: pd.DataFrame, about: EditionNotes) -> BubbleMap:
    """``metros`` (MetroFunding) by amount sold in million US dollars (area) and AI share of issuers (colour)."""
    ranked = metros.dropna(subset="rank")
    nothing = metros["ai_amount_sold_usd"].fillna(0) <= 0
    return BubbleMap(
        view="usa",
        caption=Caption(words.title(metros), words.map_subtitle(about), about, words.caveat(metros)),
        circles=circles(
            metros,
            key="area_code",
            name=short_us_names(metros["metro"]),
            size=(metros["ai_amount_sold_usd"] / words.MILLION).mask(nothing),
            colour=metros["ai_issuers_pct"],
            lower_bound=metros["ai_unknown_offerings"] > 0,
            importance=metros["operating_issuers"],
            hover=lambda row: words.hover(row, about),
        ),
        area="Area: sold, million US dollars",
        colour=COLOUR,
        colour_narrow="Colour: AI share of issuers, %",
        colours=AI_SHARE_PCT,
        rankings=(Ranking("Most money raised", by_key(ranked, "area_code", words.sold_text)),),
        marks=(("unknown", ["nothing sold yet, or unknown"]),) if nothing.any() else (),
        reads="The circle's area is what AI companies reported to have sold in private offerings in the quarter, its "
        "colour their share of all operating companies that filed.",
        remark=words.caveat(metros),
    )


def funding_card(material: Material) -> Drawing | None:
    """None where no metro's offerings sold anything."""
    metros = material.tables[METROS]
    return metro_card.drawn(
        "USA-Top-10-AI-Funding-Vertical.png", metros, lambda: top_card(metros, notes(material))
    )


def top_card(metros: pd.DataFrame, about: EditionNotes) -> Card:
    """The ten of ``metros`` (MetroFunding) where most was sold."""
    rows = metro_card.top_ten(
        metros,
        value="ai_amount_sold_usd",
        text=words.sold_text,
        beside=lambda row: f"{row.ai_issuers} AI compan{'y' if row.ai_issuers == 1 else 'ies'}",
        colour="ai_issuers_pct",
    )
    return Card(
        Caption(words.title(metros), words.measure(about), about, words.caveat(metros)),
        rows,
        AI_SHARE_PCT,
        COLOUR,
        "US metro areas by amounts sold in AI companies' private offerings",
        since=None,
    )


PICTURES = (
    Picture(
        "heatmap_usa_ai_funding",
        (METROS,),
        "The USA by metro: circles by what AI companies reported to have sold in private offerings in the quarter, "
        "colour by their share of all operating companies that filed. Wide and vertical as PNG, and as a page that "
        "zooms.",
        funding_heatmap,
    ),
    Picture(
        "usa_top_10_funding_card",
        (METROS,),
        "The ten metros of the USA whose AI companies reported most money raised in private offerings, for a phone "
        "held upright, with how many companies they are.",
        funding_card,
    ),
)
