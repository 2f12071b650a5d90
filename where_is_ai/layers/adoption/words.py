"""What pictures and findings say of AI use, in words; every number in them comes out of the table."""

import pandas as pd

from where_is_ai.layers.adoption.schema import WORDINGS
from where_is_ai.layers.adoption.superlatives import use_title
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.statements import worded

NOT_WORKERS = "A share of firms, not of workers."
SEVERAL_STATES = "Firms of several states are in no state."


def share_text(row) -> str:
    return f"{row.ai_use_pct:.1f} %"


def leads(rows: pd.DataFrame, names: pd.Series, what: str) -> str:
    """Who has the highest rank; ``names`` go with ``rows``."""
    said = use_title(rows, names)
    return worded(said) if said else f"Share of businesses that use AI, by {what}"


def subtitle(about: EditionNotes) -> str:
    return f"Share of businesses that used AI in the last two weeks, mean of {about.period}; ± 90 % interval"


def caveat(rows: pd.DataFrame) -> str:
    """How many are grey and unknown, and what the share is of."""
    grey = int((rows["selected"] & rows["ai_use_pct"].notna()).sum())
    unknown = int(rows["ai_use_pct"].isna().sum())
    parts = (
        f"{grey} grey: a cycle is suppressed, so the mean leans high." if grey else "",
        f"{unknown} unknown." if unknown else "",
        NOT_WORKERS,
        SEVERAL_STATES if "state" in rows else "",
    )
    return " ".join(part for part in parts if part)


def card_caveat(rows: pd.DataFrame) -> str:
    """How many have no rank, and what the share is of."""
    without = int(rows["rank"].isna().sum())
    parts = (
        f"{without} with a suppressed cycle are not ranked." if without else "",
        NOT_WORKERS,
        SEVERAL_STATES if "state" in rows else "",
    )
    return " ".join(part for part in parts if part)


def interval(row) -> str:
    if pd.isna(row.ai_use_low_pct):
        return ""
    return f"90 % interval {row.ai_use_low_pct:.1f} to {row.ai_use_high_pct:.1f} %"


def hover(row, name: str) -> list[str]:
    """All that is known of a row, for the mouse."""
    if pd.isna(row.ai_use_pct):
        return [f"<b>{name}</b>", f"unknown: {row.why_unknown}"]
    lines = [f"<b>{name}</b>", f"{share_text(row)} of businesses use AI", interval(row)]
    if pd.notna(row.expected_6m_pct):
        lines.append(f"{row.expected_6m_pct:.1f} % expect to in six months")
    lines.append(f"{row.cycles} of {row.cycles_in_quarter} cycles, {row.suppressed_cycles} suppressed")
    return [line for line in lines if line]


def wording_text(rows: pd.DataFrame) -> str:
    """How the question was put; the wordings of all rows, where there are several."""
    return " and ".join(WORDINGS[name] for name in sorted(rows["wording"].dropna().unique()))
