"""The pages of one edition: a page per question, an overview, and its data with the dictionary."""

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from where_is_ai import layers
from where_is_ai.digests import of_code
from where_is_ai.layers.layer import Layer, Page, PublishedTable
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.publication import catalog
from where_is_ai.publication.catalog import published_table, published_tables
from where_is_ai.publication.duckdb_file import NAME as DATABASE
from where_is_ai.publication.edition import as_csv
from where_is_ai.site.addresses import slug
from where_is_ai.site.differences import FOLDER as DIFFERENCES
from where_is_ai.site.differences import Differences, differences
from where_is_ai.site.figures import FOLDER as MAPS
from where_is_ai.site.figures import read_map, remove_plotly_scripts
from where_is_ai.site.frame import Frame, Shared, page, shared
from where_is_ai.site.map_choices import map_choices
from where_is_ai.site.more_rows import write_more_rows
from where_is_ai.site.not_measured import not_measured
from where_is_ai.site.overview import (
    Link,
    alt_text,
    data_page,
    edition_cited,
    edition_picture,
    files_of,
    overview_page,
    story_page,
)
from where_is_ai.site.own_files import CITATION, PREVIEW
from where_is_ai.site.pages import TRUST, beneath, compared, heading, layer_of, lead, pages
from where_is_ai.site.previews import preview
from where_is_ai.site.read import Published
from where_is_ai.site.record import Asked, Record, key_of
from where_is_ai.site.table_view import view
from where_is_ai.site.trust import checked, doubtful, trust
from where_is_ai.site.walk import FOLDER as WALK
from where_is_ai.site.walk import write_walk
from where_is_ai.site.writing import write


def update_edition_pages(record: Record, frame: Frame, edition: Published, before: Published | None) -> None:
    """Write the pages of ``edition`` unless they stand as they are; ``before`` is the edition before it."""
    pages_of_metros = Asked(frame.metros)
    frame = replace(frame, metros=pages_of_metros)
    key = _made_of(frame, edition, before)
    if not record.stands(edition.quarter, key, frame.metros):
        paths = write_edition_pages(frame, edition, before)
        record.made(edition.quarter, key, paths, pages_of_metros.asked)


def write_edition_pages(frame: Frame, edition: Published, before: Published | None) -> list[Path]:
    """Write all pages of ``edition``, its overview last, and what they load; gives all that was written."""
    frame = frame.at("../")
    found = _differences(edition, before)
    listed = [
        write(edition.folder / DIFFERENCES / f"{name}.csv", as_csv(each.cells))
        for name, each in found.items()
    ]
    walks = write_walk(edition, frame.metros)
    tables = {question.slug: _tables(frame, edition, question, found) for question in pages()}
    made = {
        f"{question.slug}.html": _question_page(frame, edition, question, tables[question.slug], walks)
        for question in pages()
    }
    listed += write_more_rows(edition.folder, [each["view"] for shown in tables.values() for each in shown])
    made["data.html"] = data_page(frame, edition)
    made["story.html"] = story_page(frame, edition)
    made[CITATION] = edition_cited(frame, edition).cff
    made["index.html"] = overview_page(frame, edition)
    remove_plotly_scripts(edition.folder)
    written = [write(edition.folder / name, text) for name, text in made.items()]
    loaded = [
        path for folder in (WALK, MAPS) for path in (edition.folder / folder).glob("*.js") if path.is_file()
    ]
    return [*listed, *loaded, *edition.folder.glob(f"*{PREVIEW}"), *written]


def _made_of(frame: Frame, edition: Published, before: Published | None) -> str:
    """The digest of all that the pages of ``edition`` are made of, but for what they ask of ``frame.metros``."""
    return key_of(
        of_code(),
        frame.of_site,
        [each.outline.contents for each in (edition, before) if each],
        [(each.quarter, each.is_sample) for each in frame.before(edition)],
        [
            (each.quarter, list(each.measured), each.bases)
            for each in frame.editions
            if each.quarter < edition.quarter
        ],
        {page.slug: _elsewhere(frame, edition, page) for page in pages()},
        {page.slug: not_measured(edition, page) for page in pages() if page.table not in edition.measured},
        (edition.folder.parent / DATABASE).is_file(),
    )


def _differences(edition: Published, before: Published | None) -> dict[str, Differences]:
    if before is None:
        return {}
    return {
        name: differences(published_table(name), edition, before)
        for name in edition.tables
        if name in before.tables
    }


def _tables(frame: Frame, edition: Published, question: Page, found: Mapping[str, Differences]) -> list[dict]:
    """The tables that the page shows: what is held back first, where the question is whether all can be trusted."""
    held = doubtful(edition, frame.metros) if question.slug == TRUST else []
    own = [
        _table(frame, edition, table, found.get(name))
        for name, table in published_tables().items()
        if table.page == question.slug and name in edition.tables
    ]
    return [*held, *own]


def _question_page(
    frame: Frame, edition: Published, question: Page, tables: Sequence[dict], walks: Mapping[str, bool]
) -> str:
    said = lead(edition, question)
    measured = bool(said) or question.table in edition.tables
    notes = edition.about.notes.get(layer_of(question))
    shown = _map(frame, edition, question) if measured and notes else None
    more = {}
    if question.slug == TRUST:
        more = trust(edition) | {"example": _example(edition), "walkable": walks}
    return page(
        "trust.html.j2" if question.slug == TRUST else "question.html.j2",
        frame,
        f"{edition.quarter}/{question.slug}.html",
        f"{heading(edition, question)} {edition.quarter} · where-is-ai",
        said or not_measured(edition, question),
        _picture(edition, shown),
        edition,
        about={
            "question": heading(edition, question),
            "lead": said or not_measured(edition, question),
            "checked": checked(edition.about.checks),
        },
        map=shown,
        facts=_facts(notes, compared(edition, question)) if notes else [],
        limits=_limits(edition, question),
        tables=tables,
        above=next((each for each in pages() if each.slug == question.beneath), None),
        beneath=beneath(question, edition),
        measured_here=measured,
        elsewhere=_elsewhere(frame, edition, question),
        **more,
    )


def _elsewhere(frame: Frame, edition: Published, question: Page) -> str:
    """The newest earlier edition that has what this one lacks; "" for none. Later ones would change what stands."""
    earlier = (
        each.quarter
        for each in frame.editions
        if each.quarter < edition.quarter and question.table in each.measured
    )
    return "" if question.table in edition.measured else next(earlier, "")


def _example(edition: Published) -> str:
    """Words for where-is-ai explain: the first row of the first table that the edition has."""
    for layer in layers.LAYERS:
        for table in layer.tables:
            if table.name in edition.tables:
                name = shlex.quote(str(edition.tables[table.name][table.names].iloc[0]))
                return f"{layer.name} {name} {table.measure}"
    return ""


def _map(frame: Frame, edition: Published, question: Page) -> dict | None:
    """The map of a question: drawn, or in editions of earlier versions its picture; None where it has neither."""
    drawn = read_map(edition.folder, question.map)
    wide = preview(edition.folder, question.map)
    if not drawn and not wide:
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
        "alt": alt_text(edition, question),
        "drawn": drawn.inline(frame.metros, frame.root, _rows_of(edition, question)) if drawn else "",
        "choices": map_choices(edition, question, drawn, frame.editions) if drawn else None,
        "wide": wide,
        "vertical": preview(edition.folder, question.map, "-Vertical"),
        "files": files,
    }


def _rows_of(edition: Published, question: Page) -> dict[str, str]:
    """The addresses, within the page of a question, of the rows that are of no metro, by their ids."""
    table = published_tables().get(question.table)
    if not table or table.place or table.page != question.slug:
        return {}
    return {key: f"#{table.name}-{slug(key)}" for key in table.row_keys(edition.tables[table.name])}


def _picture(edition: Published, shown: dict | None) -> Shared | None:
    """The page's own map, or where that is no picture, the edition's first."""
    if shown and shown["wide"]:
        return shared(edition.quarter, shown["wide"], shown["alt"])
    return edition_picture(edition)


def _facts(notes: EditionNotes, compared: str) -> list[tuple[str, str]]:
    facts = [
        ("Compared", compared) if compared else ("Period", notes.period),
        ("Source", f"{notes.source} ({notes.licence})"),
        ("Method", notes.method),
        ("Remark", notes.remark),
        ("Received or rebuilt", _origin(notes)),
    ]
    return [(name, said) for name, said in facts if said]


def _origin(notes: EditionNotes) -> str:
    if notes.made_up:
        return "neither: made up"
    return "rebuilt from published figures" if notes.reconstructed else "received"


def _limits(edition: Published, question: Page) -> tuple[str, ...]:
    if question.slug == TRUST:
        return (
            "A check that passes says that the tables agree with their sources and with each other, not that the "
            "sources are right.",
            "A lower bound is a number of published cells: what is suppressed or not listed comes on top of it.",
        )
    given = edition.findings.get(question.findings)
    return given.limits if given else ()


def _table(frame: Frame, edition: Published, table: PublishedTable, found: Differences | None) -> dict:
    earlier = {each.quarter: each for each in frame.editions}
    rows = edition.tables[table.name]
    layer = catalog.layer_of(table.name)
    note = _basis(edition, earlier[found.since], layer) if found and layer else ""
    return {
        "view": view(table, rows, found, frame.metros),
        "walked": table.name in edition.provenance.get("walk_back", {}),
        "files": files_of(edition, table),
        "note": " ".join(said for said in (note, table.note) if said),
    }


def _basis(edition: Published, before: Published, layer: Layer) -> str:
    """Whether two editions rest on the same period, so that nobody takes a difference for growth."""
    notes = [each.about.notes.get(layer.name) for each in (edition, before)]
    if None in notes:
        return ""
    now, then = (each.period for each in notes)
    if now == then:
        return f"This edition and {before.quarter} both rest on {now}: what differs was corrected, it did not change."
    shown_on = {table.page for table in layer.tables}
    growth = next((page for page in pages() if page.compares and page.slug in shown_on), None)
    compared = f": which metros can be compared, “{growth.question}” says" if growth else ""
    verb, link = ("rests", "on") if layer.measures_by == "release" else ("speaks", "of")
    rest = f"This edition {verb} {link} {now}, {before.quarter} {link} {then}."
    return f"{rest} A difference between them is not growth{compared}."
