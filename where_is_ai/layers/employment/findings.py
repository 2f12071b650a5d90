"""What the tables say, in words: every number in a sentence comes from the table it speaks of."""

from pathlib import Path

import pandas as pd

from where_is_ai.layers.employment.releases import Release
from where_is_ai.layers.employment.schema import COVERAGES
from where_is_ai.occupations import TITLES, ai_occupations
from where_is_ai.quarters import Quarter
from where_is_ai.templates import fill

TOP_USA = 15
SAMPLE_NOTE = " These figures were rebuilt from published ones; they were not received from the source."
BOUND_NOTES = {
    "all_published": "",
    "not_listed": "lower bound: an occupation is not listed",
    "suppressed": "lower bound: an occupation is suppressed",
}


def usa_findings(metros: pd.DataFrame, quarter: Quarter, release: Release, reconstructed: bool) -> str:
    """Markdown on the largest and the densest metros of ``metros`` (MetroEmployment)."""
    by_count = _ranked(metros, "rank_workers")
    by_concentration = _ranked(metros, "rank_concentration")
    return fill(
        Path(__file__).with_name("usa_findings.md.j2"),
        quarter=quarter,
        release=release,
        repeats=release.repeated_in(quarter),
        reconstructed=reconstructed,
        sample_note=SAMPLE_NOTE,
        occupations=[f"{code} {TITLES[code]}" for code in ai_occupations(release.reference_month)],
        largest=by_count[0],
        densest=by_concentration[0],
        by_count=by_count[:TOP_USA],
        by_concentration=by_concentration[:TOP_USA],
        bound_notes=BOUND_NOTES,
        metros=len(metros),
        covered=metros["coverage"].value_counts().reindex(list(COVERAGES), fill_value=0).to_dict(),
    )


def _ranked(metros: pd.DataFrame, rank: str) -> list[dict]:
    """The rows that have a rank, first rank first; ties as the table has them."""
    return metros.dropna(subset=rank).sort_values(rank, kind="stable").to_dict("records")
