"""What changed in the USA between two releases, in words: gains, losses and growth of comparable metros alone."""

from pathlib import Path

import pandas as pd

from where_is_ai.layers.employment.breaks import CAUTION, WARNING
from where_is_ai.layers.employment.noise import RULES
from where_is_ai.layers.employment.notes import RAW
from where_is_ai.layers.employment.releases import release_known_in
from where_is_ai.layers.layer import SAMPLE_NOTE, Material
from where_is_ai.templates import fill

SHOWN = 10
CHANGES = "usa_ai_employment_yoy"


def usa_yoy_findings(material: Material) -> str:
    """Markdown on the changes (MetroChange): no figure of a metro that is not comparable stands among the growth."""
    changes, quarter, after = material.tables[CHANGES], material.quarter, release_known_in(material.quarter)
    compared = changes[changes["comparable"]]
    told_apart = compared["exceeds_noise"].fillna(False).astype(bool)
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
        gainers=_largest(compared[compared["like_for_like_change"] > 0], "like_for_like_change"),
        losers=_largest(
            compared[compared["like_for_like_change"] < 0], "like_for_like_change", ascending=True
        ),
        fastest=_largest(compared[told_apart & (compared["like_for_like_change"] > 0)], "like_for_like_pct"),
        within_noise=_largest(
            compared[~told_apart & (compared["like_for_like_change"] > 0)], "like_for_like_pct"
        ),
        incomparable=changes[~changes["comparable"]].sort_values("metro").to_dict("records"),
        metros=len(changes),
        compared=len(compared),
        told_apart=int(told_apart.sum()),
        rules={rule: RULES[rule] for rule in compared["noise_rule"].dropna().unique()},
    )


def _largest(rows: pd.DataFrame, column: str, ascending: bool = False) -> list[dict]:
    return rows.sort_values([column, "area_code"], ascending=[ascending, True]).head(SHOWN).to_dict("records")
