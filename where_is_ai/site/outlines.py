"""Outlines of editions, each made once for what its files hold and the code that reads them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from where_is_ai import layers
from where_is_ai.digests import digest, of_code, of_contents
from where_is_ai.site.outline import Outline, read_outline, write_outline
from where_is_ai.site.own_files import is_own
from where_is_ai.site.pages import lead, measured_in_words, questions
from where_is_ai.site.read import Published
from where_is_ai.site.record import FOLDER, key_of
from where_is_ai.site.walk import walks_of


def outlined(published: Path, quarter: str) -> Published:
    """The edition of ``quarter`` with its outline: kept since an earlier build, or made now."""
    edition = Published(published / quarter)
    files = list(_files(edition.folder))
    made_of = key_of(of_code(), digest(_stamp(edition.folder, path) for path in files))
    path = published / FOLDER / "outlines" / f"{quarter}.json"
    outline = read_outline(path, made_of)
    if outline is None:
        outline = _outline(edition, of_contents(files))
        write_outline(path, outline, made_of)
    return replace(edition, outline=outline)


def forget_outlines(published: Path, editions: list[Published]) -> None:
    """Remove the outlines of editions that are no more."""
    kept = {edition.quarter for edition in editions}
    for path in (published / FOLDER / "outlines").glob("*.json"):
        if path.stem not in kept:
            path.unlink()


def _files(folder: Path) -> Iterator[Path]:
    """The files of an edition that its pages are made from."""
    for path in sorted([*folder.iterdir(), *(folder / "maps").glob("*")]):
        if path.is_file() and not path.name.startswith(".") and not is_own(path):
            yield path


def _stamp(folder: Path, path: Path) -> bytes:
    state = path.stat()
    return f"{path.relative_to(folder)} {state.st_size} {state.st_mtime_ns}".encode()


def _outline(edition: Published, contents: str) -> Outline:
    return Outline(
        contents=contents,
        is_sample=edition.is_sample,
        newest_input=edition.newest_input,
        warnings=edition.warnings,
        tables=list(edition.tables),
        bases=edition.bases,
        holds=measured_in_words(edition),
        summary=" ".join(said for question in questions() if (said := lead(edition, question))),
        rows={
            table.name: edition.outlined_rows(layer, table)
            for layer in layers.LAYERS
            for table in layer.metro_tables
        },
        walks=walks_of(edition),
    )
