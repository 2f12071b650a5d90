"""The pictures of an edition: which there are, what each is drawn from, and what it says to those who can't see it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd
import plotly.graph_objects as go

from where_is_ai import maps
from where_is_ai.archive.entry import Entry
from where_is_ai.layers.employment.breaks import segment
from where_is_ai.layers.employment.releases import known_releases, release_known_in
from where_is_ai.layers.research.methods import Method
from where_is_ai.maps import VERTICAL, WIDE, EditionNotes
from where_is_ai.publication import notes
from where_is_ai.quarters import Quarter


@dataclass(frozen=True)
class Material:
    """What pictures are drawn from: tables by name, archive entries by raw asset, earlier research by quarter."""

    quarter: Quarter
    method: Method
    tables: Mapping[str, pd.DataFrame]
    entries: Mapping[str, Sequence[Entry]]
    earlier_research: Sequence[tuple[Quarter, pd.DataFrame]] = ()

    def about(self, of_layer: Callable, raw: str) -> EditionNotes:
        return of_layer(self.quarter, self.method, self.entries.get(raw, ()))


@dataclass(frozen=True)
class Drawing:
    """Figures by the name of their PNG, one text for all of them, and the stem of the page that shows them, if any."""

    figures: Mapping[str, go.Figure]
    alt: str
    page: str = ""


@dataclass(frozen=True)
class Picture:
    """One asset of the gallery: the tables it needs (the first must have rows), its raw answers, how it is drawn."""

    asset: str
    tables: tuple[str, ...]
    raw: str
    description: str
    draw: Callable[[Material], Drawing | None] = field(repr=False)


def both_formats(stem: str, draw: Callable[..., go.Figure]) -> dict[str, go.Figure]:
    return {f"{stem}.png": draw(layout=WIDE), f"{stem}-Vertical.png": draw(layout=VERTICAL)}


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
    if not material.earlier_research:
        return None
    editions = [
        (
            replace(
                notes.of_research(quarter, material.method, ()), period=str(quarter), basis=_basis(metros)
            ),
            metros,
        )
        for quarter, metros in (*material.earlier_research, (material.quarter, _world(material)[0]))
    ]
    figures = both_formats(
        "World-Top-12-AI-Cities-Over-Time", lambda layout: maps.world_multiples(editions, layout)
    )
    return Drawing(figures, maps.world_multiples_alt(editions))


def world_citations(material: Material) -> Drawing:
    metros = material.tables["world_ai_research_cited"]
    about = material.about(notes.of_citations, "raw_openalex_works_by_institution")
    stem = "Heatmap-World-AI-Citations"
    figures = both_formats(stem, lambda layout: maps.world_citations_map(metros, about, layout))
    return Drawing(figures, maps.world_citations_alt(metros, about), stem)


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
    metros = material.tables["usa_ai_postings_by_metro"]
    return metros, notes.with_basis(material.about(notes.of_postings, "raw_job_boards"), metros)


def _usa(material: Material) -> tuple[pd.DataFrame, EditionNotes]:
    return material.tables["usa_ai_employment_by_msa"], material.about(notes.of_employment, "raw_oews_metro")


def _world(material: Material) -> tuple[pd.DataFrame, EditionNotes]:
    about = material.about(notes.of_research, "raw_openalex_works_by_institution")
    return material.tables["world_ai_research_by_metro"], about


def _world_changes(material: Material) -> tuple[pd.DataFrame | None, str]:
    """Changes since the quarter before, where the trend tells any."""
    trend = material.tables.get("world_ai_research_trend")
    if trend is None or not material.earlier_research:
        return None, ""
    return trend[trend["quarter"] == str(material.quarter)], str(material.earlier_research[-1][0])


def _basis(metros: pd.DataFrame) -> str:
    first = metros.iloc[0]
    return " ".join(str(first[column]) for column in ("method", "definition", "geography", "classification"))


GALLERY = (
    Picture(
        "heatmap_usa_ai_jobs",
        ("usa_ai_employment_by_msa",),
        "raw_oews_metro",
        "The USA by metro: circles by AI workers, colour by AI workers per 1,000 jobs. A metro whose number is a lower "
        "bound has a broken outline. Wide and vertical as PNG, and as a page that zooms.",
        usa_heatmap,
    ),
    Picture(
        "usa_top_10_card",
        ("usa_ai_employment_by_msa", "usa_ai_employment_yoy"),
        "raw_oews_metro",
        "The ten metros of the USA with most AI workers, for a phone held upright: rank, value, share of jobs, and the "
        "change since the release before, where the two can be compared.",
        usa_card,
    ),
    Picture(
        "usa_top_12_over_time",
        ("usa_ai_employment_by_msa", "usa_ai_employment_series"),
        "raw_oews_metro",
        "Small multiples: the twelve leading metros of the USA in each release at hand, with a dashed line where "
        "releases can't be compared.",
        usa_multiples,
    ),
    Picture(
        "heatmap_world_ai_cities",
        ("world_ai_research_by_metro",),
        "raw_openalex_works_by_institution",
        "The world by metro: circles and colour by AI papers, by the method that the subtitle names. Wide and vertical "
        "as PNG, and as a page that zooms.",
        world_heatmap,
    ),
    Picture(
        "heatmap_world_ai_citations",
        ("world_ai_research_cited",),
        "raw_openalex_works_by_institution",
        "The world by metro: circles by AI papers in the most cited 10 %, colour by their share. Wide and vertical as "
        "PNG, and as a page that zooms.",
        world_citations,
    ),
    Picture(
        "world_top_10_card",
        ("world_ai_research_by_metro", "world_ai_research_trend"),
        "raw_openalex_works_by_institution",
        "The ten metros of the world with most AI papers, for a phone held upright: rank, value, institutions, and "
        "the change since the quarter before, where the two can be compared.",
        world_card,
    ),
    Picture(
        "world_top_12_over_time",
        ("world_ai_research_by_metro",),
        "raw_openalex_works_by_institution",
        "Small multiples: the twelve leading metros of the world in each quarter at hand, with a dashed line where "
        "quarters can't be compared.",
        world_multiples,
    ),
    Picture(
        "heatmap_usa_ai_postings",
        ("usa_ai_postings_by_metro",),
        "raw_job_boards",
        "The USA by metro: circles by AI postings per 100,000 residents, colour by their share of all postings. Wide "
        "and vertical as PNG, and as a page that zooms.",
        postings_heatmap,
    ),
    Picture(
        "usa_top_10_postings_card",
        ("usa_ai_postings_by_metro",),
        "raw_job_boards",
        "The ten metros of the USA with most AI postings per 100,000 residents of those that qualify, for a phone held "
        "upright, with growth on the boards read in both quarters.",
        postings_card,
    ),
)


def pictures_of(raw: str) -> list[str]:
    """The assets of the pictures that rest on the raw asset ``raw``."""
    return [picture.asset for picture in GALLERY if picture.raw == raw]
