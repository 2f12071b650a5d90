"""Our own superlatives, judged as those of others are: the asset, and the check that fails an edition that misleads."""

from collections.abc import Sequence
from dataclasses import replace

import dagster as dg
import pandas as pd

from where_is_ai.claims.ledger import read_ledger
from where_is_ai.claims.own import judged, misleading
from where_is_ai.claims.schema import Statements
from where_is_ai.defs.checks import result
from where_is_ai.defs.groups import PUBLICATION, quarterly
from where_is_ai.defs.layer_publication import publication_of
from where_is_ai.defs.material import material
from where_is_ai.defs.outputs import described_by, table
from where_is_ai.defs.partitions import quarter_of
from where_is_ai.defs.resources import Choices
from where_is_ai.defs.steps import asset, asset_check
from where_is_ai.layers.layer import Layer, Material
from where_is_ai.quarters import Quarter
from where_is_ai.shelf import Shelf


def statements_asset(layers: Sequence[Layer]) -> dg.AssetsDefinition:
    """The asset of what ``layers`` say of themselves in titles, leads and cards."""

    @asset(
        **quarterly(PUBLICATION),
        kinds={"pandas"},
        deps=[publication_of(layer) for layer in layers],
        metadata=described_by(Statements),
    )
    def statements(
        context: dg.AssetExecutionContext, choices: Choices, claims: pd.DataFrame
    ) -> dg.Output[pd.DataFrame]:
        """Every superlative of the edition's titles, leads and cards, with the rule's verdict and the wording used.

        One that does not stand is said of published figures only. A claim of the ledger that says the same and is
        disputed stands beside it.
        """
        quarter = quarter_of(context)
        said = {layer.name: layer.statements(_measured(choices.shelf, quarter, layer)) for layer in layers}
        return table(judged(said, quarter, read_ledger(), claims), Statements)

    return statements


def _measured(shelf: Shelf, quarter: Quarter, layer: Layer) -> Material:
    """The layer's published tables that have rows."""
    given = material(shelf, quarter, layer, [each.name for each in layer.tables])
    return replace(given, tables={name: rows for name, rows in given.tables.items() if len(rows)})


@asset_check(asset="statements", blocking=True)
def nothing_misleads(statements: pd.DataFrame) -> dg.AssetCheckResult:
    """No title or lead says as it stands what a claim of the ledger is misleading or wrong for; else no edition."""
    wrong = misleading(statements)[["said", "disputed_by", "answered_by", "measure", "places"]]
    return result("no title or lead says what a disputed claim says", wrong)
