"""What pictures say of AI patents by metro, in words; every number in them comes out of the table."""

import pandas as pd

from where_is_ai.columns import columns_of
from where_is_ai.layers.patents.schema import MetroPatents
from where_is_ai.layers.patents.superlatives import patents_title
from where_is_ai.layers.phrases import bigger_is_more, rank_in_brackets
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.statements import worded

LAG = "Grants lag filing by two to three years. Inventors are counted at home, not where the owner is."


def patents_text(row) -> str:
    return columns_of(MetroPatents)["ai_patents"].text(row.ai_patents)


def title(metros: pd.DataFrame) -> str:
    said = patents_title(metros)
    return worded(said) if said else "AI patents by metro of their inventors"


def measure(about: EditionNotes) -> str:
    return f"AI patents {about.period}; {about.method}"


def map_subtitle(about: EditionNotes) -> str:
    return bigger_is_more(measure(about))


def hover(row, about: EditionNotes) -> list[str]:
    """All that is known of a metro, for the mouse."""
    share = f"{row.ai_share_pct:.1f} % of all patents there" if pd.notna(row.ai_share_pct) else ""
    lines = [
        f"<b>{row.metro}</b>",
        f"{patents_text(row)} AI patents by inventors' shares{rank_in_brackets(row.rank)}",
        f"{row.ai_patents_any} with an inventor here",
        share,
        f"{about.source}, {about.period}",
    ]
    return [line for line in lines if line]
