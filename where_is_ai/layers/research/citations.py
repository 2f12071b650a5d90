"""How many of a metro's AI papers are cited most: the share, how sure it is, and the world's own beside it."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from where_is_ai.intervals import wilson

# A share of fewer papers than this is chance rather than quality: at 100 the interval is six points to each side.
LEAST_MATURE_WORKS = 100
SHARES = {"top_10": "top_10_works", "top_1": "top_1_works"}
ABOVE, BELOW, ALIKE = "above", "below", "not told apart"


def cited(metros: pd.DataFrame) -> pd.DataFrame:
    """The rows of ``metros`` (MetroResearch) with mature works enough, and any among the most cited 10 %."""
    enough = (metros["mature_works"] >= LEAST_MATURE_WORKS) & (metros["top_10_works"] > 0)
    return metros[enough.fillna(False)].reset_index(drop=True)


def shares(rows: pd.DataFrame, world: Mapping[str, int] | None = None) -> pd.DataFrame:
    """The shares of ``rows`` (mature_works, top_10_works, top_1_works) in percent, indexed as they are.

    Of each share ``NAME_pct``: the binomial interval at 95 % in ``_low`` and ``_high``; the ``_world``'s own share
    where ``world`` has its works by the same names; and, as ``top_10_vs_world``, whether the interval lies above that
    or below. NA where there are no mature works.
    """
    mature = rows["mature_works"].where(rows["mature_works"] > 0).astype("Float64")
    found = {}
    for name, of in SHARES.items():
        part = (rows[of].astype("Float64") / mature).clip(upper=1)
        low, high = wilson(_floats(part), _floats(mature))
        found[f"{name}_pct"] = part * 100
        found[f"{name}_pct_low"], found[f"{name}_pct_high"] = _known(low * 100), _known(high * 100)
        found[f"{name}_pct_world"] = pd.array([_share_of_world(world, of)] * len(rows), dtype="Float64")
    table = pd.DataFrame(found, index=rows.index)
    return table.assign(top_10_vs_world=_against_world(table))


def _against_world(table: pd.DataFrame) -> pd.Series:
    known = table["top_10_pct_low"].notna() & table["top_10_pct_world"].notna()
    said = pd.Series(ALIKE, index=table.index, dtype="str")
    said = said.mask((table["top_10_pct_low"] > table["top_10_pct_world"]).fillna(False), ABOVE)
    said = said.mask((table["top_10_pct_high"] < table["top_10_pct_world"]).fillna(False), BELOW)
    return said.where(known)


def _share_of_world(world: Mapping[str, int] | None, of: str) -> object:
    return world[of] / world["mature_works"] * 100 if world and world.get("mature_works") else pd.NA


def _floats(values: pd.Series) -> np.ndarray:
    return values.to_numpy(dtype="float64", na_value=np.nan)


def _known(values: np.ndarray) -> pd.api.extensions.ExtensionArray:
    return pd.array(np.where(np.isnan(values), None, values), dtype="Float64")
