"""Answers written for the project, in the layout of the survey's workbooks: for a demonstration and for tests.

    python -m where_is_ai.layers.adoption.made_up ARCHIVE     # then run with WHERE_IS_AI_SOURCE=archive on its folder

Nobody gave them and they say nothing about the world. Both workbooks are marked as made up, and so is every output.
"""

import random
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from where_is_ai.archive.store import Archive
from where_is_ai.geography.names import state_names_by_code
from where_is_ai.layers.adoption.origin import MADE_UP
from where_is_ai.layers.adoption.source import (
    DATES,
    ERRORS,
    ESTIMATES,
    METROS,
    STATES,
    survey_metros,
)
from where_is_ai.layers.made_up import copy_places, enter
from where_is_ai.quarters import Quarter

QUARTERS = (Quarter(2026, 1), Quarter(2026, 2))
SEED = 20260709
# A share is suppressed where its error is more than half of it.
SUPPRESSED_FROM = 0.5
NOW = "In the last two weeks, did this business use Artificial Intelligence (AI) in any of its business functions?"
LATER = (
    "During the next six months, do you think this business will be using Artificial Intelligence (AI) in any of its "
    "business functions?"
)
# Question ids as the workbooks have them, by text.
_IDS = {NOW: "7", LATER: "24"}
# Texts by stratum and question, one per cycle.
Rows = Mapping[tuple[str, str], Sequence[str]]
_SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'


def write_archive(folder: Path) -> Archive:
    """An archive of both workbooks after each of QUARTERS, the later ones with the cycles of both.

    Metros are the Census Bureau's, copied from the sample archive.
    """
    archive, draw = Archive(folder), random.Random(SEED)
    copy_places(archive)
    strata = {STATES: [*state_names_by_code(), "XX"], METROS: survey_metros()["area_code"].to_list()}
    levels = {stratum: draw.uniform(9, 25) for names in strata.values() for stratum in names}
    ends = cycle_ends(QUARTERS[0].first_day, QUARTERS[-1].last_day)
    for request, names in strata.items():
        shares, errors = _answers(draw, {name: levels[name] for name in names}, len(ends))
        for quarter in QUARTERS:
            known = {cycle: end for cycle, end in ends.items() if end <= quarter.last_day}
            first = "State" if request is STATES else "MSA"
            content = workbook(_first(shares, known), _first(errors, known), known, first)
            enter(archive, request, content, quarter.last_day + timedelta(days=9), MADE_UP)
    return archive


def cycle_ends(first: date, last: date) -> dict[str, date]:
    """The cycles whose collection ends between two days, by ISO year and fortnight, with that day: a Sunday."""
    days = (first + timedelta(days=at) for at in range((last - first).days + 1))
    weeks = ((day, day.isocalendar()) for day in days if day.isoweekday() == 7)
    return {f"{iso.year}{iso.week // 2:02d}": day for day, iso in weeks if iso.week % 2 == 0}


def _answers(draw: random.Random, levels: Mapping[str, float], cycles: int) -> tuple[Rows, Rows]:
    """Shares and errors by stratum and question, oldest cycle first; what is too uncertain is suppressed."""
    shares, errors = {}, {}
    for stratum, level in levels.items():
        error = draw.choice((0.8, 1.2, 2.0, 4.0, 9.0))
        for question, more in ((NOW, 0.0), (LATER, 2.5)):
            drawn = [max(0.1, draw.gauss(level + more + at * 0.1, error / 2)) for at in range(cycles)]
            hidden = [error > SUPPRESSED_FROM * share for share in drawn]
            shares[stratum, question] = _or_suppressed((f"{share:.1f}%" for share in drawn), hidden)
            errors[stratum, question] = _or_suppressed((f"{error:.2f}%" for _ in drawn), hidden)
    return shares, errors


def _or_suppressed(texts: Iterable[str], hidden: Sequence[bool]) -> list[str]:
    return ["S" if hide else text for text, hide in zip(texts, hidden, strict=True)]


def _first(rows: Rows, cycles: Mapping[str, date]) -> Rows:
    return {key: list(reversed(texts[: len(cycles)])) for key, texts in rows.items()}


def workbook(shares: Rows, errors: Rows, ends: Mapping[str, date], first: str = "State") -> bytes:
    """The bureau's layout: ``shares`` and ``errors`` with a text per cycle of ``ends``, newest first as published."""
    cycles = sorted(ends, reverse=True)
    header = [first, "Question ID", "Question", "Answer ID", "Answer", *cycles]
    sheets = {}
    for name, rows in ((ESTIMATES, shares), (ERRORS, errors)):
        lines = [header]
        for (stratum, question), cells in rows.items():
            about = [stratum, _IDS.get(question, "7"), question]
            lines += [[*about, "1", "Yes", *cells], [*about, "2", "No", *["90.0%"] * len(cells)]]
        sheets[name] = [*lines, [], ["Source: U.S. Census Bureau"]]
    dated = [[cycle, "", f"{end:%m/%d/%Y}", "", ""] for cycle, end in ends.items()]
    sheets[DATES] = [["Smpdt", "Col Start", "Col End", "Ref Start", "Ref End"], *dated]
    return zipped_workbook(sheets)


def zipped_workbook(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """A workbook of texts, by the names of its sheets."""
    office = "http://schemas.openxmlformats.org"
    relations, kinds = f"{office}/package/2006/relationships", f"{office}/officeDocument/2006/relationships"
    numbers = range(1, len(sheets) + 1)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{office}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{kinds}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{office}/spreadsheetml/2006/main" xmlns:r="{kinds}"><sheets>'
        + "".join(
            f'<sheet name="{escape(name)}" sheetId="{number}" r:id="s{number}"/>'
            for number, name in zip(numbers, sheets, strict=True)
        )
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relations}">'
        + "".join(
            f'<Relationship Id="s{number}" Type="{kinds}/worksheet" Target="worksheets/sheet{number}.xml"/>'
            for number in numbers
        )
        + "</Relationships>",
    }
    for number, rows in zip(numbers, sheets.values(), strict=True):
        parts[f"xl/worksheets/sheet{number}.xml"] = _SHEET.format("".join(map(_row, rows)))
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as book:
        for name, text in parts.items():
            book.writestr(ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text, ZIP_DEFLATED)
    return content.getvalue()


def _row(cells: Sequence[str]) -> str:
    """Cells without references lie side by side."""
    return (
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in cells) + "</row>"
    )


if __name__ == "__main__":
    write_archive(Path(sys.argv[1]))
