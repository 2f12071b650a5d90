"""The edition: everything published of a quarter, put together from the shelf. Nothing else writes its folder."""

from collections.abc import Sequence

import dagster as dg
import pandas as pd

from where_is_ai.defs.about import about_edition
from where_is_ai.defs.checks import FOR_OPERATORS
from where_is_ai.defs.groups import PUBLICATION, is_raw, quarterly
from where_is_ai.defs.layer_publication import publication_of
from where_is_ai.defs.nothing import LEFT_OUT
from where_is_ai.defs.partitions import QUARTERS, quarter_of, timeliness
from where_is_ai.defs.resources import Choices
from where_is_ai.defs.steps import asset
from where_is_ai.layers.layer import Layer
from where_is_ai.publication.assemble import Parts, assemble
from where_is_ai.publication.catalog import OVER_LAYERS, published_tables
from where_is_ai.quarters import Quarter
from where_is_ai.settings import SAMPLE_QUARTER
from where_is_ai.shelf import Shelf

HOLDS_SOMETHING, SAMPLE_HAS_IT = "holds_something", "sample_has_the_quarter"
CLAIMS_FINDINGS = "claims_findings"


def edition_asset(layers: Sequence[Layer], assets: Sequence[dg.AssetKey]) -> dg.AssetsDefinition:
    """The asset of the edition, made from the tables, findings and pictures of ``layers``.

    ``assets`` are all others of the graph: those that begin with ``raw_`` are the answers that provenance lists.
    """
    raw = sorted(name for key in assets if is_raw(name := key.path[-1]))
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
            ),
            dg.AssetCheckSpec(
                SAMPLE_HAS_IT,
                asset="edition",
                description=f"Where the source is the sample, the quarter is {SAMPLE_QUARTER} or before: of later ones "
                "it has hardly anything.",
                partitions_def=QUARTERS,
                metadata=FOR_OPERATORS,
            ),
        ],
        # What layers give comes by their own assets, which all raw answers are upstream of.
        deps=[*(table.name for table in OVER_LAYERS), CLAIMS_FINDINGS, *map(publication_of, layers)],
    )
    def edition(context: dg.AssetExecutionContext, choices: Choices) -> dg.MaterializeResult:
        """The quarter's published folder: tables as CSV and Parquet, schemas, pictures, and where each number is from.

        A re-run that changes an input or a number is a numbered revision: what it corrects is in corrections.csv, and
        what was published before stays under revisions/.
        """
        quarter, shelf = quarter_of(context), choices.shelf
        measured, sample = _measured(shelf, context), _sample_has(quarter, choices.source.value)
        if not measured.keys() - {table.name for table in OVER_LAYERS}:
            return _nothing_measured(context, sample)
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
            check_results=[_holds_something(True, f"{len(measured)} tables of {quarter}"), sample],
        )

    return edition


def _measured(shelf: Shelf, context: dg.AssetExecutionContext) -> dict[str, pd.DataFrame]:
    """The published tables that have rows, in the catalog's order."""
    tables = {name: shelf.table(name, quarter_of(context)) for name in published_tables()}
    return {name: table for name, table in tables.items() if table is not None and len(table)}


def _nothing_measured(context: dg.AssetExecutionContext, sample: dg.AssetCheckResult) -> dg.MaterializeResult:
    """No layer has anything, which is no edition: what is published stays as it is, and a check says so."""
    why = (
        f"nothing is archived for {quarter_of(context)}. Fetch it with a live run, or choose another quarter"
    )
    return dg.MaterializeResult(
        metadata={LEFT_OUT: f"{why}."}, check_results=[_holds_something(False, why), sample]
    )


def _sample_has(quarter: Quarter, source: str) -> dg.AssetCheckResult:
    newest = Quarter.parse(SAMPLE_QUARTER)
    expected = f"of the sample a quarter up to {newest}, whose key is {newest.partition_key}"
    found = f"{quarter} of the source {source}"
    return dg.AssetCheckResult(
        check_name=SAMPLE_HAS_IT,
        passed=source != "sample" or quarter <= newest,
        severity=dg.AssetCheckSeverity.WARN,
        description=f"Expected: {expected}. Found: {found}.",
        metadata={"quarter": str(quarter), "expected": expected, "found": found},
    )


def _holds_something(passed: bool, found: str) -> dg.AssetCheckResult:
    expected = "at least one layer measured"
    return dg.AssetCheckResult(
        check_name=HOLDS_SOMETHING,
        passed=passed,
        description=f"Expected: {expected}. Found: {found}.",
        metadata={"expected": expected, "found": found},
    )
