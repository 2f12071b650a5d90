"""What the tables hold of leading metros and the world over the years, by definition, and as windows fill up."""

import pandas as pd
from pandera.typing import Series

from where_is_ai import fields
from where_is_ai.columns import column
from where_is_ai.tables import Table


def _place() -> object:
    return column("As in world_ai_research_by_metro, or world", heading="Metro id")


class ByYear(Table):
    """The published table ``world_ai_research_by_year``: leading metros and the world since 2018, as counted now."""

    metro_id: Series[str] = _place()
    metro: Series[str] = column("Name of the metro")
    year: Series[int] = column("Year of publication", unit="calendar year")
    ai_works: Series[int] = fields.count(
        "Distinct AI works of the institutions that count towards the metro now", "works", heading="AI papers"
    )
    whole_year: Series[bool] = column("Whether the year had ended when the window did")


class ByDefinition(Table):
    """The published table ``world_ai_research_by_definition``: the same window by other definitions of AI."""

    metro_id: Series[str] = _place()
    metro: Series[str] = column("Name of the metro")
    definition: Series[str] = column("Name of the definition")
    works: Series[int] = fields.count("Distinct works by this definition", "works", heading="Papers")
    rank: Series[pd.Int64Dtype] = fields.rank("Among the metros of this table by this definition")
    topics: Series[int] = fields.count("Topics of OpenAlex that it holds here", "topics")
    says: Series[str] = column("What it holds")


class Lag(Table):
    """The published table ``world_ai_research_lag``: earlier windows asked again, and how complete they were."""

    metro_id: Series[str] = _place()
    metro: Series[str] = column("Name of the metro")
    quarter: Series[str] = column("Quarter that the window ends with", str_matches=r"^\d{4}-Q[1-4]$")
    age_then_days: Series[pd.Int64Dtype] = column(
        "Days from the window's end to when it was measured", unit="days", nullable=True
    )
    works_then: Series[int] = fields.count("AI works that it had then", "works")
    age_now_days: Series[int] = column("Days from the window's end to when it was asked again", unit="days")
    works_now: Series[int] = fields.count("AI works that it has now, of the same institutions", "works")
    completeness_pct: Series[pd.Float64Dtype] = column(
        "What it had then of what it has now; above 100 where works were withdrawn or moved",
        heading="Complete then, %",
        unit="percent",
        decimals=1,
        nullable=True,
    )
