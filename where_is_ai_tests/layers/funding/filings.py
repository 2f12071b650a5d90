"""Form D filings as a data set holds them, small, and tables read from them."""

from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pandas as pd

from where_is_ai.archive.fetch import Replay
from where_is_ai.archive.store import Archive
from where_is_ai.geography.delineation import DELINEATION, read_counties
from where_is_ai.geography.source import GAZETTEER, POPULATION, read_places
from where_is_ai.geography.zips import ZipCounties
from where_is_ai.layers.funding.filings import read_filings
from where_is_ai.layers.funding.made_up import HEADINGS, address, zipped
from where_is_ai.layers.funding.source import data_set
from where_is_ai.layers.funding.tiers import classified
from where_is_ai.quarters import Quarter
from where_is_ai.settings import SAMPLE_ARCHIVE

QUARTER = Quarter(2026, 2)
BEFORE = QUARTER.previous
READ_ON = datetime(2026, 7, 15, tzinfo=UTC)
SAMPLE = Replay(Archive(Path(SAMPLE_ARCHIVE)))
NUMBER = "ACCESSIONNUMBER"


def filing(number: str, name: str = "Acme Widgets, Inc.", sold: object = 1_000_000, **more: object) -> dict:
    """A row of each member by its name; ``more`` are cells by their heading, in whichever member has it."""
    cells = {
        "FILING_DATE": "15-MAY-2026",
        "SUBMISSIONTYPE": "D",
        "TESTORLIVE": "LIVE",
        "IS_PRIMARYISSUER_FLAG": "YES",
        "ISSUER_SEQ_KEY": 1,
        "CIK": f"{int(number[-6:]) + 9_000_000}",
        "ENTITYNAME": name,
        "CITY": "AUSTIN",
        "STATEORCOUNTRY": "TX",
        "INDUSTRYGROUPTYPE": "Other Technology",
        "FEDERALEXEMPTIONS_ITEMS_LIST": "06b",
        "ISAMENDMENT": "false",
        "TOTALOFFERINGAMOUNT": "Indefinite",
        "TOTALAMOUNTSOLD": sold,
    } | more
    return {
        member: {NUMBER: number} | {name: cells[name] for name in headings if name in cells}
        for member, headings in HEADINGS.items()
    }


def amendment(number: str, of: str, sold: object, name: str = "Acme Widgets, Inc.", **more: object) -> dict:
    """An amendment of the filing ``of``."""
    terms = {"SUBMISSIONTYPE": "D/A", "ISAMENDMENT": "true", "PREVIOUSACCESSIONNUMBER": of}
    return filing(number, name, sold, **terms, **more)


def tables_of(*filings: dict) -> dict[str, list[dict]]:
    return {member: [each[member] for each in filings] for member in HEADINGS}


def data_set_of(*filings: dict, folder: str = "2026Q2_d") -> bytes:
    return zipped(tables_of(*filings), folder)


def read(folder: Path, contents: dict[Quarter, bytes]) -> pd.DataFrame:
    """FormDFilings of the zips of those quarters."""
    return read_with_unread(folder, contents)[0]


def read_with_unread(folder: Path, contents: dict[Quarter, bytes]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """FormDFilings and UnreadLines of the zips of those quarters."""
    archive = Archive(folder)
    entries = [archive.keep(content, data_set(address(each)), READ_ON) for each, content in contents.items()]
    return read_filings(Replay(archive), entries)


def text_of(content: bytes, member: str) -> str:
    with ZipFile(BytesIO(content)) as archive:
        return archive.read(next(name for name in archive.namelist() if name.endswith(member))).decode()


def with_member(content: bytes, member: str, text: str) -> bytes:
    """The data set with another text in one of its tables."""
    changed = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, text if name.endswith(member) else old.read(name))
    return changed.getvalue()


def classify(
    folder: Path,
    contents: dict[Quarter, list[dict]],
    awards: pd.DataFrame | None = None,
    zips: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """ClassifiedFilings of the filings of those quarters."""
    rows = read(folder, {each: data_set_of(*filings) for each, filings in contents.items()})
    return classified(rows, awards, counties(), ZipCounties.empty() if zips is None else zips, "SEC Form D")


@cache
def counties() -> pd.DataFrame:
    return read_counties(SAMPLE, SAMPLE.get(DELINEATION, QUARTER))


@cache
def places() -> pd.DataFrame:
    return read_places(SAMPLE, SAMPLE.get(GAZETTEER, QUARTER), SAMPLE.get(POPULATION, QUARTER))
