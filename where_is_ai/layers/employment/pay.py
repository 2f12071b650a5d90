"""Pay as BLS gives it: numbers, marks that stand for one, and what two occupations' medians say of both together."""

import pandas as pd

# The columns of OewsCells: US dollars a year.
PAY = ("pay_pct25_usd", "pay_median_usd", "pay_pct75_usd")
NOT_GIVEN, TOP_CODED = "*", "#"
PAY_MARKS = {NOT_GIVEN: "not given by BLS", TOP_CODED: "at or above the highest wage that BLS publishes"}
MARK = "What stands for the number: * not given, # at or above the highest wage that BLS publishes"


def mark_of(column: str) -> str:
    """The column of the marks that belong to one of PAY."""
    return column.replace("_usd", "_mark")


def median_range(cells: pd.DataFrame) -> pd.DataFrame:
    """Per area_code of ``cells`` (the AI occupations' OewsCells): between which medians that of all together lies.

    ``pay_median_low_usd`` and ``pay_median_high_usd`` are the least and the greatest median of its occupations, and
    no average: the median of people put together is between those of the parts, wherever their numbers put it.
    A top-coded median has no number, so that the high end is unknown; ``pay_median_mark`` says so.
    ``pay_occupations`` names those with a median: of the others nothing is said.
    """
    known = cells[cells["pay_median_usd"].notna() | (cells["pay_median_mark"] == TOP_CODED)]
    areas = known.sort_values("occ_code").groupby("area_code")
    top = (known["pay_median_mark"] == TOP_CODED).fillna(False).groupby(known["area_code"]).any()
    highest = areas["pay_median_usd"].max()
    return pd.DataFrame(
        {
            "pay_median_low_usd": areas["pay_median_usd"].min().round(),
            "pay_median_high_usd": highest.mask(top).round(),
            "pay_median_mark": top.map({True: TOP_CODED, False: pd.NA}).astype("str"),
            "pay_occupations": areas["occ_code"].agg(" + ".join),
        }
    )
