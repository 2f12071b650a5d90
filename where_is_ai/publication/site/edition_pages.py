"""The pages of one edition: a page per question, an overview, and its data with the dictionary."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from where_is_ai.publication.about import CheckResult
from where_is_ai.publication.catalog import CATALOG, PublishedTable, heading
from where_is_ai.publication.dictionary import dictionary
from where_is_ai.publication.duckdb_file import NAME as DATABASE
from where_is_ai.publication.duckdb_file import QUERIES
from where_is_ai.publication.edition import as_csv
from where_is_ai.publication.maps import EditionNotes
from where_is_ai.publication.site.alt import coverage_title
from where_is_ai.publication.site.differences import Differences, differences
from where_is_ai.publication.site.figures import FOLDER as MAPS
from where_is_ai.publication.site.frame import Frame, Shared, page, shared
from where_is_ai.publication.site.previews import Picture, preview
from where_is_ai.publication.site.questions import QUESTIONS, Question
from where_is_ai.publication.site.read import Published
from where_is_ai.publication.site.table_view import view
from where_is_ai.publication.site.writing import human_size, write
from where_is_ai.publication.spreadsheet import RULE

NOT_MEASURED = "This edition has nothing on it: the archive held no answer for this quarter."
LATEST_CORRECTIONS = 50


@dataclass(frozen=True)
class Link:
    """A file that a page offers."""

    name: str
    kind: str
    size: str = ""


def write_edition_pages(frame: Frame, edition: Published, before: Published | None) -> list[Path]:
    """Write all pages of ``edition``, its overview last; ``before`` is the edition before it."""
    frame = frame.at("../")
    found = _differences(edition, before)
    for name, each in found.items():
        write(edition.folder / "differences" / f"{name}.csv", as_csv(each.cells))
    pages = {
        f"{question.slug}.html": _question_page(frame, edition, question, found) for question in QUESTIONS
    }
    pages["data.html"] = _data_page(frame, edition)
    pages["index.html"] = _overview(frame, edition)
    return [write(edition.folder / name, text) for name, text in pages.items()]


def lead(edition: Published, question: Question) -> str:
    """The finding that a question's page leads with; empty where the edition has nothing on it."""
    if question.mapped not in edition.tables or question.layer not in edition.about.notes:
        return ""
    if question.slug == "trust":
        said = _checked(edition.about.checks)
        return f"{coverage_title(edition.tables[question.mapped])}. {said}".strip()
    return edition.findings[question.findings].lead if question.findings in edition.findings else ""


def cards(edition: Published) -> list[dict]:
    """What an overview says of each question, those with a picture first."""
    made = [
        {
            "slug": question.slug,
            "question": question.question,
            "lead": lead(edition, question),
            "picture": preview(edition.folder, question.map) if lead(edition, question) else None,
        }
        for question in QUESTIONS
    ]
    return sorted(made, key=lambda card: card["picture"] is None)


def _differences(edition: Published, before: Published | None) -> dict[str, Differences]:
    if before is None:
        return {}
    return {
        name: differences(CATALOG[name], table, before.tables[name], before.quarter)
        for name, table in edition.tables.items()
        if name in before.tables
    }


def _question_page(
    frame: Frame, edition: Published, question: Question, found: Mapping[str, Differences]
) -> str:
    said = lead(edition, question)
    measured = bool(said) or question.mapped in edition.tables
    notes = edition.about.notes.get(question.layer)
    shown = _map(edition, question, notes) if measured and notes else None
    tables = [
        _table(edition, table, edition.tables[name], found.get(name))
        for name, table in CATALOG.items()
        if table.question == question.slug and name in edition.tables
    ]
    more = {}
    if question.slug == "trust":
        tables = [*_doubtful(edition), *tables]
        more = _trust(edition)
    return page(
        "trust.html.j2" if question.slug == "trust" else "question.html.j2",
        frame,
        f"{edition.quarter}/{question.slug}.html",
        f"{question.question} {edition.quarter} · where-is-ai",
        said or NOT_MEASURED,
        _picture(edition, shown),
        edition,
        about={
            "question": question.question,
            "lead": said or NOT_MEASURED,
            "checked": _checked(edition.about.checks),
        },
        map=shown,
        facts=_facts(notes) if notes else [],
        limits=_limits(edition, question),
        tables=tables,
        elsewhere=[
            other.quarter
            for other in frame.editions
            if other.quarter != edition.quarter and question.mapped in other.tables
        ],
        **more,
    )


def _map(edition: Published, question: Question, notes: EditionNotes) -> dict | None:
    """The map of a question, where its scripts are there."""
    if not edition.has(f"{MAPS}/{question.map}-wide.js"):
        return None
    files = [
        Link(name, kind)
        for name, kind in (
            (f"{question.map}.html", "Map as one file"),
            (f"{question.map}.png", "Picture"),
            (f"{question.map}-Vertical.png", "Picture for phones"),
        )
        if edition.has(name)
    ]
    return {
        "stem": question.map,
        "alt": question.describe(edition.tables[question.mapped], notes),
        "wide": preview(edition.folder, question.map),
        "vertical": preview(edition.folder, question.map, "-Vertical"),
        "files": files,
    }


def _picture(edition: Published, shown: dict | None) -> Shared | None:
    """The page's own map, or where that is no picture, the edition's first."""
    if shown and shown["wide"]:
        return shared(edition.quarter, shown["wide"], shown["alt"])
    return edition_picture(edition)


def edition_picture(edition: Published) -> Shared | None:
    """The first map of an edition, for links to what has no map of its own."""
    for question in QUESTIONS:
        picture: Picture | None = preview(edition.folder, question.map)
        notes = edition.about.notes.get(question.layer)
        if picture and notes and question.mapped in edition.tables:
            return shared(edition.quarter, picture, question.describe(edition.tables[question.mapped], notes))
    return None


def _facts(notes: EditionNotes) -> list[tuple[str, str]]:
    facts = [
        ("Period", notes.period),
        ("Source", f"{notes.source} ({notes.licence})"),
        ("Method", notes.method),
        ("Remark", notes.remark),
        ("Received or rebuilt", "rebuilt from published figures" if notes.reconstructed else "received"),
    ]
    return [(name, said) for name, said in facts if said]


def _limits(edition: Published, question: Question) -> tuple[str, ...]:
    if question.slug == "trust":
        return (
            "A check that passes says that the tables agree with their sources and with each other, not that the "
            "sources are right.",
            "A lower bound is a number of published cells: what is suppressed or not listed comes on top of it.",
        )
    given = edition.findings.get(question.findings)
    if given and given.limits:
        return given.limits
    caution = edition.tables[question.mapped].get("caution") if question.mapped in edition.tables else None
    return (f"{caution.iloc[0]}.",) if caution is not None and len(caution) else ()


def _table(
    edition: Published, table: PublishedTable, rows: pd.DataFrame, found: Differences | None, note: str = ""
) -> dict:
    return {"view": view(table, rows, found), "files": _files(edition, table), "note": note}


def _files(edition: Published, table: PublishedTable) -> list[Link]:
    names = ((f"{table.name}.csv", "CSV"), (f"{table.name}.parquet", "Parquet"))
    return [Link(name, kind, human_size(edition.size(name))) for name, kind in names if edition.has(name)]


def _doubtful(edition: Published) -> list[dict]:
    """What is held back: metros that are not whole, institutions that are not counted."""
    metros = edition.tables.get("usa_ai_employment_by_msa")
    institutions = edition.tables.get("world_ai_research_by_institution")
    shown = []
    if metros is not None:
        table = replace(
            CATALOG["usa_ai_employment_by_msa"],
            name="suppressed-and-unlisted",
            title="Suppressed and unlisted metros",
            shown=("metro", "coverage", "ai_workers", "ai_workers_low", "ai_workers_high"),
        )
        rows = metros[metros["coverage"] != "all_published"].sort_values(
            ["coverage", "metro"], ascending=[False, True]
        )
        note = "Their numbers are lower bounds or unknown. None of them is zero for want of a published cell."
        shown.append({"view": view(table, rows), "files": [], "note": note} if len(rows) else None)
    if institutions is not None:
        table = replace(
            CATALOG["world_ai_research_by_institution"],
            name="suspect-institutions",
            title="Institutions that are not counted, and why",
            shown=("institution", "ai_works", "city", "country_code", "why_not", "evidence"),
        )
        rows = institutions[~institutions["included"].astype(bool)]
        note = "Listed with the reason, so that each can be argued with."
        shown.append({"view": view(table, rows), "files": [], "note": note} if len(rows) else None)
    return [table for table in shown if table]


def _trust(edition: Published) -> dict:
    order = {"failed": 0, "warning": 1, "not run": 2, "passed": 3}
    corrections = edition.corrections
    return {
        "checks": sorted(
            edition.about.checks, key=lambda check: (order[check.verdict], check.table, check.name)
        ),
        "revisions": edition.revisions,
        "corrections": corrections.tail(LATEST_CORRECTIONS).iloc[::-1].to_dict("records"),
        "inputs": edition.provenance["inputs"],
    }


def _checked(checks: list[CheckResult]) -> str:
    if not checks:
        return ""
    verdicts = pd.Series([check.verdict for check in checks]).value_counts()
    told = [f"{verdicts.get('passed', 0)} of {len(checks)} checks passed"]
    words = (("warning", "gave a warning"), ("failed", "failed"), ("not run", "did not run"))
    told += [f"{verdicts[name]} {words}" for name, words in words if name in verdicts]
    return ", ".join(told) + "."


def _overview(frame: Frame, edition: Published) -> str:
    first = next((said for question in QUESTIONS if (said := lead(edition, question))), NOT_MEASURED)
    files = sorted(edition.folder.iterdir())
    offered = {
        kind: [
            Link(path.name, kind, human_size(path.stat().st_size))
            for path in files
            if path.name.endswith(ending)
        ]
        for kind, ending in (("findings", "_findings.md"), ("pictures", ".png"))
    }
    return page(
        "overview.html.j2",
        frame,
        f"{edition.quarter}/index.html",
        f"Where is AI, {edition.quarter} · where-is-ai",
        first,
        edition_picture(edition),
        edition,
        cards=cards(edition),
        **offered,
    )


def _data_page(frame: Frame, edition: Published) -> str:
    tables = [
        {
            "name": name,
            "title": CATALOG[name].title,
            "about": " ".join((CATALOG[name].model.__doc__ or "").split()).replace("``", ""),
            "rows": len(rows),
            "files": _files(edition, CATALOG[name]),
            "source": CATALOG[name].origin[0],
            "licence": CATALOG[name].origin[2],
            "columns": dictionary([CATALOG[name]]),
        }
        for name, rows in edition.tables.items()
    ]
    path = edition.folder.parent / DATABASE
    return page(
        "data.html.j2",
        frame,
        f"{edition.quarter}/data.html",
        f"Data and dictionary, {edition.quarter} · where-is-ai",
        "Every table as CSV and Parquet, with its schema, units, source, licence and hash.",
        edition_picture(edition),
        edition,
        tables=tables,
        rule=RULE,
        database={"name": DATABASE, "size": human_size(path.stat().st_size)} if path.is_file() else None,
        queries=QUERIES,
    )


def measured_in_words(edition: Published) -> str:
    """What an edition holds, for the list of editions."""
    return "; ".join(
        f"{table.title}: {len(edition.tables[name]):,}"
        for name, table in CATALOG.items()
        if name in edition.tables and table.place
    ) or heading("nothing")
