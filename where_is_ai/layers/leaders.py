"""Who leads by a number that nothing bounds from above: it is said of the source's published figures alone."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from where_is_ai.layers.phrases import listed
from where_is_ai.statements import Measure, Statement, superlative

NAMED_IN_TITLES = 3


@dataclass(frozen=True, eq=False)
class Leaders:
    """Metros by their ``rank`` in ``column`` of the published ``table``, in whose ``figures`` they lead.

    ``short`` is what titles call each metro, and ``low`` the least that it surely has, which is the number itself where
    none is given; both go with ``metros``. ``key`` is the column of their ids.
    """

    metros: pd.DataFrame
    table: str
    column: str
    figures: str
    short: pd.Series
    low: pd.Series | None = None
    key: str = "area_code"

    def title(self, said: Callable[[str, str], str]) -> Statement | None:
        """That the first three lead; None where none is ranked. ``said`` is given short names, and has or have."""
        first = self._first(NAMED_IN_TITLES)
        if first.empty:
            return None
        wording = said(listed(self.short[first.index].to_list()), "has" if len(first) == 1 else "have")
        return self._lead(first, wording, f"{wording} in {self.figures}")

    def lead(self, said: Callable[[str], str]) -> Statement | None:
        """That the first leads, by its whole name, as findings begin; None where none is ranked."""
        first = self._first(1)
        if first.empty:
            return None
        wording = said(first["metro"].iloc[0])
        return self._lead(first, wording, f"In {self.figures} {wording}")

    def _first(self, number: int) -> pd.DataFrame:
        return self.metros.dropna(subset="rank").sort_values(["rank", self.key]).head(number)

    def _lead(self, first: pd.DataFrame, wording: str, fallback: str) -> Statement:
        low = self.metros[self.column] if self.low is None else self.low
        unbounded = pd.Series(pd.NA, index=self.metros.index, dtype="Float64")
        return superlative(
            self.metros, first, Measure(self.table, self.key, self.column, low, unbounded), wording, fallback
        )


def whose_figures(sources: pd.Series, made_up: str, published: str) -> str:
    """Of which figures a leader leads: those that a source ``published``, or, where any is ``made_up``, nobody's."""
    return made_up if sources.eq(made_up).any() else published
