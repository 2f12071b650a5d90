"""Holding claims against tables: what the tables give, and whether it is what was published."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pandas as pd

from where_is_ai.claims.ledger import Caveat, Claim, Ledger
from where_is_ai.claims.schema import Claims
from where_is_ai.errors import WhereIsAIError
from where_is_ai.tables import as_table

# Gives the table of that name in the edition of that quarter, or None where there is none.
Tables = Callable[[str, str], pd.DataFrame | None]
Value = float | str | tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    verdict: str
    computed: str | None = None
    why: str | None = None


def judge_all(ledger: Ledger, tables: Tables) -> pd.DataFrame:
    """Claims: every statement of the ledger with its verdict, in the ledger's order."""
    titles = {document.id: document.title for document in ledger.documents}
    rows = [_row(claim, judge(claim, tables), titles) for claim in ledger.claims]
    return as_table(pd.DataFrame(rows), Claims)


def judge(claim: Claim, tables: Tables) -> Verdict:
    """What the tables say of one claim; raises WhereIsAIError where its filter or column does not fit its table."""
    if not claim.checkable:
        return Verdict("not_checkable", why=claim.missing)
    rows = _rows_about(claim, tables)
    if rows is None:
        return Verdict("not_reproducible", why=f"missing: {claim.missing}")
    try:
        return _compare(claim, rows, tables)
    except (KeyError, AttributeError, TypeError, ValueError, pd.errors.UndefinedVariableError) as error:
        raise WhereIsAIError(
            f"The claim {claim.id!r} can't be answered from the table {claim.table}: {error}.",
            "Correct its filter, column or texts in where_is_ai/claims/ledger.toml.",
        ) from error


def _rows_about(claim: Claim, tables: Tables) -> pd.DataFrame | None:
    """The rows that the claim is about; None where the edition, the table or the release or method is not there."""
    table = tables(claim.table, claim.quarter) if claim.table else None
    if table is None:
        return None
    rows = _fitting(table, claim.requires)
    return None if rows.empty else rows


def _compare(claim: Claim, rows: pd.DataFrame, tables: Tables) -> Verdict:
    fitting = _fitting(rows, claim.filter)
    computed = _measure(claim, fitting)
    other = _measure(claim, _fitting(rows, claim.than)) if claim.than else claim.published
    caveat = _caveat(claim.caveat, tables, claim.quarter)
    if computed is None:
        return Verdict("differs", why="; ".join(filter(None, ("no row of the table is so", caveat))))
    shown = f"{_shown(computed)} against {_shown(other)}" if claim.than else _shown(computed)
    if not _holds(claim, computed, other):
        return Verdict("differs", shown, caveat)
    if caveat:
        return Verdict("misleading", shown, caveat)
    return Verdict("reproduced", shown, _filled(claim.remark, fitting) if claim.remark else None)


def _measure(claim: Claim, rows: pd.DataFrame) -> Value | None:
    if claim.measure == "count":
        return float(len(rows))
    values = rows[claim.column]
    if claim.measure == "names":
        return tuple(sorted(values.astype("str")))
    if claim.measure == "sum":
        return float(values.sum())
    if claim.measure != "value" or len(values) > 1:
        raise ValueError(f"measure {claim.measure!r} of {len(values)} rows")
    if values.empty or pd.isna(values.iloc[0]):
        return None
    value = values.iloc[0]
    return value if isinstance(value, str) else float(value)


def _holds(claim: Claim, computed: Value, other: Value) -> bool:
    if isinstance(computed, float) and not isinstance(other, (int, float)):
        raise ValueError(f"the number {computed:g} can't be held against {other!r}")
    if claim.relation == ">":
        return computed > other
    if claim.relation == "<":
        return computed < other
    if isinstance(computed, float):
        return abs(computed - other) <= claim.tolerance + abs(other) * claim.tolerance_pct / 100
    return computed == (tuple(sorted(other)) if isinstance(other, tuple) else other)


def _caveat(caveat: Caveat | None, tables: Tables, quarter: str) -> str | None:
    table = tables(caveat.table, quarter) if caveat else None
    if table is None:
        return None
    rows = _fitting(table, caveat.filter)
    return None if rows.empty else _filled(caveat.says, rows)


def _fitting(rows: pd.DataFrame, condition: str) -> pd.DataFrame:
    return rows.query(condition, engine="python") if condition else rows


def _filled(text: str, rows: pd.DataFrame) -> str:
    return text.format(**rows.iloc[0].to_dict())


def _shown(value: Value) -> str:
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, str):
        return value
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _row(claim: Claim, verdict: Verdict, titles: dict[str, str]) -> dict:
    return {
        "claim_id": claim.id,
        "source": "; ".join(_sources(claim, titles)),
        "statement": claim.statement,
        "published": _published(claim),
        "computed": verdict.computed,
        "verdict": verdict.verdict,
        "why": verdict.why or None,
        "documents": " ".join(claim.documents),
        "answered_by": _answered_by(claim),
    }


def _sources(claim: Claim, titles: dict[str, str]) -> Iterable[str]:
    """``title: place`` for each document; one place stands for all where only one is given."""
    places = claim.place.split("; ")
    places = places * len(claim.documents) if len(places) == 1 else places
    return (f"{titles[document]}: {place}" for document, place in zip(claim.documents, places, strict=True))


def _published(claim: Claim) -> str:
    shown = _shown(claim.published)
    comparison = {">": "more than ", "<": "less than "}.get(claim.relation, "")
    return comparison + shown if comparison and not claim.than else shown


def _answered_by(claim: Claim) -> str | None:
    if not claim.table:
        return None
    condition = " and ".join(f"({part})" for part in (claim.requires, claim.filter) if part) or "all rows"
    return f"{claim.quarter} {claim.table}: {claim.measure} of {claim.column or 'rows'} where {condition}"


def disputed(claims: pd.DataFrame, document: str) -> pd.DataFrame:
    """The rows of ``claims`` (Claims) of one document that differ or mislead."""
    stated = claims["documents"].str.split().map(lambda documents: document in documents)
    return claims[stated & claims["verdict"].isin(("differs", "misleading"))]
