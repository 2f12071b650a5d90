"""The pages of one edition: a page per question, an overview, and its data with the dictionary."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from where_is_ai.maps.notes import EditionNotes
from where_is_ai.publication.catalog import CATALOG, PublishedTable
from where_is_ai.publication.dictionary import dictionary
from where_is_ai.publication.duckdb_file import NAME as DATABASE
from where_is_ai.publication.duckdb_file import QUERIES
from where_is_ai.publication.edition import as_csv
from where_is_ai.publication.spreadsheet import RULE
from where_is_ai.publication.wording import heading
from where_is_ai.site.alt import coverage_title
from where_is_ai.site.differences import Differences, differences
from where_is_ai.site.figures import FOLDER as MAPS
from where_is_ai.site.frame import Frame, Shared, page, shared
from where_is_ai.site.previews import Picture, preview
from where_is_ai.site.questions import QUESTIONS, Question
from where_is_ai.site.read import Published
from where_is_ai.site.table_view import view
from where_is_ai.site.trust import checked, doubtful, trust, walk_script
from where_is_ai.site.writing import human_size, write

NOT_MEASURED = "This edition has nothing on it: the archive held no answer for this quarter."
INTERVAL = (
    "“At least” and “at most” allow for what is hidden and, where BLS's standard errors are archived, for the 90 % "
    "sampling error of what is shown; where nothing is hidden and no sampling error is given, they are —."
)


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
    write(edition.folder / MAPS / "walk.js", walk_script(edition))
    pages["data.html"] = _data_page(frame, edition)
    pages["index.html"] = _overview(frame, edition)
    return [write(edition.folder / name, text) for name, text in pages.items()]


def lead(edition: Published, question: Question) -> str:
    """The finding that a question's page leads with; empty where the edition has nothing on it."""
    if question.mapped not in edition.tables or question.layer not in edition.about.notes:
        return ""
    if question.slug == "trust":
        said = checked(edition.about.checks)
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
        _table(frame, edition, table, found.get(name))
        for name, table in CATALOG.items()
        if table.question == question.slug and name in edition.tables
    ]
    more = {}
    if question.slug == "trust":
        tables = [*doubtful(edition, frame.metros), *tables]
        more = trust(edition)
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
            "checked": checked(edition.about.checks),
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
        "alt": _alt(edition, question, notes),
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
            return shared(edition.quarter, picture, _alt(edition, question, notes))
    return None


def _alt(edition: Published, question: Question, notes: EditionNotes) -> str:
    """The text that was written beside the picture, or made anew where there is no picture."""
    path = edition.folder / f"{question.map}.alt.txt"
    return (
        path.read_text().strip()
        if path.is_file()
        else question.describe(edition.tables[question.mapped], notes)
    )


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


def _table(frame: Frame, edition: Published, table: PublishedTable, found: Differences | None) -> dict:
    earlier = {each.quarter: each for each in frame.editions}
    rows = edition.tables[table.name]
    note = _basis(edition, earlier[found.since], table.layer) if found else ""
    return {
        "view": view(table, rows, found, frame.metros),
        "files": _files(edition, table),
        "note": " ".join(said for said in (note, INTERVAL * ("interval_holds" in rows)) if said),
    }


def _basis(edition: Published, before: Published, layer: str) -> str:
    """Whether two editions rest on the same period, so that nobody takes a difference for growth."""
    notes = [each.about.notes.get(layer) for each in (edition, before)]
    if None in notes:
        return ""
    now, then = (each.period for each in notes)
    if now == then:
        return f"This edition and {before.quarter} both rest on {now}: what differs was corrected, it did not change."
    return (
        f"This edition rests on {now}, {before.quarter} on {then}. A difference between them is not growth: which "
        "metros can be compared, “What changed?” says."
    )


def _files(edition: Published, table: PublishedTable) -> list[Link]:
    names = ((f"{table.name}.csv", "CSV"), (f"{table.name}.parquet", "Parquet"))
    return [Link(name, kind, human_size(edition.size(name))) for name, kind in names if edition.has(name)]


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
