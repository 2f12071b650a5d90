"""The superlatives that are said of AI workers: who leads by count, by share of jobs and by gain, as statements."""

import pandas as pd

from where_is_ai.geography.names import state_names
from where_is_ai.geography.places import first_city
from where_is_ai.layers.layer import Material
from where_is_ai.statements import LEAST_JOBS, Measure, Statement, is_large, superlative

METROS, CHANGES = "usa_ai_employment_by_msa", "usa_ai_employment_yoy"
LARGE = {"least_size": LEAST_JOBS, "counted": "jobs"}
FIGURES = "BLS's published figures"


def statements(material: Material) -> list[Statement]:
    """What titles and findings of an edition say, of the tables that it has."""
    metros, changes = material.tables.get(METROS), material.tables.get(CHANGES)
    made = [make(metros) for make in (count_title, share_title, count_lead, share_lead) if metros is not None]
    made += [largest_gain(changes)] if changes is not None else []
    return [each for each in made if each is not None]


def count_title(metros: pd.DataFrame) -> Statement | None:
    """Who has the most AI workers; None where no metro has a number."""
    first = _first(metros, "rank_workers")
    if first is None:
        return None
    said = f"{first_city(first['metro']).iloc[0]} has the most AI workers"
    return _leads(metros, first, "ai_workers", said, f"{said} in {FIGURES}")


def share_title(metros: pd.DataFrame) -> Statement | None:
    """Who has the highest share of jobs, as the end of a title; nothing where the bounds don't bear it."""
    first = _first(metros, "rank_concentration")
    if first is None:
        return None
    place = f"{first_city(first['metro']).iloc[0]}, {state_names(first['metro']).iloc[0]}"
    return _leads(metros, first, "ai_per_1000", f", {place}, the highest share of jobs", "")


def count_lead(metros: pd.DataFrame) -> Statement | None:
    """The same of the count, as findings lead with it."""
    first = _first(metros, "rank_workers")
    if first is None:
        return None
    row = first.iloc[0]
    said = f"{row['metro']} has the most AI workers, {row['ai_workers']:,.0f}"
    return _leads(metros, first, "ai_workers", said, f"In {FIGURES} {said}")


def share_lead(metros: pd.DataFrame) -> Statement | None:
    """Who has the highest share of jobs among metros that are large enough for it, as findings say it."""
    large = metros[metros["total_employment"].map(is_large).astype(bool)]
    first = _first(large, "rank_concentration")
    if first is None:
        return None
    row = first.iloc[0]
    among = f"of metros with at least {LEAST_JOBS:,} jobs {row['metro']} has the"
    return _leads(
        large,
        first,
        "ai_per_1000",
        f"{among} most per 1,000 jobs, {row['ai_per_1000']:.2f}",
        f"{among} highest published figure per 1,000 jobs, {row['ai_per_1000']:.2f}",
    )


def largest_gain(changes: pd.DataFrame) -> Statement | None:
    """The largest gain of MetroChange that holds among all comparisons; None where nothing can be compared.

    Where none holds it is the largest of all, which the rule on noise then refuses.
    """
    compared = changes[changes["comparable"].astype(bool)]
    if compared.empty:
        return None
    gains = compared[compared["like_for_like_change"] > 0]
    holding = gains[gains["exceeds_noise_fdr10"].fillna(False).astype(bool)]
    candidates = next(rows for rows in (holding, gains, compared) if len(rows))
    first = candidates.sort_values(["like_for_like_change", "area_code"], ascending=[False, True]).head(1)
    row = first.iloc[0]
    pct = "" if pd.isna(row["like_for_like_pct"]) else f" ({row['like_for_like_pct']:+.1f} %)"
    said = f"{row['metro']}: {row['like_for_like_change']:+,}{pct}"
    published = f"The largest gain in {FIGURES} that holds among all these comparisons is that of {said}"
    return superlative(
        compared,
        first,
        Measure(
            CHANGES, "area_code", "like_for_like_change", compared["change_low"], compared["change_high"]
        ),
        f"The largest gain that holds among all these comparisons is that of {said}",
        published if len(holding) else "No single metro's gain holds among all these comparisons",
        in_both_releases=bool(row["comparable"]),
        beyond_noise=len(holding) > 0,
    )


def _first(metros: pd.DataFrame, rank: str) -> pd.DataFrame | None:
    """The row of the first rank, the lowest code where several share it; None where no row has a rank."""
    ranked = metros.dropna(subset=[rank]).sort_values([rank, "area_code"])
    return ranked.head(1) if len(ranked) else None


def _leads(metros: pd.DataFrame, first: pd.DataFrame, column: str, wording: str, fallback: str) -> Statement:
    low, high = metros[f"{column}_low"], metros[f"{column}_high"]
    measure = Measure(METROS, "area_code", column, low, high)
    return superlative(
        metros, first, measure, wording, fallback, size=first["total_employment"].iloc[0], **LARGE
    )
