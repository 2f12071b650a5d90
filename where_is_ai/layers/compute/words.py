"""What pictures say of data centres by metro, in words; every number in them comes out of the table."""

import pandas as pd

from where_is_ai.columns import columns_of
from where_is_ai.layers.compute.schema import MetroCompute
from where_is_ai.layers.compute.scopes import THE_USA, Scope
from where_is_ai.layers.compute.superlatives import power_title
from where_is_ai.layers.phrases import bigger_is_more, day, rank_in_brackets
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.statements import worded

COVERS = "Epoch AI lists the largest known sites built for AI, not all chips."


def h100e_text(row) -> str:
    return columns_of(MetroCompute)["h100e"].text(row.h100e)


def title(metros: pd.DataFrame, scope: Scope = THE_USA) -> str:
    said = power_title(metros, scope)
    return worded(said) if said else "Data centres for AI by metro"


def measure(about: EditionNotes) -> str:
    return f"AI data centres in H100 equivalents, {about.period}; {about.method}"


def map_subtitle(about: EditionNotes) -> str:
    return bigger_is_more(measure(about))


def caveat(metros: pd.DataFrame) -> str:
    """What the source covers, how many metros have nothing yet, and how much is expected alone."""
    planned = int((metros["sites"] == 0).sum())
    return f"{COVERS} {planned} of {len(metros)} metros have planned sites only.{expected(metros)}"


def map_caveat(metros: pd.DataFrame) -> str:
    """The same, and how many metros have no known point, so that they are in the table alone."""
    off = int(metros[["lat", "lon"]].isna().any(axis=1).sum())
    return f"{caveat(metros)}{f' {off} of the metros have no known point and are not drawn.' * bool(off)}"


def expected(rows: pd.DataFrame) -> str:
    """How much of the sum rests on milestones after the copy was made; nothing where none does."""
    whole, projected = rows["h100e"].sum(), rows["h100e_projected"].sum()
    if not whole or round(projected / whole * 100) == 0:
        return ""
    return (
        f" {projected / whole * 100:.0f} % of the sum was expected, not seen, when the copy was made on "
        f"{day(rows['vintage'].iloc[0])}."
    )


def hover(row, about: EditionNotes) -> list[str]:
    """All that is known of a metro, for the mouse."""
    columns = columns_of(MetroCompute)
    return [
        f"<b>{row.metro}</b>",
        f"{h100e_text(row)} H100 equivalents{rank_in_brackets(row.rank)}, {columns['mw'].text(row.mw)} MW",
        f"{sites_text(row)}",
        f"Pipeline: {columns['pipeline_mw'].text(row.pipeline_mw)} MW",
        f"Owners: {row.owners if pd.notna(row.owners) else 'not given'}",
        f"{about.source}, {about.period}",
    ]


def sites_text(row) -> str:
    """``2 data centres, 1 planned``."""
    parts = [
        f"{row.sites} data centre{'s' * (row.sites != 1)}",
        f"{row.sites_planned} planned" * bool(row.sites_planned),
        f"{row.sites_unknown} of unknown capacity" * bool(row.sites_unknown),
    ]
    return ", ".join(part for part in parts if part)
