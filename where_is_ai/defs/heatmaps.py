"""The maps of an edition: interactive pages, and pictures that all come out of one browser session."""

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import dagster as dg
import pandas as pd
from PIL import Image

from where_is_ai.defs.groups import OWNERS, PUBLICATION
from where_is_ai.defs.partitions import QUARTERS, quarter_of
from where_is_ai.defs.resources import Choices
from where_is_ai.defs.steps import multi_asset
from where_is_ai.errors import NoBrowser
from where_is_ai.publication import notes
from where_is_ai.publication.maps import (
    VERTICAL,
    WIDE,
    postings_map,
    usa_map,
    world_citations_map,
    world_map,
    write_html,
)
from where_is_ai.publication.pictures import render

PICTURES_DRAWN = "pictures_drawn"
PREVIEW_WIDTH_PX = 960


@dataclass(frozen=True)
class Heatmap:
    """One map: its asset, the table and the raw answers it rests on, its files' stem, and how it is drawn.

    ``notes`` gives an EditionNotes from the quarter, the run's choices and the archive entries; ``draw`` a figure
    from the table, the notes and a layout.
    """

    asset: str
    table: str
    raw: str
    stem: str
    description: str
    notes: Callable
    draw: Callable


HEATMAPS = {
    heatmap.asset: heatmap
    for heatmap in (
        Heatmap(
            asset="heatmap_usa_ai_jobs",
            table="usa_ai_employment_by_msa",
            raw="raw_oews_metro",
            stem="Heatmap-USA-AI-Jobs",
            description="The USA by metro: circles by AI workers, colour by AI workers per 1,000 jobs.",
            notes=notes.of_employment,
            draw=usa_map,
        ),
        Heatmap(
            asset="heatmap_world_ai_cities",
            table="world_ai_research_by_metro",
            raw="raw_openalex_works_by_institution",
            stem="Heatmap-World-AI-Cities",
            description="The world by metro: circles and colour by AI papers.",
            notes=notes.of_research,
            draw=world_map,
        ),
        Heatmap(
            asset="heatmap_world_ai_citations",
            table="world_ai_research_cited",
            raw="raw_openalex_works_by_institution",
            stem="Heatmap-World-AI-Citations",
            description="The world by metro: circles by AI papers in the most cited 10 %, colour by their share. "
            "Wide and vertical as PNG, and as a page that zooms.",
            notes=notes.of_citations,
            draw=world_citations_map,
        ),
        Heatmap(
            asset="heatmap_usa_ai_postings",
            table="usa_ai_postings_by_metro",
            raw="raw_job_boards",
            stem="Heatmap-USA-AI-Postings",
            description="The USA by metro: circles by AI postings per 100,000 residents, colour by their share.",
            notes=notes.of_postings,
            draw=lambda table, about, layout: postings_map(table, notes.with_basis(about, table), layout),
        ),
    )
}


@multi_asset(
    specs=[
        dg.AssetSpec(
            heatmap.asset,
            deps=[heatmap.table],
            group_name=PUBLICATION,
            owners=OWNERS,
            kinds={"plotly", "png", "html"},
            description=heatmap.description,
        )
        for heatmap in HEATMAPS.values()
    ],
    check_specs=[
        dg.AssetCheckSpec(
            PICTURES_DRAWN, asset=asset, description="A browser was there to draw the PNGs with."
        )
        for asset in HEATMAPS
    ],
    partitions_def=QUARTERS,
    can_subset=True,
)
def heatmaps(context: dg.AssetExecutionContext, choices: Choices) -> Iterator[dg.MaterializeResult]:
    """Draw the selected maps; pages always, pictures where there is a Chromium, all in one session of it."""
    chosen = [HEATMAPS[key.to_user_string()] for key in sorted(context.selected_asset_keys)]
    edition, quarter = choices.edition(context), quarter_of(context)
    tables = {heatmap.asset: choices.shelf.table(heatmap.table, quarter) for heatmap in chosen}
    figures = {
        heatmap.asset: _figures(context, choices, heatmap, tables[heatmap.asset])
        for heatmap in chosen
        if len(tables[heatmap.asset])
    }
    for asset, drawn in figures.items():
        write_html(
            edition.path(f"{HEATMAPS[asset].stem}.html"), list(drawn.values()), HEATMAPS[asset].stem, ""
        )
    problem = _draw(
        {edition.path(name): figure for drawn in figures.values() for name, figure in drawn.items()}
    )
    for heatmap in chosen:
        yield _result(heatmap, edition.path(f"{heatmap.stem}.png"), heatmap.asset in figures, problem)


def _figures(
    context: dg.AssetExecutionContext, choices: Choices, heatmap: Heatmap, table: pd.DataFrame
) -> dict:
    """The map's figures by file name, one per format."""
    entries = choices.shelf.entries(heatmap.raw, quarter_of(context))
    about = heatmap.notes(quarter_of(context), choices.research_method, entries)
    return {
        f"{heatmap.stem}.png": heatmap.draw(table, about, WIDE),
        f"{heatmap.stem}-Vertical.png": heatmap.draw(table, about, VERTICAL),
    }


def _draw(pictures: dict[Path, object]) -> NoBrowser | None:
    """Write the PNGs; without a browser none stays, so that no picture is older than its table."""
    try:
        render(pictures)
    except NoBrowser as problem:
        for path in pictures:
            path.unlink(missing_ok=True)
        return problem
    return None


def _result(heatmap: Heatmap, picture: Path, drawn: bool, problem: NoBrowser | None) -> dg.MaterializeResult:
    check = dg.AssetCheckResult(
        check_name=PICTURES_DRAWN,
        asset_key=heatmap.asset,
        passed=problem is None,
        severity=dg.AssetCheckSeverity.ERROR,
        description=str(problem) if problem else "Drawn." if drawn else "Nothing to draw.",
    )
    if not drawn:
        return dg.MaterializeResult(
            asset_key=heatmap.asset,
            metadata={"not_drawn": f"{heatmap.table} has no rows."},
            check_results=[check],
        )
    metadata = {"page": dg.MetadataValue.path(str(picture.with_suffix(".html")))}
    if problem is None:
        metadata |= {
            "file": dg.MetadataValue.path(str(picture)),
            "picture": dg.MetadataValue.md(_preview(picture)),
        }
    return dg.MaterializeResult(asset_key=heatmap.asset, metadata=metadata, check_results=[check])


def _preview(picture: Path) -> str:
    """The picture, made smaller, as Markdown that carries it along."""
    small = BytesIO()
    with Image.open(picture) as image:
        image.thumbnail((PREVIEW_WIDTH_PX, PREVIEW_WIDTH_PX))
        image.convert("P", palette=Image.Palette.ADAPTIVE).save(small, "png", optimize=True)
    return f"![{picture.stem}](data:image/png;base64,{base64.b64encode(small.getvalue()).decode()})"
