"""The pages that lead to what is published: one per edition, one for all."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from where_is_ai.files import write_text
from where_is_ai.postings.made_up import NOTE as MADE_UP
from where_is_ai.publication.edition import Edition, editions
from where_is_ai.publication.templates import fill


def write_edition_page(edition: Edition, tables: Mapping[str, pd.DataFrame]) -> Path:
    """``index.html`` of an edition: its maps, findings and tables, as far as they are there."""
    files = {path.name for path in edition.folder.iterdir()}
    text = fill(
        "edition.html.j2",
        quarter=edition.quarter,
        source=edition.source,
        made_up=rests_on_made_up_postings(tables),
        maps=sorted(path.stem for path in edition.folder.glob("Heatmap-*.html")),
        files=files,
        findings=sorted(name for name in files if name.endswith("_findings.md")),
        tables={name: len(table) for name, table in tables.items()},
    )
    write_text(edition.path("index.html"), text)
    return edition.path("index.html")


def rests_on_made_up_postings(tables: Mapping[str, pd.DataFrame]) -> bool:
    """Whether the edition's postings were written for the project, which every page of it must say."""
    nation = tables.get("usa_ai_postings_nation")
    return nation is not None and bool(nation["sources"].eq(MADE_UP).any())


def write_front_page(published: Path) -> Path:
    """``published/index.html``: leads to every edition, newest first."""
    write_text(published / "index.html", fill("front.html.j2", editions=editions(published)))
    return published / "index.html"
