"""What changed in the USA between two releases, in words: gains, losses and growth of comparable metros alone."""

from pathlib import Path

import pandas as pd

from where_is_ai.layers.employment.breaks import CAUTION, WARNING
from where_is_ai.layers.employment.noise import ASSUMPTION, FALSE_DISCOVERY_RATE, RULES
from where_is_ai.layers.employment.notes import RAW
from where_is_ai.layers.employment.releases import release_known_in
from where_is_ai.layers.employment.superlatives import largest_gain
from where_is_ai.layers.layer import SAMPLE_NOTE, Material
from where_is_ai.statements import worded
from where_is_ai.templates import fill

SHOWN = 10
CHANGES, NATION = "usa_ai_employment_yoy", "usa_ai_employment_change_nation"


def usa_yoy_findings(material: Material) -> str:
    """Markdown on the changes (MetroChange): no figure of a metro that is not comparable stands among the growth.

    It leads with all comparable metros together (NationChange), then with the largest gain that holds among all.
    """
    changes, quarter, after = material.tables[CHANGES], material.quarter, release_known_in(material.quarter)
    compared = changes[changes["comparable"]]
    beyond = compared["exceeds_noise"].fillna(False).astype(bool)
    holds = compared["exceeds_noise_fdr10"].fillna(False).astype(bool)
    rose, fell = compared["like_for_like_change"] > 0, compared["like_for_like_change"] < 0
    gain = largest_gain(changes)
    return fill(
        Path(__file__).with_name("usa_yoy_findings.md.j2"),
        quarter=quarter,
        before=after.previous or "the release before",
        after=after,
        repeats=after.repeated_in(quarter),
        reconstructed=material.reconstructed(RAW),
        sample_note=SAMPLE_NOTE,
        warning=WARNING,
        caution=CAUTION,
        nation=_first(material.tables[NATION]),
        gain=worded(gain) if gain else "",
        gainers=_largest(compared[holds & rose], "like_for_like_change"),
        losers=_largest(compared[holds & fell], "like_for_like_change", ascending=True),
        fastest=_largest(compared[holds & rose], "like_for_like_pct"),
        alone=_largest(compared[beyond & ~holds], "like_for_like_change"),
        within_noise=_largest(compared[~beyond & rose], "like_for_like_change"),
        incomparable=changes[~changes["comparable"]].sort_values("metro").to_dict("records"),
        metros=len(changes),
        compared=len(compared),
        told_apart=int(beyond.sum()),
        holding=int(holds.sum()),
        by_upper_decile=int((compared["like_for_like_change"].abs() > compared["noise_upper_decile"]).sum()),
        if_overlapping=int(
            (compared["like_for_like_change"].abs() > compared["noise_if_panels_overlap"]).sum()
        ),
        rate_pct=round(FALSE_DISCOVERY_RATE * 100),
        assumption=ASSUMPTION,
        phase_in=" ".join(changes["phase_in"].dropna().unique()),
        rules={rule: RULES[rule] for rule in compared["noise_rule"].dropna().unique()},
    )


def _largest(rows: pd.DataFrame, column: str, ascending: bool = False) -> list[dict]:
    return _sorted(rows, column, ascending).head(SHOWN).to_dict("records")


def _sorted(rows: pd.DataFrame, column: str, ascending: bool = False) -> pd.DataFrame:
    return rows.sort_values([column, "area_code"], ascending=[ascending, True])


def _first(rows: pd.DataFrame) -> dict | None:
    return rows.iloc[0].to_dict() if len(rows) else None
