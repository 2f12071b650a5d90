"""An offering and its amendments: each says the amount sold since the beginning, so that only what it adds counts.

Filings belong to one offering where one says that it amends another, or where they share a file number.
"""

import pandas as pd

from where_is_ai.quarters import Quarter

NOT_AT_HAND = "the filing that it amends is not at hand"
NOT_GIVEN = "the amount sold is not given"
NOT_GIVEN_BEFORE = "the amount sold before is not given"


def offerings_of(filings: pd.DataFrame) -> pd.Series:
    """For each of FormDFilings the accession number of its offering's first filing at hand."""
    roots = _Roots()
    for row in filings[["accession_number", "previous_accession_number", "file_number"]].itertuples(
        index=False
    ):
        if pd.notna(row.previous_accession_number):
            roots.join(row.accession_number, row.previous_accession_number)
        if pd.notna(row.file_number):
            roots.join(row.accession_number, f"file {row.file_number}")
    chain = filings["accession_number"].map(roots.root)
    ordered = in_order(filings)
    firsts = ordered.groupby(chain.reindex(ordered.index))["accession_number"].first()
    return chain.map(firsts)


def in_order(filings: pd.DataFrame) -> pd.DataFrame:
    """Filings in the order in which they were made, as far as the data sets say; of one day amendments last."""
    order = ["data_set", "filing_date", "amendment", "accession_number"]
    return filings.sort_values(order, na_position="first", kind="stable")


def in_quarter(filings: pd.DataFrame, quarter: Quarter) -> pd.DataFrame:
    """The last filing in ``quarter`` of each offering (FormDFilings with ``offering``), and what the quarter added.

    Gains filings (how many there were in the quarter), sold_before_usd, before_accession_number (the filing that says
    that), amount_sold_usd (what was added, 0 for a decrease), amount_corrected_usd (the decrease, 0 for an increase)
    and why_unknown.
    """
    ordered = in_order(filings)
    now = ordered[ordered["data_set"] == str(quarter)]
    earlier = ordered[ordered["data_set"] < str(quarter)]
    rows = now.groupby("offering").tail(1).set_index("offering", drop=False).rename_axis(index="key")
    rows["filings"] = now.groupby("offering").size()
    began_before = rows["offering"].isin(earlier["offering"])
    began_here = ~began_before & ~now.groupby("offering")["amendment"].first().reindex(rows.index)
    # The last amount that was given; where none was, it is not known whether this one adds any.
    given = (
        earlier.dropna(subset="sold_usd")
        .groupby("offering")
        .tail(1)
        .set_index("offering")
        .reindex(rows.index)
    )
    rows["sold_before_usd"], rows["before_accession_number"] = given["sold_usd"], given["accession_number"]
    rows.loc[began_here, "sold_before_usd"] = 0.0
    added = rows["sold_usd"] - rows["sold_before_usd"]
    rows["amount_sold_usd"], rows["amount_corrected_usd"] = added.clip(lower=0), added.clip(upper=0)
    rows["why_unknown"] = pd.Series(pd.NA, index=rows.index, dtype="str")
    unknown_before = rows["sold_before_usd"].isna()
    rows.loc[unknown_before & began_before, "why_unknown"] = NOT_GIVEN_BEFORE
    rows.loc[unknown_before & ~began_before, "why_unknown"] = NOT_AT_HAND
    rows.loc[rows["sold_usd"].isna(), "why_unknown"] = NOT_GIVEN
    return rows.reset_index(drop=True)


class _Roots:
    """Sets of names that were joined, each under one of its own."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def root(self, name: str) -> str:
        while (above := self._above.get(name, name)) != name:
            # Halve the way for whoever asks next.
            self._above[name] = self._above.get(above, above)
            name = above
        return name

    def join(self, one: str, other: str) -> None:
        self._above[self.root(one)] = self.root(other)
