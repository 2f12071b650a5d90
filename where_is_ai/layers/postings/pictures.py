"""The pictures of AI postings by metro: map and card, each from the edition's table."""

import pandas as pd

from where_is_ai.geography.names import short_us_names, state_names
from where_is_ai.layers import metro_card
from where_is_ai.layers.layer import Drawing, Material, Picture
from where_is_ai.layers.postings import words
from where_is_ai.layers.postings.metro import ENOUGH_EMPLOYERS
from where_is_ai.layers.postings.notes import METROS, notes
from where_is_ai.maps.bubble_map import BubbleMap, Ranking, by_key
from where_is_ai.maps.bubbles import circles
from where_is_ai.maps.cards import Card, signed_pct
from where_is_ai.maps.formats import both_formats
from where_is_ai.maps.frame import Caption
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.maps.scales import ColourScale


def postings_heatmap(material: Material) -> Drawing:
    drawn = postings_map(material.tables[METROS], notes(material))
    stem = "Heatmap-USA-AI-Postings"
    return Drawing(both_formats(stem, drawn.draw), drawn.alt, stem)


def postings_map(metros: pd.DataFrame, about: EditionNotes) -> BubbleMap:
    """``metros`` (MetroPostings) by AI postings per 100,000 residents (area) and AI share of all postings (colour)."""
    new = words.kind(metros)
    return BubbleMap(
        view="usa",
        caption=Caption(
            words.title(metros), words.map_subtitle(metros, about), about, words.map_caveat(metros)
        ),
        circles=circles(
            metros,
            key="area_code",
            name=short_us_names(metros["metro"]),
            # A metro that is not ranked has no size that could be held against those of the ranked.
            size=metros["ai_postings_per_100k"].where(metros["rank"].notna()),
            colour=metros["ai_share_pct"],
            muted=words.too_few(metros),
            importance=metros["population"],
            hover=lambda row: words.hover(row, about, new),
        ),
        area=f"Area: {new} AI postings per 100,000 residents",
        colour="Colour: AI share of postings, %",
        colours=_colours(metros),
        rankings=(
            Ranking(
                "Most per 100,000 residents",
                by_key(_ranked(metros), "area_code", words.per_100k_text),
                unit=" per 100k",
            ),
        ),
        marks=(
            ("muted", [f"fewer than {ENOUGH_EMPLOYERS} employers:", "too few to speak for the metro"]),
            ("unknown", ["not ranked: too few residents", "or AI postings"]),
        ),
        reads=f"The circle's area is {new} AI job postings per 100,000 residents, its colour the AI share of all "
        "postings.",
    )


def postings_card(material: Material) -> Drawing | None:
    """None where no metro qualifies for the ranking."""
    metros = material.tables[METROS]
    return metro_card.drawn(
        "USA-Top-10-AI-Postings-Vertical.png", metros, lambda: top_card(metros, notes(material))
    )


def top_card(metros: pd.DataFrame, about: EditionNotes) -> Card:
    """The first ten of ``metros`` (MetroPostings) that qualify; their growth is like for like."""
    grown = metros["growth_pct"].notna().any()
    rows = metro_card.top_ten(
        metros.sort_values("area_code"),
        value="ai_postings_per_100k",
        text=lambda row: f"{words.per_100k_text(row)} per 100k",
        beside=lambda row: f"{row.ai_postings:,} postings, called AI at {row.employers:,} employers",
        colour="ai_share_pct",
        change=lambda row: signed_pct(row.growth_pct) if grown else "",
    )
    return Card(
        Caption(words.title(metros), words.measure(metros, about), about, words.caveat(metros)),
        rows,
        _colours(metros),
        "Colour: AI share of postings, %",
        f"US metro areas by {words.kind(metros)} AI job postings per 100,000 residents",
        "the quarter before, like for like" if grown else "",
    )


def _colours(metros: pd.DataFrame) -> ColourScale:
    """The same classes on map and card."""
    return ColourScale.over(metros["ai_share_pct"].dropna().to_list())


def _ranked(metros: pd.DataFrame) -> pd.DataFrame:
    """The metros that qualify, first to last, with the name and state that pictures call each."""
    named = metros.assign(short=short_us_names(metros["metro"]), state_name=state_names(metros["metro"]))
    return named.dropna(subset=["rank"]).sort_values(["rank", "area_code"])


PICTURES = (
    Picture(
        "heatmap_usa_ai_postings",
        (METROS,),
        "The USA by metro: circles by AI postings per 100,000 residents, colour by their share of all postings. Wide "
        "and vertical as PNG, and as a page that zooms.",
        postings_heatmap,
    ),
    Picture(
        "usa_top_10_postings_card",
        (METROS,),
        "The ten metros of the USA with most AI postings per 100,000 residents of those that qualify, for a phone held "
        "upright, with growth on the boards read in both quarters.",
        postings_card,
    ),
)
