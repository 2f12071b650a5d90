"""Is a change more than the survey's noise? One metro by itself, and one among the many that are compared."""

from math import erfc, sqrt

import numpy as np
import pandas as pd

from where_is_ai.intervals import Z_90
from where_is_ai.layers.employment.sampling import BY_PROXY, BY_PRSE, Rule, error_rule, moe90
from where_is_ai.layers.employment.unrounded import ROUNDING_JOBS

RULES = {
    BY_PRSE: "BLS's own standard errors of both releases",
    BY_PROXY: "standard errors that the release does not give, taken at the median of what AI cells of the same size "
    "had in May 2022",
}
FALSE_DISCOVERY_RATE = 0.1
# Two releases a year apart share four of their six panels; BLS does not publish their covariance.
SHARED_PANELS = 4 / 6
ASSUMPTION = "the errors of the two releases are independent, those of one metro's occupations add up"


def noise_of_change(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Per area_code of the cells (OewsCells, published in both) what is sampled in their change, in jobs.

    ``moe90`` is its 90 % margin under ASSUMPTION, ``noise`` that and the rounding of every figure, ``noise_rule``
    whose standard errors it is by. Beside it stand the same noise with the upper decile for those that are not given
    (``noise_upper_decile``), and with errors of the two releases that correlate as their panels overlap
    (``noise_if_panels_overlap``).
    """
    first, last = _errors(before), _errors(after)
    rounding = first["rounding"] + last["rounding"]
    margin = np.hypot(first["median"], last["median"])
    return (
        pd.DataFrame(
            {
                "moe90": margin,
                "noise": margin + rounding,
                "noise_upper_decile": np.hypot(first["upper_decile"], last["upper_decile"]) + rounding,
                "noise_if_panels_overlap": _overlapping(first["median"], last["median"]) + rounding,
            }
        )
        .astype("Float64")
        .assign(noise_rule=error_rule(first["given"] & last["given"]))
    )


def p_value(change: pd.Series, moe90: pd.Series) -> pd.Series:
    """How probable a change at least as large is where nothing changed: 0.1 for one of its 90 % margin."""
    z = change.abs().astype("Float64") / (moe90 / Z_90)
    return z.map(lambda errors: erfc(errors / sqrt(2)), na_action="ignore").astype("Float64")


def discoveries(p_values: pd.Series, rate: float = FALSE_DISCOVERY_RATE) -> pd.Series:
    """Which hold among as many comparisons, by Benjamini and Hochberg; NA where there is no p value.

    Of those marked true, the expected share that is noise is at most ``rate``.
    """
    found = pd.Series(pd.NA, index=p_values.index, dtype="boolean")
    known = p_values.dropna().astype(float).sort_values()
    if known.empty:
        return found
    within = known.to_numpy() <= rate * np.arange(1, len(known) + 1) / len(known)
    last = within.nonzero()[0].max(initial=-1)
    found[known.index] = np.arange(len(known)) <= last
    return found


def _errors(cells: pd.DataFrame) -> pd.DataFrame:
    """Per area_code: the sampling error by either rule and rounding in jobs, and whether all errors are BLS's own."""
    areas = cells["area_code"]
    given = cells["emp_prse_pct"].notna()
    errors: dict[str, pd.Series] = {rule: _summed(cells, rule) for rule in ("median", "upper_decile")}
    return pd.DataFrame(
        errors
        | {
            "rounding": (ROUNDING_JOBS * areas.groupby(areas).size()).astype(float),
            "given": given.groupby(areas).all(),
        }
    )


def _summed(cells: pd.DataFrame, rule: Rule) -> pd.Series:
    return moe90(cells, rule).groupby(cells["area_code"]).sum().astype(float)


def _overlapping(first: pd.Series, last: pd.Series) -> pd.Series:
    """The error of the difference of two figures whose errors correlate as far as they share panels."""
    return (first**2 + last**2 - 2 * SHARED_PANELS * first * last).clip(lower=0).pow(0.5)
