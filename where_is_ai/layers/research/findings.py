"""What the research tables say, in words: every number in a sentence comes from the table it speaks of."""

from pathlib import Path

import pandas as pd

from where_is_ai.layers.employment.findings import SAMPLE_NOTE, _ranked
from where_is_ai.layers.research.methods import ArticleMethod
from where_is_ai.maps.countries import country_names
from where_is_ai.quarters import Quarter
from where_is_ai.templates import fill

TOP_WORLD = 30


def world_findings(metros: pd.DataFrame, quarter: Quarter, method: ArticleMethod, reconstructed: bool) -> str:
    """Markdown on the metros of ``metros`` (MetroResearch) with most AI papers."""
    top = _ranked(metros, "rank")[:TOP_WORLD]
    countries = pd.Series([metro["country_code"] for metro in top]).value_counts()
    return fill(
        Path(__file__).with_name("world_findings.md.j2"),
        quarter=quarter,
        method=method,
        reconstructed=reconstructed,
        sample_note=SAMPLE_NOTE,
        first=top[0],
        top=top,
        leading_country=country_names(metros["country_code"])[countries.index[0]],
        leading_country_metros=countries.iloc[0],
    )
