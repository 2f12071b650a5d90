"""A metro's trailing twelve months, quarter by quarter, cut where the counts before and after can't be compared.

The last months of a window fill up for a year and more, so that a quarter asked soon after its end counts fewer papers
than one asked later: only answers of about the same age are of one segment.
"""

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
    "answer_age_days",
]
# Answers of ages no further apart are compared: a month of indexing moves a window of twelve by a percent or so.
COMPARABLE_DAYS = 45
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
    tables = [
        table.assign(quarter=quarter, answer_age_days=answer_age_days(table))[_KEPT]
        for quarter, table in quarters
        if len(table)
    ]
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


def answer_age_days(metros: pd.DataFrame) -> pd.Series:
    """Days from the last day of each row's window to its last answer; NA where that is not known."""
    came = pd.to_datetime(metros["retrieved_to"], utc=True).dt.tz_localize(None).dt.normalize()
    return (came - pd.to_datetime(metros["window_to"])).dt.days.astype("Int64")


def _breaks(firsts: Sequence[Mapping[str, object]]) -> list[pd.DataFrame]:
    """For each quarter: position, segment, and why it does not continue the one before."""
    found, segment = [], 1
    leading = firsts[0]
    for before, now in zip([None, *firsts], firsts, strict=False):
        reasons = [
            reason
            for column, reason in _REASONS.items()
            if before is not None and _differs(now[column], before[column])
        ]
        # Against the first of the segment, so that it does not drift from age to age.
        if not _of_one_age(now["answer_age_days"], leading["answer_age_days"]):
            reasons.append(_other_age(now["answer_age_days"], leading["answer_age_days"]))
        leading = now if reasons else leading
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


def _of_one_age(one: object, other: object) -> bool:
    if pd.isna(one) or pd.isna(other):
        return bool(pd.isna(one) and pd.isna(other))
    return abs(one - other) <= COMPARABLE_DAYS


def _other_age(now: object, before: object) -> str:
    known = [f"{age:,} days" if pd.notna(age) else "an unknown time" for age in (now, before)]
    return f"OpenAlex was asked {known[0]} after the window's end, and {known[1]} before"


def _position(quarter: str) -> int:
    """A quarter's place in the row of all quarters."""
    parsed = Quarter.parse(quarter)
    return 4 * parsed.year + parsed.number


def _differs(one: object, other: object) -> bool:
    return not (pd.isna(one) and pd.isna(other)) and (pd.isna(one) or pd.isna(other) or one != other)
