"""AI workers per 1,000 jobs, from BLS's own ratio where it is published."""

import pandas as pd

BY_BLS, BY_ROUNDED = "jobs_1000", "tot_emp"
BASES = {
    BY_BLS: "sum of BLS's own ratios, made from unrounded employment",
    BY_ROUNDED: "ratio of employment that BLS rounds to 10 jobs",
}


def add_concentration(metros: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    """``metros`` (area_code, ai_workers and its bounds, total_employment) with their AI workers per 1,000 jobs.

    ``ai_per_1000`` sums JOBS_1000 of the published ``cells`` (the AI occupations' OewsCells) where each has it, and
    is else the ratio of rounded figures; ``ai_per_1000_basis`` says which. ``ai_per_1000_low`` and ``_high`` are as
    far from it as those of the workers are: the total's own error is small beside theirs.
    """
    shown = cells[cells["status"] == "published"]
    ratios = shown.groupby("area_code")["jobs_1000"].agg(["sum", "count", "size"])
    by_bls = (
        ratios["sum"]
        .where(ratios["count"] == ratios["size"])
        .reindex(metros["area_code"])
        .set_axis(metros.index)
    )
    total = metros["total_employment"].astype("Float64") / 1000
    rate = by_bls.fillna(metros["ai_workers"] / total)
    basis = by_bls.notna().map({True: BY_BLS, False: BY_ROUNDED}).where(rate.notna())
    known, workers = rate.fillna(0), metros["ai_workers"].fillna(0)
    return metros.assign(
        ai_per_1000=rate,
        ai_per_1000_low=(known + (metros["ai_workers_low"] - workers) / total).clip(lower=0),
        ai_per_1000_high=known + (metros["ai_workers_high"] - workers) / total,
        ai_per_1000_basis=basis,
    )
