"""The findings of each layer as assets: Markdown on the shelf, which the edition publishes."""

from collections.abc import Iterator, Sequence

import dagster as dg

from where_is_ai.defs.groups import PUBLICATION, quarterly
from where_is_ai.defs.material import material
from where_is_ai.defs.partitions import quarter_of
from where_is_ai.defs.resources import Choices
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
        **quarterly(PUBLICATION),
        kinds={"markdown"},
        deps=[*findings.tables, layer.raw],
    )
    def write(context: dg.AssetExecutionContext, choices: Choices) -> dg.MaterializeResult:
        quarter, shelf = quarter_of(context), choices.shelf
        given = material(shelf, quarter, layer, findings.tables)
        if not given.has_rows(findings.tables[0]):
            shelf.put_files(findings.asset, quarter, {})
            why = f"{findings.tables[0]} has no rows in {quarter}."
            return dg.MaterializeResult(metadata={"left_out": why})
        return shelved_text(choices, context, findings.asset, findings.write(given))

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
