"""From a published amount back to the lines of the SEC's tables."""

from collections.abc import Iterable, Iterator

import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.archive.evidence import Evidence, RawCell, Trace, whole_answers
from where_is_ai.archive.unpack import open_zip
from where_is_ai.geography.trace import COLUMNS, point_cells
from where_is_ai.layers.funding.members import Member
from where_is_ai.layers.funding.notes import METROS, OFFERINGS, RAW
from where_is_ai.layers.funding.source import ISSUERS, SUBMISSIONS, quarter_of
from where_is_ai.layers.funding.source import OFFERINGS as TERMS

# What is read of a filing: member and heading by the column of FormDFilings.
_READ = {
    "sold_usd": (TERMS, "TOTALAMOUNTSOLD"),
    "offering_usd": (TERMS, "TOTALOFFERINGAMOUNT"),
    "industry": (TERMS, "INDUSTRYGROUPTYPE"),
    "first_sale": (TERMS, "SALE_DATE"),
    "debt": (TERMS, "ISDEBTTYPE"),
    "business_combination": (TERMS, "ISBUSINESSCOMBINATIONTRANS"),
    "issuer": (ISSUERS, "ENTITYNAME"),
    "cik": (ISSUERS, "CIK"),
    "city": (ISSUERS, "CITY"),
    "state": (ISSUERS, "STATEORCOUNTRY"),
    "file_number": (SUBMISSIONS, "FILE_NUM"),
}
_LINES = {TERMS: "offering_line", ISSUERS: "issuer_line", SUBMISSIONS: "submission_line"}
# Of the columns of offerings that are not simply read: what of the filing says it.
_OF_OFFERING = {
    "tier_a": ("cik",),
    "tier_b": ("issuer", "industry"),
    "tier_c": ("issuer",),
    "says": ("issuer",),
    "offering_indefinite": ("offering_usd",),
    "placed": ("city", "state"),
    "area_code": ("city", "state"),
}
_AMOUNTS = ("sold", "corrected", "median", "unknown", "rank")


def trace(table: str, row: pd.Series, column: str, evidence: Evidence) -> Trace:
    """The cells of the offerings behind a row by metro or of one offering; amounts with those before the quarter."""
    if table == METROS and column in COLUMNS:
        return Trace(
            "the metro's own entry in the Census gazetteer", tuple(point_cells(row, column, evidence))
        )
    if column in ("operating_issuers", "ai_issuers_pct"):
        return trace_whole(table, row, column, evidence)
    offerings = evidence.table(OFFERINGS)
    key = "area_code" if table == METROS else "accession_number"
    own = offerings[offerings[key] == row[key]]
    if (tier := column[:2]) in ("a_", "b_", "c_"):
        own = own[own[f"tier_{tier[0]}"].fillna(False).astype(bool)]
    if any(word in column for word in _AMOUNTS):
        numbers = own[["before_accession_number", "accession_number"]].to_numpy().ravel()
        how = f"{len(own)} offerings: what the last filing of each says was sold, less the last before the quarter"
        return Trace(how, tuple(_cells(numbers, ("sold_usd",), evidence)))
    read = _OF_OFFERING.get(column, (column,) if column in _READ else ("issuer",))
    cells = _cells(own["accession_number"], read, evidence)
    return Trace(f"the last filings of {len(own)} offerings in the quarter", tuple(cells))


def trace_whole(table: str, row: pd.Series, column: str, evidence: Evidence) -> Trace:  # noqa: ARG001
    """Behind a row that was counted over all filings: the whole data sets."""
    return whole_answers(f"{column} of {table} was counted over all filings at hand", evidence.entries(RAW))


def _cells(numbers: Iterable[str], columns: Iterable[str], evidence: Evidence) -> Iterator[RawCell]:
    numbers = [number for number in numbers if pd.notna(number)]
    filings = evidence.table("formd_filings")
    filings = filings[filings["accession_number"].isin(numbers)].set_index("accession_number")
    entries = {str(quarter_of(entry)): entry for entry in evidence.entries(RAW)}
    paths: dict[tuple[str, Member], str] = {}
    for number in numbers:
        filing = filings.loc[number]
        entry = entries[filing["data_set"]]
        for column in columns:
            member, heading = _READ[column]
            if (entry.url, member) not in paths:
                paths[entry.url, member] = _path(evidence, entry, member)
            value = filing[column]
            yield RawCell(
                entry,
                {"member": paths[entry.url, member], "line": int(filing[_LINES[member]]), "column": heading},
                None if pd.isna(value) else value.item() if hasattr(value, "item") else value,
                f"{heading} of filing {number}",
            )


def _path(evidence: Evidence, entry: Entry, member: Member) -> str:
    with open_zip(evidence.library.path(entry), entry.url) as archive:
        return member.path_in(archive.names, entry.url)
