"""Our own superlatives, judged: what an edition says in titles and leads, why, and which disputed claims say it too."""

from collections.abc import Mapping, Sequence

import pandas as pd

from where_is_ai.claims.ledger import Claim, Ledger
from where_is_ai.claims.schema import Statements
from where_is_ai.quarters import Quarter
from where_is_ai.statements import Statement, judge, worded
from where_is_ai.tables import as_table

DISPUTED = ("misleading", "differs")


def judged(
    by_layer: Mapping[str, Sequence[Statement]], quarter: Quarter, ledger: Ledger, claims: pd.DataFrame
) -> pd.DataFrame:
    """Statements: what the layers say in ``quarter``, beside the verdicts ``claims`` (Claims) of this ledger."""
    verdicts = dict(zip(claims["claim_id"], claims["verdict"], strict=True))
    against = [
        claim
        for claim in ledger.claims
        if claim.leads and claim.quarter == str(quarter) and verdicts.get(claim.id) in DISPUTED
    ]
    rows = [
        _row(f"{layer}-{number}", layer, statement, against)
        for layer, statements in by_layer.items()
        for number, statement in enumerate(statements, start=1)
    ]
    return as_table(pd.DataFrame(rows, columns=list(Statements.to_schema().columns)), Statements)


def _row(statement_id: str, layer: str, statement: Statement, against: Sequence[Claim]) -> dict:
    verdict = judge(statement)
    return {
        "statement_id": statement_id,
        "layer": layer,
        "said": worded(statement).removeprefix(", ") or None,
        "stands": verdict.stands,
        "why": verdict.reason or None,
        "wording": statement.wording.removeprefix(", "),
        "answered_by": statement.table,
        "measure": statement.column,
        "places": " ".join(statement.places),
        "disputed_by": " ".join(claim.id for claim in against if _says_the_same(claim, statement)) or None,
    }


def _says_the_same(claim: Claim, statement: Statement) -> bool:
    return (claim.table, claim.column) == (
        statement.table,
        statement.column,
    ) and claim.leads in statement.places


def misleading(statements: pd.DataFrame) -> pd.DataFrame:
    """The rows (Statements) that are said without more ado though a claim that says the same is disputed."""
    return statements[statements["stands"] & statements["disputed_by"].notna()]
