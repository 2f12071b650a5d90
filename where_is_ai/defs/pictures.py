"""The pictures of an edition: interactive pages, and PNGs that all come out of one browser session."""

import base64
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

import dagster as dg
import plotly.graph_objects as go
from PIL import Image

from where_is_ai.defs.groups import OWNERS, PUBLICATION
from where_is_ai.defs.partitions import QUARTERS, quarter_of
from where_is_ai.defs.research_views import earlier_quarters
from where_is_ai.defs.resources import Choices
from where_is_ai.defs.steps import multi_asset
from where_is_ai.errors import NoBrowser
from where_is_ai.maps import write_html
from where_is_ai.maps.render import render, write_alt
from where_is_ai.publication.edition import Edition
from where_is_ai.publication.gallery import GALLERY, Drawing, Material, Picture
from where_is_ai.quarters import Quarter
from where_is_ai.site.figures import write_map_scripts

PICTURES_DRAWN = "pictures_drawn"
PREVIEW_WIDTH_PX = 960


@multi_asset(
    specs=[
        dg.AssetSpec(
            picture.asset,
            deps=[*picture.tables],
            group_name=PUBLICATION,
            owners=OWNERS,
            kinds={"plotly", "png"},
            description=picture.description,
        )
        for picture in GALLERY
    ],
    check_specs=[
        dg.AssetCheckSpec(
            PICTURES_DRAWN, asset=picture.asset, description="A browser was there to draw the PNGs with."
        )
        for picture in GALLERY
    ],
    partitions_def=QUARTERS,
    can_subset=True,
)
def pictures(context: dg.AssetExecutionContext, choices: Choices) -> Iterator[dg.MaterializeResult]:
    """Draw the selected pictures; pages always, PNGs where there is a Chromium, all in one session of it."""
    selected = {key.to_user_string() for key in context.selected_asset_keys}
    chosen = [picture for picture in GALLERY if picture.asset in selected]
    edition, material = choices.edition(context), _material(choices, quarter_of(context), chosen)
    drawings = {picture.asset: _drawn(picture, material) for picture in chosen}
    for drawing in filter(None, drawings.values()):
        _write_texts(edition, drawing)
    problem = _render([drawing for drawing in drawings.values() if drawing], edition)
    for picture in chosen:
        yield _result(picture, drawings[picture.asset], edition, problem)


def _material(choices: Choices, quarter: Quarter, chosen: list[Picture]) -> Material:
    """The tables that are there, whether or not this run made them."""
    names = {table for picture in chosen for table in picture.tables}
    tables = {name: choices.shelf.table(name, quarter) for name in names}
    return Material(
        quarter=quarter,
        method=choices.research_method,
        tables={name: table for name, table in tables.items() if table is not None},
        entries={picture.raw: choices.shelf.entries(picture.raw, quarter) for picture in chosen},
        earlier_research=earlier_quarters(choices, quarter),
    )


def _drawn(picture: Picture, material: Material) -> Drawing | None:
    """The picture's drawing; None where its first table has no rows, or there is nothing to compare."""
    rows = material.tables.get(picture.tables[0])
    return picture.draw(material) if rows is not None and len(rows) else None


def _write_texts(edition: Edition, drawing: Drawing) -> None:
    for name in drawing.figures:
        write_alt(edition.path(name), drawing.alt)
    if drawing.page:
        write_html(
            edition.path(f"{drawing.page}.html"), list(drawing.figures.values()), drawing.page, drawing.alt
        )
        write_map_scripts(edition.folder, drawing.page, list(drawing.figures.values()))


def _render(drawings: list[Drawing], edition: Edition) -> NoBrowser | None:
    """Write the PNGs; without a browser none stays, so that no picture is older than its table."""
    figures: Mapping[Path, go.Figure] = {
        edition.path(name): figure for drawing in drawings for name, figure in drawing.figures.items()
    }
    try:
        render(figures)
    except NoBrowser as problem:
        for path in figures:
            path.unlink(missing_ok=True)
        return problem
    return None


def _result(
    picture: Picture, drawing: Drawing | None, edition: Edition, problem: NoBrowser | None
) -> dg.MaterializeResult:
    check = dg.AssetCheckResult(
        check_name=PICTURES_DRAWN,
        asset_key=picture.asset,
        passed=problem is None,
        severity=dg.AssetCheckSeverity.ERROR,
        description=str(problem) if problem else "Drawn." if drawing else "Nothing to draw.",
    )
    if drawing is None:
        why = f"{picture.tables[0]} has no rows, or nothing to compare."
        return dg.MaterializeResult(
            asset_key=picture.asset, metadata={"not_drawn": why}, check_results=[check]
        )
    metadata: dict[str, object] = {"alt_text": drawing.alt}
    if drawing.page:
        metadata["page"] = dg.MetadataValue.path(str(edition.path(f"{drawing.page}.html")))
    if problem is None:
        first = edition.path(next(iter(drawing.figures)))
        metadata |= {"files": list(drawing.figures), "picture": dg.MetadataValue.md(_preview(first))}
    return dg.MaterializeResult(asset_key=picture.asset, metadata=metadata, check_results=[check])


def _preview(picture: Path) -> str:
    """The picture, made smaller, as Markdown that carries it along."""
    small = BytesIO()
    with Image.open(picture) as image:
        image.thumbnail((PREVIEW_WIDTH_PX, PREVIEW_WIDTH_PX))
        image.convert("P", palette=Image.Palette.ADAPTIVE).save(small, "png", optimize=True)
    return f"![{picture.stem}](data:image/png;base64,{base64.b64encode(small.getvalue()).decode()})"
