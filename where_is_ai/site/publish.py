"""Taking an edition elsewhere: whole or not at all, and the front page last."""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

from where_is_ai.errors import WhereIsAIError
from where_is_ai.files import locked, unwritable_explained
from where_is_ai.folders import replaced_whole, sweep, writing
from where_is_ai.publication.duckdb_file import write_duckdb
from where_is_ai.publication.edition import PROVENANCE, editions
from where_is_ai.site.build import build_site
from where_is_ai.site.upload import FRONT, Store, fetch_editions

LOCK = ".publishing"
# Beside what is published, a folder for each store that something was ever sent to.
UPLOADS = "uploads"


def publish(published: Path, quarter: str, to: Path, address: str = "") -> Path:
    """Copy the edition ``quarter`` of ``published`` into the folder ``to``, and make the site there anew.

    A reader of ``to`` finds the old edition or the new one, never a half; the site lists what is in ``to``, its front
    page is written last. Gives that page. Raises WhereIsAIError where there is no such edition, a sample would replace
    received figures, or the folder can't be written.
    """
    source, target = published / quarter, to / quarter
    if not (source / PROVENANCE).is_file():
        raise WhereIsAIError(
            f"{published} holds no edition {quarter}.",
            f"Those that it holds: {', '.join(editions(published)) or 'none; make one with where-is-ai run'}.",
        )
    _require_elsewhere(published, to)
    with locked(to / LOCK):
        _require_not_overwriting(source, target)
        sweep(to)
        # No run replaces the edition while it is being copied.
        with writing(published), replaced_whole(target) as aside:
            _copy(source, aside, target)
        write_duckdb(to, editions(to))
        return build_site(to, address)


def publish_to_store(
    published: Path, quarter: str, store: Store, address: str = "", say: Callable[[str], None] = print
) -> str:
    """As ``publish``, to a store: the site is made in a folder here with all the store's editions, and sent from there.

    A reader finds old data or new, and no page before its data. Gives the address of the front page.
    """
    here = published.parent / UPLOADS / hashlib.sha256(store.name.encode()).hexdigest()[:16]
    with unwritable_explained(here):
        here.mkdir(parents=True, exist_ok=True)
    with locked(here.with_suffix(LOCK)):
        fetch_editions(store, here, but=quarter)
        publish(published, quarter, here, address)
        store.send(here, say)
    return f"{store.name.rstrip('/')}/{FRONT}"


def _copy(source: Path, aside: Path, target: Path) -> None:
    try:
        shutil.copytree(source, aside, ignore=shutil.ignore_patterns(".*"), dirs_exist_ok=True)
    except OSError as error:
        # Of many files that fail alike, copytree tells all, each with its two paths.
        said = error.args[0][0][2] if isinstance(error, shutil.Error) else error.strerror or error
        raise WhereIsAIError(
            f"The edition can't be copied to {target}: {said}.",
            "Nothing there was changed. Make the folder writable, see that its disk isn't full, and publish again.",
        ) from error


def _require_elsewhere(published: Path, to: Path) -> None:
    here, there = published.resolve(), to.resolve()
    if there == here or here in there.parents or there in here.parents:
        raise WhereIsAIError(
            f"{to} is, holds or lies within {published}, where editions are made.", "Choose another folder."
        )


def _require_not_overwriting(source: Path, target: Path) -> None:
    if not (target / PROVENANCE).is_file():
        return
    before, after = (json.loads((folder / PROVENANCE).read_text())["source"] for folder in (target, source))
    if after == "sample" and before != "sample":
        article = "an" if before == "archive" else "a"
        raise WhereIsAIError(
            f"{target} holds {article} {before} edition, which a sample must not overwrite.",
            "Choose another folder, or run from the archive or live.",
        )
