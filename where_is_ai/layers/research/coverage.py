"""What the metros are a part of: all AI works, those without an institution, and what it took to count them."""

from collections.abc import Mapping, Sequence

import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.layers.research.budget import spent_usd
from where_is_ai.layers.research.citations import SHARES, shares
from where_is_ai.layers.research.methods import StandardMethod
from where_is_ai.layers.research.metro import answered, made_of, publishing
from where_is_ai.layers.research.noise import MULTI_SITE
from where_is_ai.layers.research.view_schema import ResearchCoverage
from where_is_ai.quarters import Quarter
from where_is_ai.tables import as_table


def coverage(
    institutions: pd.DataFrame,
    world: Mapping[str, int],
    method: StandardMethod,
    quarter: Quarter,
    entries: Sequence[Entry],
) -> pd.DataFrame:
    """ResearchCoverage, one row, from InstitutionResearch and what ``standard.coverage`` says of the ``world``."""
    first, last = method.window(quarter)
    institutions = publishing(institutions)
    cited = {measure: world.get(measure, pd.NA) for measure in ("mature_works", *SHARES.values())}
    multi_site = institutions["why_not"].str.startswith(MULTI_SITE, na=False)
    row = {
        "method": method.name,
        "definition": method.definition,
        "types": "|".join(method.types),
        "window_from": first.isoformat(),
        "window_to": last.isoformat(),
        "preprint_twins": pd.NA,
        **world,
        **shares(pd.DataFrame([cited]), cited).loc[0, ["top_10_pct", "top_1_pct"]],
        "without_institution_pct": world["without_institution"] / world["ai_works"] * 100
        if world["ai_works"]
        else pd.NA,
        "institutions": len(institutions),
        "institutions_included": int(institutions["included"].sum()),
        "institutions_multi_site": int(multi_site.sum()),
        "institutions_left_out": int((~institutions["included"] & ~multi_site).sum()),
        "geography": made_of(institutions),
        "answers": len(entries),
        "cost_usd": spent_usd(entries),
        **answered(entries, method, quarter),
    }
    return as_table(pd.DataFrame([row]), ResearchCoverage)


def of_snapshot(world: pd.DataFrame) -> dict[str, int]:
    """What ``coverage`` takes of the world, from WorldCounts: a snapshot stands still."""
    counts = world.iloc[0]
    named = (
        "ai_works",
        "without_institution",
        "retracted_works",
        "preprint_works",
        "preprint_twins",
        "mature_works",
        *SHARES.values(),
    )
    return {name: int(counts[name]) for name in named} | {"moved_works": 0}
