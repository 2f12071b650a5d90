"""The disclosed cases of a quarter: from the archived files to one tidy table in which each case counts once.

Rows are chosen by day of decision. Columns with names, addresses, telephone numbers and e-mail addresses of contacts
and attorneys are never read; no message quotes a cell, since in a shifted row any cell may hold such a thing.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.archive.fetch import Library
from where_is_ai.borders import reading
from where_is_ai.classifier import title_only
from where_is_ai.errors import BadUpstream
from where_is_ai.layers.visas.cells import ADAPT, read_rows, starts_in_1904
from where_is_ai.layers.visas.definitions import is_ai_occupation, soc_code
from where_is_ai.layers.visas.disclosures import FiscalQuarter, file_name, named
from where_is_ai.layers.visas.employers import employer_keys
from where_is_ai.layers.visas.schema import LcaCases
from where_is_ai.layers.visas.wages import usd_per_year
from where_is_ai.layers.visas.worksites import key_of_worksite
from where_is_ai.quarters import Quarter
from where_is_ai.tables import as_table

# All that is ever read of the 96 columns.
HEADINGS = (
    "CASE_NUMBER", "CASE_STATUS", "DECISION_DATE", "JOB_TITLE", "SOC_CODE", "TOTAL_WORKER_POSITIONS", "NEW_EMPLOYMENT",
    "CHANGE_EMPLOYER", "CONTINUED_EMPLOYMENT", "AMENDED_PETITION", "EMPLOYER_NAME", "SECONDARY_ENTITY",
    "WORKSITE_CITY", "WORKSITE_COUNTY", "WORKSITE_STATE", "WORKSITE_POSTAL_CODE", "WAGE_RATE_OF_PAY_FROM",
    "WAGE_UNIT_OF_PAY",
)  # fmt: skip
STATUSES = {
    "certified": "certified",
    "certified withdrawn": "certified_withdrawn",
    "withdrawn": "withdrawn",
    "denied": "denied",
}
# A file that has fewer decisions of another quarter than so much of its own holds that quarter's stragglers alone.
WHOLE_FROM_PCT = 10
MOST_ODD_PCT = 1
_NUMBER = re.compile(r"I-\d{3}-\d{5}-\d{6}")
_EMAIL = re.compile(r"\S+@\S+\.\S+")
_SERIAL = re.compile(r"\d{5}(\.\d+)?")
_DAYS = ("%m/%d/%Y", "%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%m/%d/%y")
_YES_OR_NO = {"y": True, "yes": True, "n": False, "no": False}


@dataclass(frozen=True)
class _File:
    """The rows of one file that were decided in the quarter, and how many it has of every quarter."""

    rows: pd.DataFrame
    decisions: Mapping[Quarter, int]


def read_cases(library: Library, entries: Sequence[Entry], quarter: Quarter) -> tuple[pd.DataFrame, str]:
    """LcaCases decided in ``quarter``, from its own file first; no rows, and why, where no file holds it whole.

    Of a case in two files the row of the quarter's own file counts, which is how it stood when that came out; the later
    file adds what its own lacks.
    """
    files = [_read(library, entry, quarter) for entry in entries]
    if why := _not_whole(entries[0], files[0], quarter):
        return LcaCases.empty(), why
    rows = pd.concat(
        [file.rows.assign(file=file_name(entry.url)) for file, entry in zip(files, entries, strict=True)],
        ignore_index=True,
    )
    rows = rows.drop_duplicates("CASE_NUMBER", ignore_index=True)
    codes = rows["SOC_CODE"].map(soc_code, na_action="ignore").astype("str")
    counts = {name: _counts(rows[name]) for name in HEADINGS[5:10]}
    cases = pd.DataFrame(
        {
            "case_number": rows["CASE_NUMBER"],
            "file": rows["file"],
            "line": rows["line"],
            "status": rows["CASE_STATUS"],
            "decided_on": rows["DECISION_DATE"],
            "job_title": _without_address(rows["JOB_TITLE"]),
            "soc_written": _without_address(rows["SOC_CODE"]),
            "soc_code": codes,
            "ai_occupation": is_ai_occupation(codes),
            "ai_title": title_only(_without_address(rows["JOB_TITLE"]))["ai_job"],
            "positions": counts["TOTAL_WORKER_POSITIONS"],
            "positions_new": counts["NEW_EMPLOYMENT"] + counts["CHANGE_EMPLOYER"],
            "positions_renewed": counts["CONTINUED_EMPLOYMENT"] + counts["AMENDED_PETITION"],
            "employer": employer_keys(_without_address(rows["EMPLOYER_NAME"])),
            "staffing": rows["SECONDARY_ENTITY"].str.lower().map(_YES_OR_NO).astype("boolean"),
            "wage_usd_per_year": usd_per_year(rows["WAGE_RATE_OF_PAY_FROM"], rows["WAGE_UNIT_OF_PAY"]),
            "worksite": [
                key_of_worksite(*cells) for cells in rows[list(HEADINGS[12:16])].itertuples(index=False)
            ],
        }
    )
    return as_table(cases, LcaCases), ""


def _read(library: Library, entry: Entry, quarter: Quarter) -> _File:
    """One file's rows of the quarter as text; a case that it has twice counts by its last decision."""
    kept, seen, odd, decisions = [], 0, 0, Counter()
    first, last = quarter.first_day.isoformat(), quarter.last_day.isoformat()
    with reading(entry.url):
        path = library.path(entry)
        epoch = date(1904, 1, 1) if starts_in_1904(path, entry.url) else date(1899, 12, 30)
        decided_at, status_at, number_at = (
            HEADINGS.index(n) for n in ("DECISION_DATE", "CASE_STATUS", "CASE_NUMBER")
        )
        for line, cells in read_rows(path, entry.url, HEADINGS):
            seen += 1
            odd += not _NUMBER.fullmatch(cells[number_at] or "")
            if cells[decided_at] is None:
                continue
            day = _day(cells[decided_at], epoch)
            if day is None:
                raise _unreadable(entry, line, "DECISION_DATE", "a date")
            decisions[day[:7]] += 1
            if first <= day <= last:
                status = STATUSES.get(" ".join(re.findall("[a-z]+", (cells[status_at] or "").lower())))
                if status is None or cells[number_at] is None:
                    raise _unreadable(
                        entry, line, "CASE_STATUS or CASE_NUMBER", "what was decided of which case"
                    )
                kept.append((line, *cells[:1], status, day, *cells[3:]))
    if odd > MOST_ODD_PCT / 100 * seen:
        raise BadUpstream(
            f"{entry.url}: {odd:,} of {seen:,} rows have no case number under CASE_NUMBER.", ADAPT
        )
    rows = pd.DataFrame(kept, columns=["line", *HEADINGS]).astype(dict.fromkeys(HEADINGS, "str"))
    rows = rows.sort_values(["DECISION_DATE", "line"]).drop_duplicates("CASE_NUMBER", keep="last")
    by_quarter: Counter[Quarter] = Counter()
    for month, number in decisions.items():
        by_quarter[Quarter.of(date.fromisoformat(f"{month}-01"))] += number
    return _File(rows.sort_values("line"), by_quarter)


def _not_whole(entry: Entry, file: _File, quarter: Quarter) -> str:
    """Why the file does not hold the quarter whole; "" where it does."""
    name, fiscal = file_name(entry.url), named(entry.url)
    if not file.decisions[quarter]:
        return f"{name} holds no decision of {quarter}."
    if fiscal is None or fiscal == FiscalQuarter.holding(quarter):
        return ""
    own = file.decisions[fiscal.quarter]
    if file.decisions[quarter] < WHOLE_FROM_PCT / 100 * own:
        return (
            f"{name} holds {file.decisions[quarter]:,} stragglers of {quarter} beside {own:,} decisions of "
            f"{fiscal.quarter}: they are no whole quarter, and {FiscalQuarter.holding(quarter).name} is not at hand."
        )
    return ""


@cache
def _day(written: str, epoch: date) -> str | None:
    """ISO 8601 of a day as written, or as the number of days that a workbook holds; None for anything else."""
    if _SERIAL.fullmatch(written):
        return (epoch + timedelta(days=int(float(written)))).isoformat()
    for form in _DAYS:
        try:
            return datetime.strptime(written, form).date().isoformat()
        except ValueError:
            continue
    return None


def _counts(written: pd.Series) -> pd.Series:
    """Whole numbers; NA for what is none."""
    numbers = pd.to_numeric(written, errors="coerce")
    return numbers.where((numbers >= 0) & (numbers % 1 == 0)).astype("Int64")


def _without_address(texts: pd.Series) -> pd.Series:
    """NA where an e-mail address was typed into the cell."""
    return texts.mask(texts.str.contains(_EMAIL, na=False))


def _unreadable(entry: Entry, line: int, column: str, expected: str) -> BadUpstream:
    return BadUpstream(f"{entry.url}: row {line} has something else than {expected} under {column}.", ADAPT)
