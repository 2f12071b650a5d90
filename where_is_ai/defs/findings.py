"""The findings of each layer as assets: Markdown on the shelf, which the edition publishes."""

from collections.abc import Iterator, Sequence

import dagster as dg

from where_is_ai.defs.groups import quarterly
from where_is_ai.defs.material import material
from where_is_ai.defs.nothing import NOT_MADE
from where_is_ai.defs.partitions import quarter_of
from where_is_ai.defs.resources import Choices
from where_is_ai.defs.shown import shown, shown_spec
from where_is_ai.defs.steps import asset
from where_is_ai.layers.layer import Findings, Layer


def findings_assets(layers: Sequence[Layer]) -> Iterator[dg.AssetsDefinition]:
    """An asset for each Markdown file that the layers declare."""
    for layer in layers:
        for findings in layer.findings:
            yield _asset(layer, findings)


def _asset(layer: Layer, findings: Findings) -> dg.AssetsDefinition:
    @asset(
        name=findings.asset,
        description=findings.description,
        **quarterly(layer.name),
        kinds={"markdown"},
        deps=[*findings.tables, layer.raw],
        check_specs=[shown_spec(findings.asset)],
    )
    def write(context: dg.AssetExecutionContext, choices: Choices) -> dg.MaterializeResult:
        quarter, shelf = quarter_of(context), choices.shelf
        given = material(shelf, quarter, layer, findings.tables)
        has_rows = given.has_rows(findings.tables[0])
        checks = [shown(context, findings.asset, findings.tables[0], made=has_rows)]
        if not has_rows:
            shelf.put_files(findings.asset, quarter, {})
            why = f"{findings.tables[0]} has no rows in {quarter}."
            return dg.MaterializeResult(metadata={NOT_MADE: why}, check_results=checks)
        written = shelved_text(choices, context, findings.asset, findings.write(given))
        return written._replace(check_results=checks)

    return write


def shelved_text(
    choices: Choices, context: dg.AssetExecutionContext, asset: str, text: str
) -> dg.MaterializeResult:
    """Keep ``ASSET.md`` on the shelf, and show it in the UI."""
    folder = choices.shelf.put_files(asset, quarter_of(context), {f"{asset}.md": text.encode()})
    return dg.MaterializeResult(
        metadata={
            "file": dg.MetadataValue.path(str(folder / f"{asset}.md")),
            "text": dg.MetadataValue.md(text),
        }
    )
