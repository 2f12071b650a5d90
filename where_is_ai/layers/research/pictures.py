"""The pictures of AI papers by metro: maps, card and small multiples, each from the edition's tables."""

from dataclasses import replace

import pandas as pd

from where_is_ai import maps
from where_is_ai.layers.layer import Drawing, Material, Picture
from where_is_ai.layers.research.notes import METROS, citation_notes, method_of, notes, notes_of, of_method
from where_is_ai.maps import EditionNotes
from where_is_ai.maps.formats import both_formats
from where_is_ai.quarters import Quarter


def world_heatmap(material: Material) -> Drawing:
    metros, about = _world(material)
    stem = "Heatmap-World-AI-Cities"
    figures = both_formats(stem, lambda layout: maps.world_map(metros, about, layout))
    return Drawing(figures, maps.world_alt(metros, about), stem)


def world_card(material: Material) -> Drawing:
    metros, about = _world(material)
    changes, since = _world_changes(material)
    figure = maps.world_card(metros, about, changes, since)
    return Drawing({"World-Top-10-AI-Cities-Vertical.png": figure}, maps.world_card_alt(metros, about))


def world_multiples(material: Material) -> Drawing | None:
    """The quarters at hand up to the edition's own; None where that is the only one."""
    earlier = _of_one_method(material)
    if not earlier:
        return None
    editions = [
        (replace(notes_of(metros, quarter), period=str(quarter), basis=_basis(metros)), metros)
        for quarter, metros in (*earlier, (material.quarter, material.tables[METROS]))
    ]
    figures = both_formats(
        "World-Top-12-AI-Cities-Over-Time", lambda layout: maps.world_multiples(editions, layout)
    )
    return Drawing(figures, maps.world_multiples_alt(editions))


def world_citations(material: Material) -> Drawing:
    metros = material.tables["world_ai_research_cited"]
    about = citation_notes(material)
    stem = "Heatmap-World-AI-Citations"
    figures = both_formats(stem, lambda layout: maps.world_citations_map(metros, about, layout))
    return Drawing(figures, maps.world_citations_alt(metros, about), stem)


def _world(material: Material) -> tuple[pd.DataFrame, EditionNotes]:
    return material.tables[METROS], notes(material)


def _of_one_method(material: Material) -> list[tuple[Quarter, pd.DataFrame]]:
    """The earlier quarters that were counted by the same method."""
    return of_method(material.earlier.get(METROS, ()), method_of(material.tables[METROS]).name)


def _world_changes(material: Material) -> tuple[pd.DataFrame | None, str]:
    """Changes since the quarter before, where the trend tells any."""
    trend = material.tables.get("world_ai_research_trend")
    if trend is None or not (earlier := _of_one_method(material)):
        return None, ""
    return trend[trend["quarter"] == str(material.quarter)], str(earlier[-1][0])


def _basis(metros: pd.DataFrame) -> str:
    first = metros.iloc[0]
    return " ".join(str(first[column]) for column in ("method", "definition", "geography", "classification"))


PICTURES = (
    Picture(
        "heatmap_world_ai_cities",
        (METROS,),
        "The world by metro: circles and colour by AI papers, by the method that the subtitle names. Wide and vertical "
        "as PNG, and as a page that zooms.",
        world_heatmap,
    ),
    Picture(
        "heatmap_world_ai_citations",
        ("world_ai_research_cited", METROS),
        "The world by metro: circles by AI papers in the most cited 10 %, colour by their share. Wide and vertical as "
        "PNG, and as a page that zooms.",
        world_citations,
    ),
    Picture(
        "world_top_10_card",
        (METROS, "world_ai_research_trend"),
        "The ten metros of the world with most AI papers, for a phone held upright: rank, value, institutions, and "
        "the change since the quarter before, where the two can be compared.",
        world_card,
        earlier=(METROS,),
    ),
    Picture(
        "world_top_12_over_time",
        (METROS,),
        "Small multiples: the twelve leading metros of the world in each quarter at hand, with a dashed line where "
        "quarters can't be compared.",
        world_multiples,
        earlier=(METROS,),
    ),
)
