"""What pictures say of funding by metro, in words; every number in them comes out of the table."""

import pandas as pd

from where_is_ai.layers.funding.superlatives import sold_title
from where_is_ai.layers.phrases import bigger_is_more, rank_in_brackets
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.statements import worded

FLOOR = "A floor: many large rounds file no Form D or file late, and most names don't say AI."
MILLION = 1_000_000


def usd_text(amount: float) -> str:
    """``$12.3 M``, or ``$1,234 M``; ``unknown``."""
    if pd.isna(amount):
        return "unknown"
    millions = amount / MILLION
    return f"${millions:,.0f} M" if millions >= 100 else f"${millions:,.1f} M"


def sold_text(row) -> str:
    return usd_text(row.ai_amount_sold_usd)


def title(metros: pd.DataFrame) -> str:
    said = sold_title(metros)
    return worded(said) if said else "AI companies' private offerings by metro"


def measure(about: EditionNotes) -> str:
    return f"Amounts sold in private offerings, {about.period}; {about.method}"


def map_subtitle(about: EditionNotes) -> str:
    return bigger_is_more(measure(about))


def caveat(metros: pd.DataFrame) -> str:
    """What the number is a floor of, and how many offerings have no amount."""
    unknown = int(metros["ai_unknown_offerings"].sum())
    return FLOOR + (f" Of {unknown} offerings the amount is not known." if unknown else "")


def issuers_text(row) -> str:
    """``12 AI companies, 8.3 % of all that filed``."""
    companies = f"{row.ai_issuers} AI compan{'y' if row.ai_issuers == 1 else 'ies'}"
    return f"{companies}, {row.ai_issuers_pct:.1f} % of all that filed"


def tiers_text(row) -> list[str]:
    """What each tier has by itself; nothing of a tier that nobody could tell."""
    return [
        f"Tier {tier.upper()}: {count} compan{'y' if count == 1 else 'ies'}, "
        f"{usd_text(getattr(row, f'{tier}_amount_sold_usd'))}"
        for tier in ("a", "b", "c")
        if pd.notna(count := getattr(row, f"{tier}_issuers"))
    ]


def hover(row, about: EditionNotes) -> list[str]:
    """All that is known of a metro, for the mouse."""
    return [
        f"<b>{row.metro}</b>",
        f"{sold_text(row)} sold{rank_in_brackets(row.rank)}, {issuers_text(row)}",
        *tiers_text(row),
        f"{about.source}, {about.period}",
    ]
