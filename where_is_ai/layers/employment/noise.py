"""Is a change more than the survey's noise? By BLS's standard errors, else by those of cells of the same size."""

from functools import cache
from importlib.resources import files

import numpy as np
import pandas as pd

from where_is_ai.layers.employment.bounds import ROUNDING_JOBS, sampling_error, summed_if_all_known

SIZES = (0, 100, 300, 1000, 3000)
PROXY_QUANTILE = 0.9
BY_PRSE = "emp_prse"
BY_PROXY = "prse_by_size_2022"
RULES = {
    BY_PRSE: "BLS's own standard errors of both releases",
    BY_PROXY: "standard errors that the release does not give, taken at the upper decile of what AI cells of the same "
    "size had in May 2022",
}


def noise_of_change(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Per area_code of the cells (OewsCells, published in both): ``noise`` in jobs and the ``noise_rule`` it is by.

    Half the 90 % interval of the change: errors of the occupations of one release are added linearly; those of the
    two releases as independent, which is cautious since their shared panels make them move together; and every
    figure's rounding on top.
    """
    first, last = _errors(before), _errors(after)
    sampled = np.hypot(first["error"].astype(float), last["error"].astype(float))
    by_prse = first["given"] & last["given"]
    return pd.DataFrame(
        {
            "noise": (sampled + first["rounding"] + last["rounding"]).astype("Float64"),
            "noise_rule": by_prse.map({True: BY_PRSE, False: BY_PROXY}),
        }
    )


def _errors(cells: pd.DataFrame) -> pd.DataFrame:
    """Per area_code: the sampling error and rounding in jobs, and whether all standard errors are BLS's own."""
    given, areas = cells["emp_prse_pct"], cells["area_code"]
    error = sampling_error(cells, given.fillna(prse_by_size(cells["employment"])))
    return pd.DataFrame(
        {
            "error": summed_if_all_known(error, areas),
            "rounding": ROUNDING_JOBS * areas.groupby(areas).size(),
            "given": given.notna().groupby(areas).all(),
        }
    )


def prse_by_size(employment: pd.Series) -> pd.Series:
    """A cautious percent relative standard error for cells of so many jobs."""
    table = proxy_table()
    size = np.searchsorted(table["employment_from"], employment.astype(float), side="right") - 1
    return pd.Series(table["prse_pct"].to_numpy()[size], index=employment.index, dtype="Float64")


@cache
def proxy_table() -> pd.DataFrame:
    """``prse_by_size.csv``: what ``measure_prse_by_size`` gives for the AI cells of May 2022."""
    with files("where_is_ai.layers.employment").joinpath("prse_by_size.csv").open() as file:
        return pd.read_csv(file)


def measure_prse_by_size(cells: pd.DataFrame) -> pd.DataFrame:
    """Per size class of ``cells``: employment_from, the number of cells and the upper decile of their PRSE.

    A smaller class is given at least the error of the next larger one, since the classes are small samples.
    """
    known = cells.dropna(subset=["employment", "emp_prse_pct"])
    sizes = pd.Series(SIZES)[np.searchsorted(SIZES, known["employment"].astype(float), side="right") - 1]
    prse = known["emp_prse_pct"].astype(float).groupby(sizes.to_numpy())
    table = pd.DataFrame({"cells": prse.size(), "prse_pct": prse.quantile(PROXY_QUANTILE).round(1)})
    table["prse_pct"] = table["prse_pct"][::-1].cummax()[::-1]
    return table.rename_axis("employment_from").reset_index()
