"""What an edition shows besides its questions: its overview, its story, its data with the dictionary."""

from dataclasses import dataclass

from where_is_ai.layers.layer import Page, PublishedTable
from where_is_ai.publication import catalog
from where_is_ai.publication.catalog import published_table
from where_is_ai.publication.dictionary import dictionary
from where_is_ai.publication.duckdb_file import NAME as DATABASE
from where_is_ai.publication.spreadsheet import RULE
from where_is_ai.quarters import Quarter
from where_is_ai.site.citation import Cited, cited
from where_is_ai.site.frame import Frame, Shared, page, shared
from where_is_ai.site.linked_data import edition_dataset
from where_is_ai.site.not_measured import NOT_MEASURED
from where_is_ai.site.pages import heading, layer_of, lead, pages, questions
from where_is_ai.site.previews import Picture, preview
from where_is_ai.site.read import Published
from where_is_ai.site.story import sayable, story
from where_is_ai.site.writing import human_size

FINDINGS = "_findings.md"


@dataclass(frozen=True)
class Link:
    """A file that a page offers; ``about`` says what it shows, where its name does not."""

    name: str
    kind: str
    size: str = ""
    about: str = ""


def cards(edition: Published) -> list[dict]:
    """What an overview says of each question, those with a picture first."""
    made = [
        {
            "slug": question.slug,
            "question": heading(edition, question),
            "lead": lead(edition, question),
            "picture": preview(edition.folder, question.map) if lead(edition, question) else None,
        }
        for question in questions()
    ]
    return sorted(made, key=lambda card: card["picture"] is None)


def edition_picture(edition: Published) -> Shared | None:
    """The first map of an edition, for links to what has no map of its own."""
    for question in pages():
        picture: Picture | None = preview(edition.folder, question.map)
        notes = edition.about.notes.get(layer_of(question))
        if picture and notes and question.table in edition.tables:
            return shared(edition.quarter, picture, alt_text(edition, question))
    return None


def alt_text(edition: Published, question: Page) -> str:
    """The text that was written beside the picture; editions of earlier versions have none for some, but a lead."""
    path = edition.folder / f"{question.map}.alt.txt"
    return path.read_text().strip() if path.is_file() else lead(edition, question)


def files_of(edition: Published, table: PublishedTable) -> list[Link]:
    names = ((f"{table.name}.csv", "CSV"), (f"{table.name}.parquet", "Parquet"))
    return [Link(name, kind, human_size(edition.size(name))) for name, kind in names if edition.has(name)]


def overview_page(frame: Frame, edition: Published) -> str:
    first = next((said for question in questions() if (said := lead(edition, question))), NOT_MEASURED)
    files = sorted(edition.folder.iterdir())
    offered = {
        kind: [
            Link(path.name, kind, human_size(path.stat().st_size), _shows(path.name))
            for path in files
            if path.name.endswith(ending)
        ]
        for kind, ending in (("findings", FINDINGS), ("pictures", ".png"))
    }
    return page(
        "overview.html.j2",
        frame,
        f"{edition.quarter}/index.html",
        f"Where is AI, {edition.quarter} · where-is-ai",
        first,
        edition_picture(edition),
        edition,
        about={"linked_data": _linked(frame, edition)},
        cards=cards(edition),
        months=months(edition.quarter),
        story=story(edition, edition_before(frame, edition)),
        cited=edition_cited(frame, edition),
        **offered,
    )


def edition_before(frame: Frame, edition: Published) -> Published | None:
    """The newest of the editions before this one."""
    return next((each for each in frame.editions if each.quarter < edition.quarter), None)


def months(quarter: str) -> str:
    """The months of a quarter for people: "April to June 2026"."""
    parsed = Quarter.parse(quarter)
    return f"{parsed.first_day:%B} to {parsed.last_day:%B %Y}"


def _shows(file: str) -> str:
    """What a file of findings or a picture is about, in words."""
    if file.endswith(FINDINGS):
        return next((page.question for page in pages() if page.findings == file), file.removesuffix(FINDINGS))
    stem = file.removesuffix(".png")
    upright = stem.removesuffix("-Vertical")
    question = next((page.question for page in pages() if page.map == upright), upright.replace("-", " "))
    return f"{question}{', for phones' * (upright != stem)}"


def edition_cited(frame: Frame, edition: Published) -> Cited:
    """The edition as it is cited."""
    return cited(frame, edition, f"{edition.quarter}/index.html")


def story_page(frame: Frame, edition: Published) -> str:
    told = story(edition, edition_before(frame, edition))
    stand, fall = sayable(edition)
    return page(
        "story.html.j2",
        frame,
        f"{edition.quarter}/story.html",
        f"What {edition.quarter} says, and what not · where-is-ai",
        told[0].text if told else "What this edition says, and what not.",
        edition_picture(edition),
        edition,
        story=told,
        stand=stand,
        fall=fall,
        cited=edition_cited(frame, edition),
    )


def _linked(frame: Frame, edition: Published) -> str:
    addresses = [published_table(name).origin.address for name in edition.tables]
    return edition_dataset(
        frame, edition, edition_cited(frame, edition), [each for each in addresses if each]
    )


def data_page(frame: Frame, edition: Published) -> str:
    tables = [
        {
            "name": name,
            "title": published_table(name).title,
            "about": " ".join((published_table(name).model.__doc__ or "").split()).replace("``", ""),
            "rows": len(rows),
            "files": files_of(edition, published_table(name)),
            "source": published_table(name).origin.name,
            "licence": published_table(name).origin.licence,
            "columns": dictionary([published_table(name)]),
        }
        for name, rows in edition.tables.items()
    ]
    return page(
        "data.html.j2",
        frame,
        f"{edition.quarter}/data.html",
        f"Data and dictionary, {edition.quarter} · where-is-ai",
        "Every table as CSV and Parquet, with its schema, units, source, licence and hash.",
        edition_picture(edition),
        edition,
        about={"linked_data": _linked(frame, edition)},
        tables=tables,
        rule=RULE,
        database=DATABASE if (edition.folder.parent / DATABASE).is_file() else "",
        queries=catalog.queries(),
        cited=edition_cited(frame, edition),
    )
