"""Rules that the rows of a source hold to: a row that breaks one stops the reading."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from where_is_ai.errors import BadUpstream

FETCH_AGAIN = "Fetch the file again: it is damaged, or another table than was asked for."


@dataclass(frozen=True)
class Rule:
    """``breaks`` gives true for each of the rows that is wrong in ``column``; ``says`` is what holds of a right one."""

    says: str
    column: str
    breaks: Callable[[pd.DataFrame], pd.Series]


def require_rules(
    rules: Sequence[Rule],
    rows: pd.DataFrame,
    where: str,
    at: str,
    names: Sequence[str],
    remedy: str = FETCH_AGAIN,
) -> None:
    """Raise BadUpstream that names the first row breaking a rule, and how many do.

    ``at`` is the column with a row's number in its file, ``names`` are those that say what it is about. Unknown breaks
    nothing, and neither does a column that the layout of the year lacks.
    """
    for rule in (rule for rule in rules if rule.column in rows):
        wrong = rows[rule.breaks(rows).fillna(False).astype(bool)]
        if len(wrong):
            first = wrong.iloc[0]
            raise BadUpstream(
                f"Row {first[at]} of {where} says {rule.column} {first[rule.column]!r} "
                f"({', '.join(str(first[name]) for name in names)}), but {rule.says}; {len(wrong)} such rows in all.",
                remedy,
            )
