"""How many people live in the USA, by the same vintage of estimates as its metros' residents."""

from io import StringIO

import pandas as pd

from where_is_ai.archive.content import has_columns
from where_is_ai.archive.entry import Entry, Request
from where_is_ai.archive.fetch import Library
from where_is_ai.borders import reading
from where_is_ai.errors import BadUpstream
from where_is_ai.geography.schema import NationResidents
from where_is_ai.geography.source import CENSUS, POPULATION_ESTIMATES, vintage_of
from where_is_ai.rules import FETCH_AGAIN
from where_is_ai.tables import as_table

# Rows of the file: the nation, and the states with the District of Columbia; the nation is without Puerto Rico.
NATION, STATE, PUERTO_RICO = "010", "040", "72"


def national_population(vintage: int) -> Request:
    """The file of the nation's and the states' estimates that the bureau made in ``vintage``."""
    return Request(
        f"{POPULATION_ESTIMATES}/2020-{vintage}/state/totals/NST-EST{vintage}-ALLDATA.csv",
        CENSUS,
        "text/csv",
        promise=has_columns("SUMLEV", "NAME"),
    )


def read_nation(library: Library, entry: Entry) -> pd.DataFrame:
    """NationResidents: one row, of 1 July of the vintage's year; BadUpstream where the file does not have it."""
    year = vintage_of(entry)
    with reading(entry.url):
        rows = pd.read_csv(StringIO(library.read(entry).decode("utf-8-sig")), dtype=str)
        residents = pd.to_numeric(rows[f"POPESTIMATE{year}"]).astype("Int64")
        nation = residents[rows["SUMLEV"] == NATION]
        states = residents[(rows["SUMLEV"] == STATE) & (rows["STATE"] != PUERTO_RICO)]
    if len(nation) != 1 or nation.isna().any():
        raise BadUpstream(
            f"{entry.url} has {len(nation)} rows of the nation, where one belongs.", FETCH_AGAIN
        )
    if len(states) and states.sum() != nation.iloc[0]:
        raise BadUpstream(
            f"{entry.url} gives the nation {nation.iloc[0]:,} residents and its states {states.sum():,}.",
            FETCH_AGAIN,
        )
    row = {"population": nation.iloc[0], "population_year": year, "population_vintage": year}
    return as_table(pd.DataFrame([row]), NationResidents)
