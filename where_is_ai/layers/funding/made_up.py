"""Form D filings written for the project, in the format of the SEC's data sets: for a demonstration and for tests.

    python -m where_is_ai.layers.funding.made_up ARCHIVE     # then run with WHERE_IS_AI_SOURCE=archive on its folder

Nobody filed them and they say nothing about the world. Every answer is marked as made up, and so is every output.
"""

import random
import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

from where_is_ai.archive.store import Archive
from where_is_ai.layers.funding.members import MONTHS
from where_is_ai.layers.funding.notes import MADE_UP
from where_is_ai.layers.funding.source import PAGE, data_set
from where_is_ai.layers.made_up import copy_places, enter
from where_is_ai.quarters import Quarter

QUARTERS = (Quarter(2026, 1), Quarter(2026, 2))
SEED = 20260630
FILINGS = 1_500
AI_SHARE, FUND_SHARE, AMENDED_SHARE = 0.2, 0.6, 0.15
TOWNS = {
    "SAN FRANCISCO CA": 16, "Palo Alto CA": 6, "SAN JOSE CA": 4, "NEW YORK NY": 14, "Brooklyn NY": 3, "BOSTON MA": 6,
    "CAMBRIDGE MA": 4, "SEATTLE WA": 5, "AUSTIN TX": 5, "LOS ANGELES CA": 5, "SAN DIEGO CA": 3, "CHICAGO IL": 4,
    "DENVER CO": 3, "Boulder CO": 2, "ATLANTA GA": 3, "MIAMI FL": 3, "Salt Lake City UT": 2, "PITTSBURGH PA": 2,
    "RALEIGH NC": 2, "Durham NC": 1, "Washington DC": 2, "DALLAS TX": 3, "WILMINGTON DE": 4, "SHERIDAN WY": 2,
    "Minneapolis MN": 2, "Columbus OH": 1, "Nashville TN": 1, "LONDON X0": 2, "Toronto A6": 1,
}  # fmt: skip
SUBMISSION = (
    "ACCESSIONNUMBER", "FILE_NUM", "FILING_DATE", "SIC_CODE", "SCHEMAVERSION", "SUBMISSIONTYPE", "TESTORLIVE",
    "OVER100PERSONSFLAG", "OVER100ISSUERFLAG",
)  # fmt: skip
ISSUER = (
    "ACCESSIONNUMBER", "IS_PRIMARYISSUER_FLAG", "ISSUER_SEQ_KEY", "CIK", "ENTITYNAME", "STREET1", "STREET2", "CITY",
    "STATEORCOUNTRY", "STATEORCOUNTRYDESCRIPTION", "ZIPCODE", "ISSUERPHONENUMBER", "JURISDICTIONOFINC",
    "ISSUER_PREVIOUSNAME_1", "ISSUER_PREVIOUSNAME_2", "ISSUER_PREVIOUSNAME_3", "EDGAR_PREVIOUSNAME_1",
    "EDGAR_PREVIOUSNAME_2", "EDGAR_PREVIOUSNAME_3", "ENTITYTYPE", "ENTITYTYPEOTHERDESC",
    "YEAROFINC_TIMESPAN_CHOICE", "YEAROFINC_VALUE_ENTERED",
)  # fmt: skip
OFFERING = (
    "ACCESSIONNUMBER", "INDUSTRYGROUPTYPE", "INVESTMENTFUNDTYPE", "IS40ACT", "REVENUERANGE",
    "AGGREGATENETASSETVALUERANGE", "FEDERALEXEMPTIONS_ITEMS_LIST", "ISAMENDMENT", "PREVIOUSACCESSIONNUMBER",
    "SALE_DATE", "YETTOOCCUR", "MORETHANONEYEAR", "ISEQUITYTYPE", "ISDEBTTYPE", "ISOPTIONTOACQUIRETYPE",
    "ISSECURITYTOBEACQUIREDTYPE", "ISPOOLEDINVESTMENTFUNDTYPE", "ISTENANTINCOMMONTYPE", "ISMINERALPROPERTYTYPE",
    "ISOTHERTYPE", "DESCRIPTIONOFOTHERTYPE", "ISBUSINESSCOMBINATIONTRANS", "BUSCOMBCLARIFICATIONOFRESP",
    "MINIMUMINVESTMENTACCEPTED", "OVER100RECIPIENTFLAG", "TOTALOFFERINGAMOUNT", "TOTALAMOUNTSOLD", "TOTALREMAINING",
    "SALESAMTCLARIFICATIONOFRESP", "HASNONACCREDITEDINVESTORS", "NUMBERNONACCREDITEDINVESTORS",
    "TOTALNUMBERALREADYINVESTED", "SALESCOMM_DOLLARAMOUNT", "SALESCOMM_ISESTIMATE", "FINDERSFEE_DOLLARAMOUNT",
    "FINDERSFEE_ISESTIMATE", "FINDERFEECLARIFICATIONOFRESP", "GROSSPROCEEDSUSED_DOLLARAMOUNT",
    "GROSSPROCEEDSUSED_ISESTIMATE", "GROSSPROCEEDSUSED_CLAROFRESP", "AUTHORIZEDREPRESENTATIVE",
)  # fmt: skip
HEADINGS = {"FORMDSUBMISSION.tsv": SUBMISSION, "ISSUERS.tsv": ISSUER, "OFFERING.tsv": OFFERING}
Cells = Mapping[str, object]


def zipped(tables: Mapping[str, Sequence[Cells]], folder: str) -> bytes:
    """A data set of the tables' rows, in the SEC's columns and order; cells that a row lacks are blank."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in tables.items():
            headings = HEADINGS.get(name) or tuple(rows[0])
            lines = [headings, *([str(row.get(heading, "")) for heading in headings] for row in rows)]
            text = "".join("\t".join(line) + "\n" for line in lines)
            archive.writestr(zipfile.ZipInfo(f"{folder}/{name}", (2026, 1, 1, 0, 0, 0)), text)
    return content.getvalue()


def page_of(quarters: Sequence[Quarter]) -> bytes:
    """The SEC's page, with a link to the data set of each quarter."""
    links = "".join(f'<li><a href="{_path(each)}">{each}</a></li>' for each in quarters)
    return f"<html><title>Form D Data Sets</title><ul>{links}</ul></html>".encode()


def address(quarter: Quarter) -> str:
    return f"https://www.sec.gov{_path(quarter)}"


def _path(quarter: Quarter) -> str:
    return f"/files/structureddata/data/form-d-data-sets/{quarter.year}q{quarter.number}_d.zip"


def write_archive(folder: Path) -> Archive:
    """An archive of made-up data sets of QUARTERS, of which some amend filings of the one before.

    Places are the Census Bureau's, copied from the sample archive.
    """
    archive, draw = Archive(folder), random.Random(SEED)
    copy_places(archive)
    for quarter, content in data_sets(draw, QUARTERS, FILINGS):
        day = quarter.last_day + timedelta(days=15)
        enter(archive, data_set(address(quarter)), content, day, MADE_UP)
        enter(archive, PAGE, page_of([each for each in QUARTERS if each <= quarter]), day, MADE_UP)
    return archive


def data_sets(
    draw: random.Random, quarters: Sequence[Quarter], filings: int
) -> Iterator[tuple[Quarter, bytes]]:
    """A zip of so many made-up ``filings`` for each of the quarters; some amend filings of the quarter before."""
    before: list[dict[str, dict]] = []
    for quarter in quarters:
        made = [_filing(draw, quarter, number, before) for number in range(1, filings + 1)]
        tables = {name: [filing[name] for filing in made] for name in HEADINGS}
        yield quarter, zipped(tables, f"{quarter.year}Q{quarter.number}_d")
        before = [each for each in made if each["OFFERING.tsv"]["ISPOOLEDINVESTMENTFUNDTYPE"] != "true"]


def _filing(
    draw: random.Random, quarter: Quarter, number: int, before: list[dict[str, dict]]
) -> dict[str, dict]:
    """A filing by member: of a fund or a company, its first or an amendment of one of ``before``."""
    filed = quarter.first_day + timedelta(
        days=draw.randrange((quarter.last_day - quarter.first_day).days + 1)
    )
    accession = f"0009{quarter.year:06d}-{quarter.year % 100}-{quarter.number}{number:05d}"
    head = {"ACCESSIONNUMBER": accession, "FILING_DATE": _worded(filed), "TESTORLIVE": "LIVE"}
    if before and draw.random() < AMENDED_SHARE:
        amended = draw.choice(before)
        first = amended["OFFERING.tsv"]
        sold = max(0, int(first["TOTALAMOUNTSOLD"] * draw.uniform(0.9, 2.0)))
        terms = first | {
            "ISAMENDMENT": "true",
            "PREVIOUSACCESSIONNUMBER": first["ACCESSIONNUMBER"],
            "TOTALAMOUNTSOLD": sold,
        }
        head |= {"FILE_NUM": amended["FORMDSUBMISSION.tsv"]["FILE_NUM"], "SUBMISSIONTYPE": "D/A"}
        return {
            "FORMDSUBMISSION.tsv": head,
            "ISSUERS.tsv": amended["ISSUERS.tsv"] | {"ACCESSIONNUMBER": accession},
            "OFFERING.tsv": terms | {"ACCESSIONNUMBER": accession},
        }
    fund, ai = draw.random() < FUND_SHARE, draw.random() < AI_SHARE
    town, _, state = draw.choices(list(TOWNS), list(TOWNS.values()))[0].rpartition(" ")
    kind = "Fund, LP" if fund else "AI, Inc." if ai else "Industries, Inc."
    sold = int(draw.lognormvariate(14.5, 1.4))
    return {
        "FORMDSUBMISSION.tsv": head
        | {"FILE_NUM": f"021-{quarter.year % 100}{quarter.number}{number:05d}", "SUBMISSIONTYPE": "D"},
        "ISSUERS.tsv": {
            "ACCESSIONNUMBER": accession,
            "IS_PRIMARYISSUER_FLAG": "YES",
            "ISSUER_SEQ_KEY": 1,
            "CIK": 9_000_000_000 + 1_000_000 * (quarter.year % 100) + 100_000 * quarter.number + number,
            "ENTITYNAME": f"Made-up Company {quarter.number}-{number} {kind}",
            "CITY": town,
            "STATEORCOUNTRY": state,
        },
        "OFFERING.tsv": {
            "ACCESSIONNUMBER": accession,
            "INDUSTRYGROUPTYPE": "Pooled Investment Fund" if fund else "Other Technology",
            "FEDERALEXEMPTIONS_ITEMS_LIST": "06b,3C,3C.1" if fund else "06b",
            "ISAMENDMENT": "false",
            "SALE_DATE": filed - timedelta(days=draw.randrange(60)),
            "ISEQUITYTYPE": "true",
            "ISPOOLEDINVESTMENTFUNDTYPE": "true" if fund else "",
            "TOTALOFFERINGAMOUNT": "Indefinite" if fund else int(sold * 1.3),
            "TOTALAMOUNTSOLD": sold,
        },
    }


def _worded(day: date) -> str:
    return f"{day.day:02d}-{MONTHS[day.month - 1]}-{day.year}"


if __name__ == "__main__":
    write_archive(Path(sys.argv[1]))
