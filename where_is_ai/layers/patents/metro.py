"""From patents and the places of their inventors to metros, to the world's metros, and to what is in none.

``shares`` are PatentShares with the columns of PatentPlaces and AiPatents, as ``joined`` gives them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.geography.places import locate
from where_is_ai.layers.made_up import whose
from where_is_ai.layers.patents.notes import MADE_UP, RECEIVED
from where_is_ai.layers.patents.schema import (
    DECIMALS,
    PLACED,
    CountryPatents,
    MetroPatents,
    PatentCoverage,
    WorldPatents,
)
from where_is_ai.quarters import Quarter
from where_is_ai.tables import as_table

ALL = "all patents granted"
# Releases come quarterly: one fetched this long after the quarter is the first that holds all of it.
SOON = timedelta(days=183)
USA = "US"
_FLAGS = ("g06n", "g06n_inventional", "wide")


@dataclass(frozen=True)
class Basis:
    """What all rows of a quarter rest on: the day of the release, and whose tables they are."""

    release: date
    source: str


def basis_of(entries: Sequence[Entry]) -> Basis:
    """The release is that of the table that was received first."""
    return Basis(min(entry.retrieved.date() for entry in entries), whose(entries, MADE_UP, RECEIVED))


def joined(patents: pd.DataFrame, shares: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Every share (PatentShares) with its place and whether its patent is AI."""
    rows = shares.merge(patents, "left", "patent_id").merge(places, "left", "location_id")
    rows["placed"] = rows["placed"].fillna("unplaced")
    for flag in _FLAGS:
        rows[flag] = rows[flag].fillna(False).astype(bool)
        rows[f"share_{flag}"] = rows["share"].where(rows[flag], 0.0)
    return rows


def by_metro(shares: pd.DataFrame, places: pd.DataFrame, quarter: Quarter, basis: Basis) -> pd.DataFrame:
    """MetroPatents: metros (CbsaPlaces) with any AI patent, first rank first."""
    here = shares[shares["area_code"].notna()]
    rows = _counted(here, "area_code")
    rows = rows[rows["ai_patents_wide"] > 0].reset_index(drop=True)
    rows["metro"] = rows["area_code"].map(places.set_index("area_code")["name"])
    rows[["lat", "lon"]] = locate(rows, places)
    return _ordered(rows, MetroPatents, "area_code", quarter, basis)


def world_by_metro(shares: pd.DataFrame, quarter: Quarter, basis: Basis) -> pd.DataFrame:
    """WorldPatents: metros of the USA by CBSA, abroad urban centres or the cities that inventors give.

    An urban centre across a border is in the country that most of its inventors live in.
    """
    here = shares[shares["metro_id"].notna()].assign(country_code=_countries(shares))
    rows = _counted(here, "metro_id")
    most = here.groupby(["metro_id", "country_code", "metro", "geography"])["share"].sum().reset_index()
    most = most.sort_values(["share", "country_code"], ascending=[False, True]).drop_duplicates("metro_id")
    rows = rows.merge(most.drop(columns="share"), "left", "metro_id")
    return _ordered(rows[rows["ai_patents"] > 0], WorldPatents, "metro_id", quarter, basis)


def by_country(shares: pd.DataFrame, quarter: Quarter, basis: Basis) -> pd.DataFrame:
    """CountryPatents: every country with any AI patent; inventors whose country is not given are in none."""
    here = shares.assign(country_code=_countries(shares)).dropna(subset="country_code")
    rows = _counted(here, "country_code")
    return _ordered(rows[rows["ai_patents"] > 0], CountryPatents, "country_code", quarter, basis)


def coverage(shares: pd.DataFrame, quarter: Quarter, basis: Basis) -> pd.DataFrame:
    """PatentCoverage: all patents, then by how far the places of their inventors lead; nothing is dropped."""
    parts = shares.assign(part=shares["placed"].map(PLACED))
    rows = pd.concat([_counted(shares.assign(part=ALL), "part"), _counted(parts, "part")], ignore_index=True)
    return as_table(_resting(rows, quarter, basis), PatentCoverage)


def unlike_shares(table: pd.DataFrame, shares: pd.DataFrame) -> pd.DataFrame:
    """Sums of fractional counts of ``table`` that differ from those of ``shares``."""
    sums = {"ai_patents": "share_g06n", "ai_patents_inventional": "share_g06n_inventional"}
    rows = [(name, table[name].sum(), shares[share].sum()) for name, share in sums.items()]
    told = pd.DataFrame(rows, columns=["column", "table", "shares"])
    return told[(told["table"] - told["shares"]).abs() > 1e-6 * told["shares"].abs().clip(lower=1)]


def _countries(shares: pd.DataFrame) -> pd.Series:
    """What is in a county or town of the USA is there, also where the table of places gives no country."""
    return shares["country_code"].mask(shares["placed"].isin(["metro", "micro", "outside"]), USA)


def _counted(shares: pd.DataFrame, by: str) -> pd.DataFrame:
    groups = shares.groupby(by, sort=True)
    rows = groups[["share_g06n", "share_g06n_inventional", "share_wide", "share"]].sum()
    rows.columns = ["ai_patents", "ai_patents_inventional", "ai_patents_wide", "all_patents"]
    rows["ai_patents_any"] = shares[shares["g06n"]].groupby(by)["patent_id"].nunique()
    rows["ai_patents_any"] = rows["ai_patents_any"].fillna(0).astype(int)
    rows["ai_share_pct"] = rows["ai_patents"] / rows["all_patents"] * 100
    return rows.reset_index()


def _resting(rows: pd.DataFrame, quarter: Quarter, basis: Basis) -> pd.DataFrame:
    return rows.assign(
        release=basis.release.isoformat(),
        as_known=basis.release <= quarter.last_day + SOON,
        source=basis.source,
    )


def _ordered(rows: pd.DataFrame, model, key: str, quarter: Quarter, basis: Basis) -> pd.DataFrame:
    """Ranked by AI patents as published, so that what a reader sees as equal shares a rank."""
    some = rows["ai_patents"].round(DECIMALS)
    rank = some.where(some > 0).rank(method="min", ascending=False).astype("Int64")
    rows = _resting(rows.assign(rank=rank), quarter, basis).sort_values(["rank", key])
    return as_table(rows, model).reset_index(drop=True)
