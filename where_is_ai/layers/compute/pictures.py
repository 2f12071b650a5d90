"""The pictures of data centres by metro: map and card, each from the edition's table."""

import pandas as pd

from where_is_ai.geography.names import short_us_names
from where_is_ai.layers import usa_card
from where_is_ai.layers.compute import words
from where_is_ai.layers.compute.notes import METROS, notes
from where_is_ai.layers.layer import Drawing, Material, Picture
from where_is_ai.maps.bubble_map import BubbleMap, Ranking, by_key
from where_is_ai.maps.bubbles import circles
from where_is_ai.maps.cards import Card
from where_is_ai.maps.formats import both_formats
from where_is_ai.maps.frame import Caption
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.maps.scales import ColourScale

# Most metros have nothing in the pipeline, so classes by how many have what would be one.
PIPELINE_MW = ColourScale((1.0, 200.0, 500.0, 1000.0, 2000.0))
STEM = "Heatmap-USA-AI-Compute"


def compute_heatmap(material: Material) -> Drawing:
    drawn = compute_map(material.tables[METROS], notes(material))
    return Drawing(both_formats(STEM, drawn.draw), drawn.alt, STEM)


def compute_map(metros: pd.DataFrame, about: EditionNotes) -> BubbleMap:
    """``metros`` (MetroCompute) by H100 equivalents (area) and megawatts in the pipeline (colour)."""
    ranked, planned = metros.dropna(subset="rank"), bool((metros["sites"] == 0).any())
    return BubbleMap(
        view="usa",
        caption=Caption(words.title(metros), words.map_subtitle(about), about, words.caveat(metros)),
        circles=circles(
            metros,
            key="area_code",
            name=short_us_names(metros["metro"]),
            size=metros["h100e"].where(metros["h100e"] > 0),
            colour=metros["pipeline_mw"],
            lower_bound=metros["sites_unknown"] > 0,
            hover=lambda row: words.hover(row, about),
        ),
        area="Area: H100 equivalents",
        colour="Colour: pipeline, MW",
        colours=PIPELINE_MW,
        rankings=(Ranking("Most H100 equivalents", by_key(ranked, "area_code", words.h100e_text)),),
        marks=(("unknown", ["planned only, or unknown"]),) if planned else (),
        reads="The circle's area is the computing power of AI data centres in H100 equivalents, its colour the "
        "megawatts planned after the quarter.",
    )


def compute_card(material: Material) -> Drawing | None:
    """None where no metro has any capacity."""
    metros = material.tables[METROS]
    return usa_card.drawn(
        "USA-Top-10-AI-Compute-Vertical.png", metros, lambda: top_card(metros, notes(material))
    )


def top_card(metros: pd.DataFrame, about: EditionNotes) -> Card:
    """The ten of ``metros`` (MetroCompute) with most H100 equivalents."""
    rows = usa_card.top_ten(
        metros,
        value="h100e",
        text=words.h100e_text,
        beside=words.sites_text,
        colour="pipeline_mw",
    )
    return Card(
        Caption(words.title(metros), words.measure(about), about, words.caveat(metros)),
        rows,
        PIPELINE_MW,
        "Colour: pipeline, MW",
        "US metro areas by H100 equivalents of AI data centres",
    )


PICTURES = (
    Picture(
        "heatmap_usa_ai_compute",
        (METROS,),
        "The USA by metro: circles by H100 equivalents of AI data centres at the quarter's end, colour by the "
        "megawatts planned after it. Wide and vertical as PNG, and as a page that zooms.",
        compute_heatmap,
    ),
    Picture(
        "usa_top_10_compute_card",
        (METROS,),
        "The ten metros of the USA with most H100 equivalents in AI data centres, for a phone held upright, with how "
        "many data centres there are and how many are planned.",
        compute_card,
    ),
)
