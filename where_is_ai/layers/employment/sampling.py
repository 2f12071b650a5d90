"""The survey's sampling error of a cell: the one model that bounds, noise and ranks share."""

from functools import cache
from importlib.resources import files
from typing import Literal

import numpy as np
import pandas as pd

from where_is_ai.intervals import Z_90

SIZES = (0, 100, 300, 1000, 3000)
QUANTILES = {"median": 0.5, "upper_decile": 0.9}
BY_PRSE = "emp_prse"
BY_PROXY = "prse_by_size_2022"
ERROR_RULES = {
    BY_PRSE: "BLS's own standard errors",
    BY_PROXY: "median standard error of like-sized cells of May 2022",
}

Rule = Literal["median", "upper_decile"]


def prse_pct(cells: pd.DataFrame, rule: Rule = "median") -> pd.Series:
    """Percent relative standard error of each of ``cells`` (OewsCells): BLS's own where given, else a proxy.

    The proxy is the ``rule`` (the median, or the upper decile as a sensitivity) of what AI cells of the same size
    had in May 2022. NA where the cell is not published and BLS gives none.
    """
    return cells["emp_prse_pct"].fillna(prse_by_size(cells["employment"], rule))


def moe90(cells: pd.DataFrame, rule: Rule = "median") -> pd.Series:
    """The 90 % margin of each cell in jobs, by ``prse_pct``; rounding is not in it."""
    return (Z_90 * prse_pct(cells, rule) / 100 * cells["employment"].astype("Float64")).astype("Float64")


def error_rule(given: pd.Series) -> pd.Series:
    """By which rule a figure's error is, from whether all its standard errors are BLS's own."""
    return given.map({True: BY_PRSE, False: BY_PROXY})


def prse_by_size(employment: pd.Series, rule: Rule = "median") -> pd.Series:
    """Percent relative standard error of AI cells of so many jobs in May 2022; NA where the number is unknown."""
    table = proxy_table()
    known = employment.notna().to_numpy()
    size = np.searchsorted(table["employment_from"], employment[known].astype(float), side="right") - 1
    found = pd.Series(pd.NA, index=employment.index, dtype="Float64")
    found[known] = table[f"prse_{rule}_pct"].to_numpy()[size]
    return found


@cache
def proxy_table() -> pd.DataFrame:
    """``prse_by_size.csv``: what ``measure_prse_by_size`` gives for the AI cells of May 2022."""
    with files("where_is_ai.layers.employment").joinpath("prse_by_size.csv").open() as file:
        return pd.read_csv(file)


def measure_prse_by_size(cells: pd.DataFrame) -> pd.DataFrame:
    """Per size class of ``cells``: employment_from, the number of cells, median and upper decile of their PRSE.

    A smaller class is given at least the error of the next larger one, since the classes are small samples.
    """
    known = cells.dropna(subset=["employment", "emp_prse_pct"])
    sizes = pd.Series(SIZES)[np.searchsorted(SIZES, known["employment"].astype(float), side="right") - 1]
    prse = known["emp_prse_pct"].astype(float).groupby(sizes.to_numpy())
    table = pd.DataFrame({"cells": prse.size()})
    for rule, quantile in QUANTILES.items():
        table[f"prse_{rule}_pct"] = prse.quantile(quantile).round(1)[::-1].cummax()[::-1]
    return table.rename_axis("employment_from").reset_index()
