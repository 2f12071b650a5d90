"""From zips of tables to one row per filing; what can't be read is set aside line by line, and counted.

A filing is read whole or not at all: one of whose lines is set aside is in no table.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.archive.fetch import Library
from where_is_ai.archive.unpack import Zip, open_zip
from where_is_ai.borders import reading
from where_is_ai.errors import BadUpstream
from where_is_ai.layers.funding.members import ADAPT, Line, Member, UnreadableLine, lines_of
from where_is_ai.layers.funding.schema import FormDFilings, UnreadLines
from where_is_ai.layers.funding.source import ISSUERS, OFFERINGS, PREVIOUS_NAMES, SUBMISSIONS, quarter_of
from where_is_ai.tables import as_table

# More than so many of a data set's filings are no slips of those who filed: the layout has changed.
MOST_UNREAD_PCT = 1


def read_filings(library: Library, entries: Sequence[Entry]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """FormDFilings of the data sets, the oldest first, and UnreadLines; a filing that two hold is of the older one.

    Raises BadUpstream where a column is missing, or more than MOST_UNREAD_PCT of the filings can't be read.
    """
    read = [_read_data_set(library, entry) for entry in sorted(entries, key=quarter_of)]
    filings = pd.concat([each for each, _ in read], ignore_index=True) if read else FormDFilings.empty()
    unread = pd.concat([each for _, each in read], ignore_index=True) if read else UnreadLines.empty()
    return filings.drop_duplicates("accession_number", ignore_index=True), unread


@dataclass
class _Lines:
    """The readable lines of a member by the number of their filing, and what is set aside."""

    of_filing: dict[str, list[Line]] = field(default_factory=dict)
    unread: list[UnreadableLine] = field(default_factory=list)


def _read_data_set(library: Library, entry: Entry) -> tuple[pd.DataFrame, pd.DataFrame]:
    quarter = str(quarter_of(entry))
    with reading(entry.url), open_zip(library.path(entry), entry.url) as archive:
        submissions, offerings, issuers = (
            _lines(archive, member, entry) for member in (SUBMISSIONS, OFFERINGS, ISSUERS)
        )
        _require_one_each(submissions)
        _require_one_each(offerings)
        lost = _lost(submissions, offerings, OFFERINGS, entry) | _lost(submissions, issuers, ISSUERS, entry)
        unread = [*submissions.unread, *offerings.unread, *issuers.unread]
        rows = []
        for number, (submission,) in submissions.of_filing.items():
            if number in lost:
                continue
            try:
                filing = _filing(submission, issuers.of_filing[number], offerings.of_filing[number][0])
            except UnreadableLine as line:
                unread.append(line)
            else:
                rows.append({"accession_number": number, "data_set": quarter} | filing)
        _require_few(unread, submissions)
        aside = [
            {"data_set": quarter, "member": each.member, "line": each.number, "why": each.why}
            for each in unread
        ]
        return _table(rows, FormDFilings), _table(aside, UnreadLines)


def _table(rows: list[dict[str, object]], model: type) -> pd.DataFrame:
    return as_table(pd.DataFrame(rows, columns=list(model.to_schema().columns)), model)


def _lines(archive: Zip, member: Member, entry: Entry) -> _Lines:
    found = _Lines()
    for line in lines_of(archive, member, entry.url):
        if isinstance(line, UnreadableLine):
            found.unread.append(line)
            continue
        try:
            found.of_filing.setdefault(_number(line), []).append(line)
        except UnreadableLine as without_number:
            found.unread.append(without_number)
    return found


def _filing(submission: Line, named: list[Line], offering: Line) -> dict[str, object]:
    """What is read of a filing: of its issuers the primary, and of several so marked the first."""
    issuer = min(named, key=lambda line: (not line.ticked("IS_PRIMARYISSUER_FLAG"), _place(line)))
    offered, indefinite = offering.usd_or_indefinite("TOTALOFFERINGAMOUNT")
    former = dict.fromkeys(name for column in PREVIOUS_NAMES if (name := issuer.text(column)))
    return {
        "filing_date": submission.day("FILING_DATE"),
        "file_number": submission.text("FILE_NUM"),
        "live": (submission.text("TESTORLIVE") or "LIVE").upper() != "TEST",
        "amendment": offering.ticked("ISAMENDMENT")
        or (submission.text("SUBMISSIONTYPE") or "").endswith("/A"),
        "previous_accession_number": offering.accession_number("PREVIOUSACCESSIONNUMBER"),
        "first_sale": offering.day("SALE_DATE"),
        "issuers_named": len(named),
        "cik": issuer.cik("CIK"),
        "issuer": issuer.required("ENTITYNAME"),
        "previous_names": "|".join(former) or None,
        "city": issuer.text("CITY"),
        "state": issuer.text("STATEORCOUNTRY"),
        "zip_code": issuer.text("ZIPCODE"),
        "industry": offering.text("INDUSTRYGROUPTYPE"),
        "exemptions": offering.text("FEDERALEXEMPTIONS_ITEMS_LIST"),
        "pooled_fund": offering.ticked("ISPOOLEDINVESTMENTFUNDTYPE"),
        "debt": offering.ticked("ISDEBTTYPE"),
        "business_combination": offering.ticked("ISBUSINESSCOMBINATIONTRANS"),
        "offering_usd": offered,
        "offering_indefinite": indefinite,
        "sold_usd": offering.usd("TOTALAMOUNTSOLD"),
        "submission_line": submission.number,
        "issuer_line": issuer.number,
        "offering_line": offering.number,
    }


def _place(issuer: Line) -> int:
    """The issuer's place among those that the filing names."""
    said = issuer.text("ISSUER_SEQ_KEY") or ""
    return int(said) if said.isdecimal() else issuer.number


def _number(line: Line) -> str:
    """The number of the filing that the line is of."""
    return line.accession_number("ACCESSIONNUMBER") or line.required("ACCESSIONNUMBER")


def _require_one_each(lines: _Lines) -> None:
    """Raise BadUpstream where a filing has two lines."""
    for number, found in lines.of_filing.items():
        if len(found) > 1:
            raise BadUpstream(
                f"{found[0].member} in {found[0].url} has {number} in line {found[0].number} and in {found[1].number}.",
                ADAPT,
            )


def _lost(submissions: _Lines, lines: _Lines, member: Member, entry: Entry) -> set[str]:
    """Filings that have no line in the member, since one there can't be read.

    Raises BadUpstream where more are missing than that: half a data set must not pass for a whole one.
    """
    alone = [number for number in submissions.of_filing if number not in lines.of_filing]
    if len(alone) > len(lines.unread):
        raise BadUpstream(
            f"{member.name} in {entry.url} has no line of {alone[0]}; so it is with {len(alone)} of "
            f"{len(submissions.of_filing)} filings.",
            "Fetch it again: it was cut off, or its tables are of different quarters.",
        )
    return set(alone)


def _require_few(unread: Sequence[UnreadableLine], submissions: _Lines) -> None:
    """Raise BadUpstream, of the first line, where too many can't be read."""
    filings = len(submissions.of_filing) + len(submissions.unread)
    if len(unread) > MOST_UNREAD_PCT / 100 * filings:
        first = unread[0]
        raise BadUpstream(f"{first.problem} So it is with {len(unread)} lines of {filings} filings.", ADAPT)
