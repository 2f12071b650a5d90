"""What pictures say of AI postings by metro, in words; every number in them comes out of the table."""

import pandas as pd

from where_is_ai.layers.postings.coverage import why_no_ranking
from where_is_ai.layers.postings.metro import ENOUGH_EMPLOYERS
from where_is_ai.layers.postings.superlatives import kind, rate_title
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.statements import worded


def too_few(metros: pd.DataFrame) -> pd.Series:
    """Which metros have too few employers, or nobody knows how many, to speak for them."""
    return metros["employers"].lt(ENOUGH_EMPLOYERS).fillna(True)


def per_100k_text(row) -> str:
    """The rate with its 95 % interval: ``3.1 (1.6–4.5)``."""
    rate = f"{row.ai_postings_per_100k:.1f}"
    low, high = row.ai_postings_per_100k_low, row.ai_postings_per_100k_high
    return rate if pd.isna(low) or pd.isna(high) else f"{rate} ({low:.1f}–{high:.1f})"


def title(metros: pd.DataFrame) -> str:
    """The first three metros that qualify for the ranking."""
    said = rate_title(metros)
    return worded(said) if said else f"{kind(metros).capitalize()} AI jobs by metro"


def measure(metros: pd.DataFrame, about: EditionNotes) -> str:
    return (
        f"{kind(metros).capitalize()} AI job postings per 100,000 residents, {about.period}; {about.method}"
    )


def map_subtitle(metros: pd.DataFrame, about: EditionNotes) -> str:
    return f"{measure(metros, about)}. A bigger circle indicates more {kind(metros)} jobs per capita"


def caveat(metros: pd.DataFrame) -> str:
    """How many metros qualify for the ranking, what was counted and what the interval is."""
    return (
        f"{int(metros['rank'].notna().sum())} of {len(metros)} metros have residents and postings enough to be ranked. "
        "Only postings of the boards read are counted. In brackets: 95 % interval, given that the classifier can be "
        f"wrong. {why_no_ranking(metros)}"
    ).strip()


def map_caveat(metros: pd.DataFrame) -> str:
    """The same, and how many of the ranked are grey."""
    few = int((too_few(metros) & metros["rank"].notna()).sum())
    return f"{caveat(metros)} Grey: fewer than {ENOUGH_EMPLOYERS} employers, {few} of the ranked."


def hover(row, about: EditionNotes, new: str) -> list[str]:
    """All that is known of a metro, for the mouse; ``new`` is the kind of its postings."""
    rank = f" (rank {row.rank})" if pd.notna(row.rank) else " (not ranked)"
    lines = [f"<b>{row.metro}</b>"]
    if pd.notna(row.ai_postings_per_100k):
        lines.append(f"{per_100k_text(row)} {new} AI postings per 100,000 residents{rank}")
    if pd.notna(row.ai_share_pct):
        lines.append(
            f"{row.ai_share_pct:.1f} % of {row.all_postings:,} {new} postings ({row.ai_postings:,} AI postings)"
        )
    return [*lines, f"called AI at {row.employers} employers", f"{about.source}, {about.period}"]
