"""The pictures of AI postings by metro: map and card, each from the edition's table."""

import pandas as pd

from where_is_ai import maps
from where_is_ai.layers.layer import Drawing, Material, Picture
from where_is_ai.layers.postings.notes import METROS, notes
from where_is_ai.maps import EditionNotes
from where_is_ai.maps.formats import both_formats


def postings_heatmap(material: Material) -> Drawing:
    metros, about = _postings(material)
    stem = "Heatmap-USA-AI-Postings"
    figures = both_formats(stem, lambda layout: maps.postings_map(metros, about, layout))
    return Drawing(figures, maps.postings_alt(metros, about), stem)


def postings_card(material: Material) -> Drawing | None:
    """None where no metro qualifies for the ranking."""
    metros, about = _postings(material)
    if metros["rank"].isna().all():
        return None
    figure = maps.postings_card(metros, about)
    return Drawing({"USA-Top-10-AI-Postings-Vertical.png": figure}, maps.postings_card_alt(metros, about))


def _postings(material: Material) -> tuple[pd.DataFrame, EditionNotes]:
    return material.tables[METROS], notes(material)


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
