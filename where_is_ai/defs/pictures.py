"""The pictures of an edition: interactive pages, and PNGs that all come out of one browser session."""

import base64
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import dagster as dg
from PIL import Image

from where_is_ai.defs.groups import OWNERS
from where_is_ai.defs.material import material
from where_is_ai.defs.nothing import NOT_MADE
from where_is_ai.defs.partitions import QUARTERS, quarter_of
from where_is_ai.defs.resources import Choices
from where_is_ai.defs.shown import shown, shown_spec
from where_is_ai.defs.steps import multi_asset
from where_is_ai.errors import NoBrowser
from where_is_ai.files import write_json
from where_is_ai.layers.layer import Drawing, Layer, Picture
from where_is_ai.publication.drawings import render_drawings, write_texts
from where_is_ai.publication.map_links import map_links
from where_is_ai.quarters import Quarter
from where_is_ai.reading import noting
from where_is_ai.shelf import Shelf

PICTURES_DRAWN = "pictures_drawn"
PREVIEW_WIDTH_PX = 960


def pictures_asset(layers: Sequence[Layer]) -> dg.AssetsDefinition:
    """One multi-asset of all pictures that the layers declare, so that one browser draws those that are chosen."""
    gallery = [(layer, picture) for layer in layers for picture in layer.pictures]

    @multi_asset(
        name="pictures",
        specs=[_spec(layer, picture) for layer, picture in gallery],
        check_specs=[check for _, picture in gallery for check in _check_specs(picture)],
        partitions_def=QUARTERS,
        can_subset=True,
    )
    def pictures(context: dg.AssetExecutionContext, choices: Choices) -> Iterator[dg.MaterializeResult]:
        """Draw the selected pictures; pages always, PNGs where there is a Chromium, all in one session of it.

        A PNG whose figure is as it was stays.
        """
        quarter, shelf = quarter_of(context), choices.shelf
        selected = {key.to_user_string() for key in context.selected_asset_keys}
        chosen = [(layer, picture) for layer, picture in gallery if picture.asset in selected]
        drawings = {picture: _drawn(shelf, quarter, layer, picture) for layer, picture in chosen}
        with shelf.new_folder() as room:
            drawn = {} if choices.afresh else _drawn_before(shelf, quarter, drawings)
            digests, problem = _write(drawings, room, drawn)
            for picture, drawing in drawings.items():
                folder = shelf.adopt(picture.asset, quarter, room / picture.asset)
                write_json(shelf.drawn_from(picture.asset, quarter), digests.get(picture, {}))
                checks = [shown(context, picture.asset, picture.tables[0], made=drawing is not None)]
                checks += [_check(picture, drawing, problem)] if picture.png else []
                yield _result(picture, drawing, folder, problem)._replace(check_results=checks)

    return pictures


def _spec(layer: Layer, picture: Picture) -> dg.AssetSpec:
    return dg.AssetSpec(
        picture.asset,
        deps=[*picture.tables, layer.raw],
        group_name=layer.name,
        owners=OWNERS,
        kinds={"plotly", "png"} if picture.png else {"plotly"},
        description=picture.description,
    )


def _check_specs(picture: Picture) -> list[dg.AssetCheckSpec]:
    drawn = dg.AssetCheckSpec(
        PICTURES_DRAWN,
        asset=picture.asset,
        description="A browser was there to draw the PNGs with.",
        partitions_def=QUARTERS,
    )
    return [shown_spec(picture.asset), *([drawn] if picture.png else [])]


def _drawn(shelf: Shelf, quarter: Quarter, layer: Layer, picture: Picture) -> Drawing | None:
    """The picture's drawing; None where its first table has no rows, or there is nothing to compare."""
    # What one picture reads is no reason to draw the others again.
    with noting(lambda: picture.asset):
        given = material(shelf, quarter, layer, picture.tables, picture.earlier)
    drawing = picture.draw(given) if given.has_rows(picture.tables[0]) else None
    return replace(drawing, links=map_links(layer, picture, given)) if drawing else None


def _drawn_before(shelf: Shelf, quarter: Quarter, pictures: Iterable[Picture]) -> dict[str, Path]:
    """The PNGs on the shelf, by the digests of what they were drawn from."""
    drawn = {}
    for picture in pictures:
        kept = {path.name: path for path in shelf.kept(picture.asset, quarter)}
        record = shelf.drawn_from(picture.asset, quarter)
        digests = json.loads(record.read_text()) if record.is_file() else {}
        drawn |= {digest: kept[name] for name, digest in digests.items() if name in kept}
    return drawn


def _write(
    drawings: Mapping[Picture, Drawing | None], room: Path, drawn: Mapping[str, Path]
) -> tuple[dict[Picture, dict[str, str]], NoBrowser | None]:
    """Write each drawing into ``room/ASSET``; gives the digests of what the PNGs of each were drawn from.

    Without a browser there are no PNGs, and the error is given back.
    """
    made = {picture: drawing for picture, drawing in drawings.items() if drawing}
    for picture in drawings:
        (room / picture.asset).mkdir(parents=True)
    for picture, drawing in made.items():
        write_texts(room / picture.asset, picture, drawing)
    try:
        found = render_drawings(
            {room / picture.asset: drawing for picture, drawing in made.items() if picture.png}, drawn
        )
    except NoBrowser as problem:
        return {}, problem
    of_asset = {
        picture: {path.name: digest for path, digest in found.items() if path.parent.name == picture.asset}
        for picture in made
    }
    return of_asset, None


def _result(
    picture: Picture, drawing: Drawing | None, folder: Path, problem: NoBrowser | None
) -> dg.MaterializeResult:
    if drawing is None:
        why = f"{picture.tables[0]} has no rows, or nothing to compare."
        return dg.MaterializeResult(asset_key=picture.asset, metadata={NOT_MADE: why})
    metadata: dict[str, object] = {"alt_text": drawing.alt}
    if drawing.page and picture.png:
        metadata["page"] = dg.MetadataValue.path(str(folder / f"{drawing.page}.html"))
    if picture.png and problem is None:
        first = folder / next(iter(drawing.figures))
        metadata |= {"files": list(drawing.figures), "picture": dg.MetadataValue.md(_preview(first))}
    return dg.MaterializeResult(asset_key=picture.asset, metadata=metadata)


def _check(picture: Picture, drawing: Drawing | None, problem: NoBrowser | None) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        check_name=PICTURES_DRAWN,
        asset_key=picture.asset,
        passed=problem is None,
        severity=dg.AssetCheckSeverity.ERROR,
        description=str(problem) if problem else "Drawn." if drawing else "Nothing to draw.",
    )


def _preview(picture: Path) -> str:
    """The picture, made smaller, as Markdown that carries it along."""
    small = BytesIO()
    with Image.open(picture) as image:
        image.thumbnail((PREVIEW_WIDTH_PX, PREVIEW_WIDTH_PX))
        image.convert("P", palette=Image.Palette.ADAPTIVE).save(small, "png", optimize=True)
    return f"![{picture.stem}](data:image/png;base64,{base64.b64encode(small.getvalue()).decode()})"
