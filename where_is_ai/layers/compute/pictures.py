"""The pictures of data centres by metro, of the USA and of the world: map and card, each from the edition's table."""

import pandas as pd

from where_is_ai.layers import metro_card
from where_is_ai.layers.compute import words
from where_is_ai.layers.compute.map_choices import PIPELINE_LIMITS_MW
from where_is_ai.layers.compute.notes import METROS, WORLD, notes
from where_is_ai.layers.compute.scopes import THE_USA, THE_WORLD, Scope
from where_is_ai.layers.layer import Drawing, Material, Picture
from where_is_ai.maps.bubble_map import BubbleMap, Ranking, by_key
from where_is_ai.maps.bubbles import circles
from where_is_ai.maps.cards import Card
from where_is_ai.maps.formats import both_formats
from where_is_ai.maps.frame import Caption
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.maps.scales import ColourScale

PIPELINE_MW = ColourScale(PIPELINE_LIMITS_MW)
STEM, WORLD_STEM = "Heatmap-USA-AI-Compute", "Heatmap-World-AI-Compute"


def usa_heatmap(material: Material) -> Drawing:
    return _heatmap(material, THE_USA, STEM)


def world_heatmap(material: Material) -> Drawing:
    return _heatmap(material, THE_WORLD, WORLD_STEM)


def _heatmap(material: Material, scope: Scope, stem: str) -> Drawing:
    drawn = compute_map(material.tables[scope.table], notes(material), scope)
    return Drawing(both_formats(stem, drawn.draw), drawn.alt, stem)


def compute_map(metros: pd.DataFrame, about: EditionNotes, scope: Scope = THE_USA) -> BubbleMap:
    """``metros`` (of the scope's table) by H100 equivalents (area) and megawatts in the pipeline (colour)."""
    ranked, planned = metros.dropna(subset="rank"), bool((metros["sites"] == 0).any())
    short, _ = scope.names(metros)
    return BubbleMap(
        view=scope.view,
        caption=Caption(
            words.title(metros, scope), words.map_subtitle(about), about, words.map_caveat(metros)
        ),
        circles=circles(
            metros,
            key=scope.key,
            name=short,
            size=metros["h100e"].where(metros["h100e"] > 0),
            colour=metros["pipeline_mw"],
            lower_bound=metros["sites_unknown"] > 0,
            hover=lambda row: words.hover(row, about),
        ),
        area="Area: H100 equivalents",
        colour="Colour: pipeline, MW",
        colours=PIPELINE_MW,
        rankings=(Ranking("Most H100 equivalents", by_key(ranked, scope.key, words.h100e_text)),),
        marks=(("unknown", ["planned only, or unknown"]),) if planned else (),
        reads="The circle's area is the computing power of AI data centres in H100 equivalents, its colour the "
        "megawatts planned after the quarter.",
    )


def usa_card(material: Material) -> Drawing | None:
    return _card(material, THE_USA, "USA-Top-10-AI-Compute-Vertical.png")


def world_card(material: Material) -> Drawing | None:
    return _card(material, THE_WORLD, "World-Top-10-AI-Compute-Vertical.png")


def _card(material: Material, scope: Scope, file: str) -> Drawing | None:
    """None where no metro has any capacity."""
    metros = material.tables[scope.table]
    return metro_card.drawn(file, metros, lambda: top_card(metros, notes(material), scope))


def top_card(metros: pd.DataFrame, about: EditionNotes, scope: Scope = THE_USA) -> Card:
    """The ten of ``metros`` (of the scope's table) with most H100 equivalents."""
    rows = metro_card.top_ten(
        metros,
        value="h100e",
        text=words.h100e_text,
        beside=words.sites_text,
        colour="pipeline_mw",
        names=scope.names,
    )
    return Card(
        Caption(words.title(metros, scope), words.measure(about), about, words.caveat(metros)),
        rows,
        PIPELINE_MW,
        "Colour: pipeline, MW",
        f"{scope.whose} by H100 equivalents of AI data centres",
        since=None,
    )


PICTURES = (
    Picture(
        "heatmap_usa_ai_compute",
        (METROS,),
        "The USA by metro: circles by H100 equivalents of AI data centres at the quarter's end, colour by the "
        "megawatts planned after it. Wide and vertical as PNG, and as a page that zooms.",
        usa_heatmap,
    ),
    Picture(
        "usa_top_10_compute_card",
        (METROS,),
        "The ten metros of the USA with most H100 equivalents in AI data centres, for a phone held upright, with how "
        "many data centres there are and how many are planned.",
        usa_card,
    ),
    Picture(
        "heatmap_world_ai_compute",
        (WORLD, METROS),
        "The world by metro: circles by H100 equivalents of AI data centres at the quarter's end, colour by the "
        "megawatts planned after it. Wide and vertical as PNG, and as a page that zooms.",
        world_heatmap,
    ),
    Picture(
        "world_top_10_compute_card",
        (WORLD, METROS),
        "The ten metros of the world with most H100 equivalents in AI data centres, for a phone held upright, with "
        "how many data centres there are and how many are planned.",
        world_card,
    ),
)
