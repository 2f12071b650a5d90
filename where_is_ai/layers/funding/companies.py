"""Tier A: the reviewed list of AI companies by their number at the SEC, in ``companies.csv``.

Each has a reason, a source for its number, and the day of the review. ``expect`` is how its name begins: a filing whose
issuer neither is nor was called so is not counted, since then the number is wrong or was given to somebody else.
"""

from functools import cache
from pathlib import Path

import pandas as pd

from where_is_ai.layers.funding.names import plain_name


@cache
def companies() -> pd.DataFrame:
    """cik, expect, reason, source, reviewed."""
    return pd.read_csv(Path(__file__).with_name("companies.csv"), dtype="str")


def on_list(filings: pd.DataFrame) -> pd.Series:
    """Whether each filing (FormDFilings) is of a listed company that goes or went by the expected name."""
    return filings["cik"].isin(companies()["cik"]) & ~_unexpected(filings)


def unexpected_names(filings: pd.DataFrame) -> pd.DataFrame:
    """cik, issuer and expect of the filings of listed numbers that nobody expected under them."""
    wrong = filings[filings["cik"].isin(companies()["cik"]) & _unexpected(filings)]
    return wrong[["cik", "issuer"]].drop_duplicates().merge(companies()[["cik", "expect"]], on="cik")


def _unexpected(filings: pd.DataFrame) -> pd.Series:
    expected = dict(zip(companies()["cik"], companies()["expect"], strict=True))
    return pd.Series(
        [
            pd.notna(row.cik)
            and row.cik in expected
            and not any(plain_name(name).startswith(plain_name(expected[row.cik])) for name in _names(row))
            for row in filings[["cik", "issuer", "previous_names"]].itertuples(index=False)
        ],
        index=filings.index,
        dtype=bool,
    )


def _names(row) -> list[str]:
    former = [] if pd.isna(row.previous_names) else row.previous_names.split("|")
    return [row.issuer, *former]
