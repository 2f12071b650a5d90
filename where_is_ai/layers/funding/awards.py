"""Tier C: companies that research awards name whose title or abstract says AI, where a file of awards is at hand.

The file is that of the Small Business Innovation Research programme with abstracts. It is put into ``by_hand`` of the
data folder and never downloaded. Contacts and investigators in it are never read.
"""

import csv
from collections.abc import Iterator
from io import TextIOWrapper

import pandas as pd

from where_is_ai.archive.content import has_columns
from where_is_ai.archive.entry import Entry, Request, Source
from where_is_ai.archive.fetch import Library
from where_is_ai.borders import reading
from where_is_ai.errors import BadUpstream
from where_is_ai.layers.funding.names import plain_name, says_ai_at_length
from where_is_ai.layers.funding.schema import AiAwards
from where_is_ai.tables import as_table

SBIR = Source("SBIR and STTR awards", "public domain", "https://www.sbir.gov/data-resources")
AWARDS = Request(
    "https://data.www.sbir.gov/mod_awarddatapublic/award_data.csv",
    SBIR,
    "text/csv",
    promise=has_columns("Company"),
)
_COMPANY, _TEXTS = "Company", ("Award Title", "Abstract")


def read_awards(library: Library, entry: Entry) -> pd.DataFrame:
    """AiAwards: the companies of awards whose text says AI, each with the line of the first such award."""
    with reading(entry.url):
        found: dict[str, dict[str, object]] = {}
        for line, company, text in _texts(library, entry):
            name, says = plain_name(company), says_ai_at_length(text)
            if name and says:
                found.setdefault(name, {"company": name, "says": says, "line": line})
        rows = pd.DataFrame(found.values(), columns=list(AiAwards.to_schema().columns))
        return as_table(rows.sort_values("company"), AiAwards).reset_index(drop=True)


def _texts(library: Library, entry: Entry) -> Iterator[tuple[int, str, str]]:
    """Line, company and text of each award; abstracts run over many lines."""
    with library.path(entry).open("rb") as file:
        rows = csv.reader(TextIOWrapper(file, "utf-8-sig", newline=""))
        header = [name.strip() for name in next(rows)]
        texts = [header.index(name) for name in _TEXTS if name in header]
        if _COMPANY not in header or not texts:
            raise BadUpstream(
                f"{entry.url} lacks the column {_COMPANY}, or has neither of {' and '.join(_TEXTS)}; it has "
                f"{', '.join(header)}.",
                "Put the file of awards with abstracts into by_hand.",
            )
        company, begins = header.index(_COMPANY), rows.line_num + 1
        for row in rows:
            if len(row) == len(header):
                yield begins, row[company], " ".join(row[at] for at in texts)
            elif row:
                raise BadUpstream(
                    f"{entry.url}: line {begins} has {len(row)} cells under {len(header)} headings.",
                    "Put the file there again: it was cut off or changed.",
                )
            begins = rows.line_num + 1
