"""What pictures say of AI jobs offered to foreign workers, in words; every number in them comes out of the table."""

import pandas as pd

from where_is_ai.columns import columns_of
from where_is_ai.layers.phrases import bigger_is_more, rank_in_brackets
from where_is_ai.layers.visas.metro import FEWEST_CASES
from where_is_ai.layers.visas.schema import MetroVisas
from where_is_ai.layers.visas.superlatives import cases_title
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.statements import worded

OFFERS = "Certified cases are offers that employers filed, not visas and not hires."


def cases_text(row) -> str:
    return columns_of(MetroVisas)["ai_lca_cases"].text(row.ai_lca_cases)


def title(metros: pd.DataFrame) -> str:
    said = cases_title(metros)
    return worded(said) if said else "AI jobs offered to foreign workers, by metro"


def measure(about: EditionNotes) -> str:
    return f"Certified labor condition applications for AI occupations, decided in {about.period}"


def map_subtitle(about: EditionNotes) -> str:
    return bigger_is_more(measure(about))


def caveat(metros: pd.DataFrame) -> str:
    """What a case is, and how many more titles would count, with what was measured of reading titles."""
    by_title, strict = int(metros["ai_lca_cases_by_title"].sum()), int(metros["ai_lca_cases"].sum())
    first = metros.iloc[0]
    return (
        f"{OFFERS} In these metros {strict:,} cases are AI by occupation and {by_title:,} by title (precision "
        f"{first['title_precision_pct']:.0f} %, recall {first['title_recall_pct']:.0f} %)."
    )


def map_caveat(metros: pd.DataFrame) -> str:
    """The same, and how many metros have too few cases to be ranked."""
    few = int(metros["ai_lca_cases"].between(1, FEWEST_CASES - 1).sum())
    grey = f" {few} metros in grey have fewer than {FEWEST_CASES}." if few else ""
    return f"{caveat(metros)}{grey}"


def hover(row, about: EditionNotes) -> list[str]:
    """All that is known of a metro, for the mouse."""
    text = {name: each.text(getattr(row, name)) for name, each in columns_of(MetroVisas).items()}
    return [
        f"<b>{row.metro}</b>",
        f"{text['ai_lca_cases']} AI cases{rank_in_brackets(row.rank)} of {text['all_lca_cases']}: "
        f"{text['ai_share_pct']} %",
        f"By title {text['ai_lca_cases_by_title']} (precision {row.title_precision_pct:.0f} %, recall "
        f"{row.title_recall_pct:.0f} %)",
        f"{text['ai_lca_positions']} positions, {text['ai_lca_positions_new']} new hires, "
        f"{text['ai_lca_positions_renewed']} renewals",
        f"Median wage: {text['median_wage_usd_per_year']} US $ a year; employers: {text['ai_employers']}",
        f"{about.source}, {about.period}",
    ]
