"""A metro's trailing twelve months, quarter by quarter, cut where the counts before and after can't be compared."""

from collections.abc import Mapping, Sequence

import pandas as pd

from where_is_ai.layers.research.metro import made_of
from where_is_ai.layers.research.view_schema import ResearchTrend
from where_is_ai.quarters import Quarter
from where_is_ai.tables import as_table

_KEPT = [
    "metro_id",
    "metro",
    "quarter",
    "ai_works",
    "rank",
    "method",
    "geography",
    "definition",
    "classification",
    "as_known",
]
_REASONS = {
    "method": "the method changed",
    "definition": "the definition of an AI work changed",
    "geography": "the geography changed",
    "classification": "OpenAlex had assigned its topics anew in between",
    "as_known": "one of the two was not archived in its time",
}


def trend(quarters: Sequence[tuple[str, pd.DataFrame]]) -> pd.DataFrame:
    """ResearchTrend from each quarter's MetroResearch, oldest first.

    ``segment`` counts up at each break; a change is told only within one, against the quarter just before.
    """
    tables = [table.assign(quarter=quarter)[_KEPT] for quarter, table in quarters if len(table)]
    if not tables:
        return ResearchTrend.empty()
    breaks = _breaks([table.iloc[0].to_dict() | {"geography": made_of(table)} for table in tables])
    rows = pd.concat([table.merge(each, on="quarter") for table, each in zip(tables, breaks, strict=True)])
    rows = rows.sort_values(["metro_id", "quarter"], kind="stable")
    of = rows.groupby(["metro_id", "segment"])
    follows = rows["position"] == of["position"].shift() + 1
    rows["change"] = (rows["ai_works"] - of["ai_works"].shift()).where(follows)
    rows["change_pct"] = rows["change"] / of["ai_works"].shift().where(follows) * 100
    return as_table(rows, ResearchTrend).reset_index(drop=True)


def _breaks(firsts: Sequence[Mapping[str, object]]) -> list[pd.DataFrame]:
    """For each quarter: position, segment, and why it does not continue the one before."""
    found, segment = [], 1
    for before, now in zip([None, *firsts], firsts, strict=False):
        reasons = [
            reason
            for column, reason in _REASONS.items()
            if before is not None and _differs(now[column], before[column])
        ]
        segment += bool(reasons)
        found.append(
            pd.DataFrame(
                {
                    "quarter": [now["quarter"]],
                    "position": [_position(now["quarter"])],
                    "segment": [segment],
                    "break_reason": ["; ".join(reasons) or pd.NA],
                }
            )
        )
    return found


def _position(quarter: str) -> int:
    """A quarter's place in the row of all quarters."""
    parsed = Quarter.parse(quarter)
    return 4 * parsed.year + parsed.number


def _differs(one: object, other: object) -> bool:
    return not (pd.isna(one) and pd.isna(other)) and (pd.isna(one) or pd.isna(other) or one != other)
