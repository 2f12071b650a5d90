"""What others have stated, held against the tables: asset, findings and a check per document."""

from collections.abc import Iterable
from dataclasses import asdict

import dagster as dg
import pandas as pd

from where_is_ai.claims.findings import claims_findings as claims_findings_text
from where_is_ai.claims.ledger import Document, read_ledger
from where_is_ai.claims.schema import Claims
from where_is_ai.claims.verdicts import Tables, disputed, judge_all
from where_is_ai.defs.checks import result
from where_is_ai.defs.findings import shelved_text
from where_is_ai.defs.groups import PUBLICATION, quarterly
from where_is_ai.defs.outputs import described_by, table
from where_is_ai.defs.partitions import quarter_of
from where_is_ai.defs.resources import Choices
from where_is_ai.defs.steps import asset, asset_check
from where_is_ai.layers.employment.releases import known_releases
from where_is_ai.quarters import Quarter
from where_is_ai.shelf import Shelf

COMMON = quarterly(PUBLICATION)
# Asked by claims as a table, though no asset makes it.
RELEASES = "oews_releases"


def claims_asset(answering: Iterable[str]) -> dg.AssetsDefinition:
    """The asset of the claims, made from what the assets ``answering`` hand over."""

    @asset(**COMMON, kinds={"pandas", "toml"}, deps=sorted(answering), metadata=described_by(Claims))
    def claims(choices: Choices) -> dg.Output[pd.DataFrame]:
        """Every statement of the ledger with what the tables give and the verdict: reproduced, misleading, differs …

        The ledger holds what articles and reports have stated, with their own words. A statement about
        another quarter is answered from that quarter's tables, where they are at hand.
        """
        return table(judge_all(read_ledger(), tables_of(choices.shelf)), Claims)

    return claims


@asset(**COMMON, kinds={"markdown"})
def claims_findings(
    context: dg.AssetExecutionContext, choices: Choices, claims: pd.DataFrame
) -> dg.MaterializeResult:
    """The verdicts in words, document by document, the disputed statements first.

    Each is quoted with the number that the tables give and why they differ, so that whoever stated it can
    check.
    """
    text = claims_findings_text(claims, read_ledger(), quarter_of(context))
    return shelved_text(choices, context, "claims_findings", text)


def tables_of(shelf: Shelf) -> Tables:
    """Tables by name and quarter from the shelf; archive entries and OEWS releases as tables too."""

    def get(name: str, quarter: str) -> pd.DataFrame | None:
        if name == RELEASES:
            return pd.DataFrame([asdict(release) for release in known_releases()]).astype("str")
        entries = shelf.entries(name, Quarter.parse(quarter))
        return pd.DataFrame(map(asdict, entries)) if entries else shelf.table(name, Quarter.parse(quarter))

    return get


def statements_hold(document: Document) -> dg.AssetChecksDefinition:
    """The check that warns of a document's statements that differ from the tables or mislead."""

    @asset_check(
        asset="claims",
        name=f"statements_of_{document.id.replace('-', '_')}_hold",
        description=f"What {document.title} states is what the tables give, and does not mislead.",
    )
    def check(rows: pd.DataFrame) -> dg.AssetCheckResult:
        wrong = disputed(rows, document.id)[["statement", "published", "computed", "verdict", "why"]]
        return result(
            "each statement is what the tables give, or can't be checked", wrong, dg.AssetCheckSeverity.WARN
        )

    return check


statement_checks = [statements_hold(document) for document in read_ledger().documents]
