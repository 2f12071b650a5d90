"""Census BTOS: from the archived workbooks to one tidy table of Yes answers, in which a mark keeps its meaning."""

import re
from functools import cache
from pathlib import Path

import fastexcel
import pandas as pd

from where_is_ai.archive.entry import Entry, Request, Source
from where_is_ai.archive.fetch import Library
from where_is_ai.borders import reading
from where_is_ai.errors import BadUpstream
from where_is_ai.layers.adoption.schema import BtosAnswers, BtosCycles
from where_is_ai.tables import as_table

BTOS = Source(
    "Census Bureau, Business Trends and Outlook Survey", "public domain", "https://www.census.gov/hfp/btos/"
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STATES = Request("https://www.census.gov/hfp/btos/downloads/State.xlsx", BTOS, XLSX)
METROS = Request("https://www.census.gov/hfp/btos/downloads/Top%2025%20MSA.xlsx", BTOS, XLSX)
ESTIMATES, ERRORS, DATES = "Response Estimates", "Response Standard Errors", "Collection and Reference Dates"
# The first column, by which the rows are told apart, in either workbook.
STRATUM = {"State": "state", "MSA": "metro"}
LABELS = ("Question", "Answer")
MARKS = {"S": "suppressed", ".": "not_asked"}
_CYCLE = re.compile(r"20\d{2}(0[1-9]|1\d|2[0-6])")
_PERCENT = r"\d{1,3}(\.\d+)?%"
# Question ids outlive a change of the wording: questions are told apart by their text.
_QUESTIONS = {
    "current": "in the last two weeks, did this business use artificial intelligence",
    "expected_6m": "during the next six months, do you think this business will be using artificial intelligence",
}
_WORDINGS = {
    "goods or services": "in producing goods or services",
    "any business function": "in any of its business functions",
}


@cache
def survey_metros() -> pd.DataFrame:
    """area_code and metro of the survey's 25 metros: the largest of 2020, by their names of then."""
    return pd.read_csv(Path(__file__).with_name("metros.csv"), dtype="str")


def read_answers(library: Library, entry: Entry) -> pd.DataFrame:
    """BtosAnswers of every stratum and cycle of the workbook, the oldest cycle first."""
    content = library.read(entry)
    with reading(entry.url):
        shares = _cells(content, ESTIMATES, entry.url)
        errors = _cells(content, ERRORS, entry.url)
        key = ["stratum", "question", "wording", "cycle"]
        for name, cells in ((ESTIMATES, shares), (ERRORS, errors)):
            _require_once(cells, key, f"sheet {name!r} of {entry.url}")
        rows = shares.merge(
            errors[[*key, "number", "row"]].rename(columns={"number": "se_pct", "row": "error_row"}),
            "left",
            key,
        )
        rows = rows.rename(columns={"number": "use_pct", "row": "sheet_row"})
        ended = _dates(content, entry.url)
        _require_dated(rows, ended, entry.url)
        rows["collected_until"] = rows["cycle"].map(ended)
        return as_table(
            rows.sort_values(["stratum", "question", "wording", "cycle"]), BtosAnswers
        ).reset_index(drop=True)


def read_cycles(library: Library, entry: Entry) -> pd.DataFrame:
    """BtosCycles of the workbook: those that it dates, with figures or without."""
    content = library.read(entry)
    with reading(entry.url):
        ended = _dates(content, entry.url)
        sheet = _sheet(content, ESTIMATES, entry.url)
        rows = pd.DataFrame(
            {
                "cycle": list(ended),
                "collected_until": list(ended.values()),
                "has_figures": [cycle in sheet.columns for cycle in ended],
            }
        )
        return as_table(rows.sort_values("cycle"), BtosCycles).reset_index(drop=True)


def _sheet(content: bytes, name: str, url: str) -> pd.DataFrame:
    """A sheet's rows as text; its first row is the header, and row 2 of the sheet has the index 0."""
    reader = fastexcel.read_excel(content)
    if name not in reader.sheet_names:
        raise BadUpstream(
            f"{url} has no sheet {name!r}, only {', '.join(reader.sheet_names)}.",
            "The Census Bureau has changed the workbook: adapt where_is_ai/layers/adoption/source.py.",
        )
    cells = reader.load_sheet(name, header_row=None, dtypes="string").to_pandas()
    header = [str(cell).strip() for cell in cells.iloc[0]]
    return cells.iloc[1:].set_axis(header, axis=1).reset_index(drop=True)


def _cells(content: bytes, name: str, url: str) -> pd.DataFrame:
    """The Yes answers on use of AI: stratum, question, wording, cycle, status, number (percent) and row."""
    sheet, where = _sheet(content, name, url), f"sheet {name!r} of {url}"
    stratum = next((column for column in STRATUM if column in sheet.columns), None)
    cycles = [column for column in sheet.columns if _CYCLE.fullmatch(column)]
    if stratum is None or not set(LABELS) <= set(sheet.columns) or not cycles:
        raise BadUpstream(
            f"{where} has the columns {', '.join(sheet.columns[:6])} …, where State or MSA, Question, Answer and the "
            "cycles were expected.",
            "The Census Bureau has changed the layout: adapt where_is_ai/layers/adoption/source.py.",
        )
    sheet = sheet.assign(row=sheet.index + 2, question=sheet["Question"].map(_question))
    yes = sheet[sheet["question"].notna() & (sheet["Answer"].str.strip() == "Yes")]
    if yes.empty:
        raise BadUpstream(
            f"{where} has no answer Yes to a question on the use of Artificial Intelligence.",
            "Check that it is the workbook of all questions, and the questions' texts in its reader.",
        )
    yes = yes.assign(
        wording=[_wording(text, where) for text in yes["Question"]],
        stratum=_strata(yes[stratum].str.strip(), where),
    )
    long = yes.melt(["stratum", "question", "wording", "row"], cycles, "cycle", "text")
    long["text"] = long["text"].str.strip().replace("", pd.NA)
    # A cell without anything is a cycle that the question was not asked in, as a dot is.
    long["status"] = long["text"].map(MARKS).where(long["text"].isin(list(MARKS)), "published")
    long.loc[long["text"].isna(), "status"] = "not_asked"
    long["number"] = _percents(long, where)
    return long.drop(columns="text")


def _strata(named: pd.Series, where: str) -> pd.Series:
    """Postal codes of states and CBSA codes of metros; a metro may be given by its name."""
    metros = survey_metros()
    codes = named.map(
        dict(zip(metros["metro"], metros["area_code"], strict=True)) | {c: c for c in metros["area_code"]}
    )
    strata = codes.where(codes.notna(), named.where(named.str.fullmatch("[A-Z]{2}", na=False)))
    if strata.isna().any():
        raise BadUpstream(
            f"{where} has rows of {named[strata.isna()].iloc[0]!r}, which is neither a state nor one of the "
            f"{len(metros)} metros of the survey.",
            "If the survey has other metros now, add them to where_is_ai/layers/adoption/metros.csv.",
        )
    return strata


def _question(text: object) -> str | None:
    said = str(text).strip().lower()
    return next((name for name, begins in _QUESTIONS.items() if said.startswith(begins)), None)


def _wording(text: str, where: str) -> str:
    for name, part in _WORDINGS.items():
        if part in text.lower():
            return name
    raise BadUpstream(
        f"{where} asks {text[:160]!r}, in words that are not known here.",
        "A new wording is a break: add it to where_is_ai/layers/adoption/source.py, and to what its tables may hold.",
    )


def _percents(cells: pd.DataFrame, where: str) -> pd.Series:
    """Percent of the text ``11.5%``; NA for a mark; BadUpstream for anything else."""
    text = cells["text"].where(cells["status"] == "published")
    wrong = cells[text.notna() & ~text.str.fullmatch(_PERCENT).astype("boolean").fillna(True)]
    if len(wrong):
        first = wrong.iloc[0]
        raise BadUpstream(
            f"Row {first['row']} of {where} says {first['text']!r} in cycle {first['cycle']}, where a percentage, S or "
            f". belongs; {len(wrong)} such cells in all.",
            "Fetch the file again; if there is a new mark, teach it to where_is_ai/layers/adoption/source.py.",
        )
    return pd.to_numeric(text.str.removesuffix("%"), errors="coerce").astype("Float64")


def _dates(content: bytes, url: str) -> dict[str, str]:
    """The last day of each cycle's collection, ISO 8601."""
    sheet = _sheet(content, DATES, url)
    sheet = sheet[sheet["Smpdt"].str.fullmatch(_CYCLE.pattern, na=False)]
    days = pd.to_datetime(sheet["Col End"], format="%m/%d/%Y").dt.strftime("%Y-%m-%d")
    return dict(zip(sheet["Smpdt"], days, strict=True))


def _require_once(cells: pd.DataFrame, key: list[str], where: str) -> None:
    twice = cells[cells.duplicated(key, keep=False)]
    if len(twice):
        first = twice.iloc[0]
        raise BadUpstream(
            f"{where} has {first['stratum']}'s answer Yes on {first['question']} use in cycle {first['cycle']} twice.",
            "Fetch the file again.",
        )


def _require_dated(rows: pd.DataFrame, ended: dict[str, str], url: str) -> None:
    undated = sorted(set(rows["cycle"]) - set(ended))
    if undated:
        raise BadUpstream(
            f"{url} has figures of the cycles {', '.join(undated)}, but its sheet {DATES!r} doesn't date them.",
            "Fetch the file again: it is damaged, or half updated.",
        )
