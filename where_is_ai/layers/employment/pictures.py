"""The pictures of AI workers by metro: map, card and small multiples, each from the edition's tables."""

from dataclasses import replace

import pandas as pd

from where_is_ai import maps
from where_is_ai.layers.employment.breaks import segment
from where_is_ai.layers.employment.notes import notes
from where_is_ai.layers.employment.releases import known_releases, release_known_in
from where_is_ai.layers.layer import Drawing, Material, Picture
from where_is_ai.maps import EditionNotes
from where_is_ai.maps.formats import both_formats


def usa_heatmap(material: Material) -> Drawing:
    metros, about = _usa(material)
    stem = "Heatmap-USA-AI-Jobs"
    figures = both_formats(stem, lambda layout: maps.usa_map(metros, about, layout))
    return Drawing(figures, maps.usa_alt(metros, about), stem)


def usa_card(material: Material) -> Drawing:
    metros, about = _usa(material)
    changes = material.tables.get("usa_ai_employment_yoy")
    since = str(release_known_in(material.quarter).previous) if changes is not None else ""
    figure = maps.usa_card(metros, about, changes, since)
    return Drawing({"USA-Top-10-AI-Cities-Vertical.png": figure}, maps.usa_card_alt(metros, about))


def usa_multiples(material: Material) -> Drawing | None:
    """The releases at hand up to the edition's own; None where that is the only one."""
    metros, about = _usa(material)
    series = material.tables["usa_ai_employment_series"]
    own = release_known_in(material.quarter)
    editions = [
        (replace(about, period=str(release), basis=str(segment(release.reference_month))), of_release)
        for release in known_releases()
        if release < own and len(of_release := series[series["oews_release"] == release.reference_month])
    ]
    if not editions:
        return None
    editions.append((replace(about, basis=str(segment(own.reference_month))), metros))
    figures = both_formats(
        "USA-Top-12-AI-Cities-Over-Time", lambda layout: maps.usa_multiples(editions, layout)
    )
    return Drawing(figures, maps.usa_multiples_alt(editions))


def _usa(material: Material) -> tuple[pd.DataFrame, EditionNotes]:
    return material.tables["usa_ai_employment_by_msa"], notes(material)


PICTURES = (
    Picture(
        "heatmap_usa_ai_jobs",
        ("usa_ai_employment_by_msa",),
        "The USA by metro: circles by AI workers, colour by AI workers per 1,000 jobs. A metro whose number is a lower "
        "bound has a broken outline. Wide and vertical as PNG, and as a page that zooms.",
        usa_heatmap,
    ),
    Picture(
        "usa_top_10_card",
        ("usa_ai_employment_by_msa", "usa_ai_employment_yoy"),
        "The ten metros of the USA with most AI workers, for a phone held upright: rank, value, share of jobs, and the "
        "change since the release before, where the two can be compared.",
        usa_card,
    ),
    Picture(
        "usa_top_12_over_time",
        ("usa_ai_employment_by_msa", "usa_ai_employment_series"),
        "Small multiples: the twelve leading metros of the USA in each release at hand, with a dashed line where "
        "releases can't be compared.",
        usa_multiples,
    ),
)
