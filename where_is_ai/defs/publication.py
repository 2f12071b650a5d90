"""The edition: everything published of a quarter, put together from the shelf. Nothing else writes its folder."""

from collections.abc import Sequence

import dagster as dg
import pandas as pd

from where_is_ai.defs.about import about_edition
from where_is_ai.defs.groups import PUBLICATION, quarterly
from where_is_ai.defs.partitions import QUARTERS, quarter_of, timeliness
from where_is_ai.defs.resources import Choices
from where_is_ai.defs.steps import asset
from where_is_ai.layers.layer import Layer
from where_is_ai.publication.assemble import Parts, assemble
from where_is_ai.publication.catalog import OVER_LAYERS, published_tables
from where_is_ai.shelf import Shelf

HOLDS_SOMETHING = "holds_something"
CLAIMS_FINDINGS = "claims_findings"


def edition_asset(layers: Sequence[Layer], assets: Sequence[dg.AssetKey]) -> dg.AssetsDefinition:
    """The asset of the edition, made from the tables, findings and pictures of ``layers``.

    ``assets`` are all others of the graph: those that begin with ``raw_`` are the answers that provenance lists.
    """
    raw = sorted(name for key in assets if (name := key.path[-1]).startswith("raw_"))
    tables = [
        *(table.name for table in OVER_LAYERS),
        *(table.name for layer in layers for table in layer.tables),
    ]
    files = [
        CLAIMS_FINDINGS,
        *(each.asset for layer in layers for each in (*layer.findings, *layer.pictures)),
    ]

    @asset(
        **quarterly(PUBLICATION),
        kinds={"csv", "html", "json"},
        check_specs=[
            dg.AssetCheckSpec(
                HOLDS_SOMETHING,
                asset="edition",
                description="At least one layer was measured in this quarter.",
                partitions_def=QUARTERS,
            )
        ],
        deps=[*tables, *raw, *files],
    )
    def edition(context: dg.AssetExecutionContext, choices: Choices) -> dg.MaterializeResult:
        """The quarter's published folder: tables as CSV and Parquet, schemas, pictures, and where each number is from.

        A re-run that changes an input or a number is a numbered revision: what it corrects is in corrections.csv, and
        what was published before stays under revisions/.
        """
        quarter, shelf = quarter_of(context), choices.shelf
        measured = _measured(shelf, context)
        if not measured.keys() - {table.name for table in OVER_LAYERS}:
            return _nothing_measured(context)
        parts = Parts(
            tables=measured,
            files={name: kept for name in files if (kept := shelf.files(name, quarter)) is not None},
            inputs={name: shelf.entries(name, quarter) for name in raw},
            about=about_edition(context, choices, layers, measured),
        )
        published = choices.edition(context)
        revision = assemble(choices.settings, published, parts)
        return dg.MaterializeResult(
            metadata={
                "revision": revision,
                "folder": dg.MetadataValue.path(str(published.folder)),
                "source": choices.source.value,
                "files": dg.MetadataValue.md(
                    "\n".join(f"- {path.name}" for path in sorted(published.folder.iterdir()))
                ),
                **timeliness(quarter),
            },
            check_results=[_holds_something(True, f"{len(measured)} tables of {quarter}")],
        )

    return edition


def _measured(shelf: Shelf, context: dg.AssetExecutionContext) -> dict[str, pd.DataFrame]:
    """The published tables that have rows, in the catalog's order."""
    tables = {name: shelf.table(name, quarter_of(context)) for name in published_tables()}
    return {name: table for name, table in tables.items() if table is not None and len(table)}


def _nothing_measured(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    """No layer has anything, which is no edition: what is published stays as it is, and a check says so."""
    why = (
        f"nothing is archived for {quarter_of(context)}. Fetch it with a live run, or choose another quarter"
    )
    return dg.MaterializeResult(
        metadata={"left_out": f"{why}."}, check_results=[_holds_something(False, why)]
    )


def _holds_something(passed: bool, found: str) -> dg.AssetCheckResult:
    expected = "at least one layer measured"
    return dg.AssetCheckResult(
        check_name=HOLDS_SOMETHING,
        passed=passed,
        description=f"Expected: {expected}. Found: {found}.",
        metadata={"expected": expected, "found": found},
    )
