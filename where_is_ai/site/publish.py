"""Taking an edition elsewhere: whole or not at all, and the front page last."""

import json
import shutil
import tempfile
from pathlib import Path

from where_is_ai.errors import WhereIsAIError
from where_is_ai.files import sync
from where_is_ai.publication.duckdb_file import write_duckdb
from where_is_ai.publication.edition import PROVENANCE, editions
from where_is_ai.site.build import build_site


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
    _require_not_overwriting(source, target)
    try:
        _replace_folder(source, target)
    except OSError as error:
        raise WhereIsAIError(
            f"The edition can't be copied to {target}: {error.strerror or error}.",
            "Nothing there was changed. Make the folder writable, see that its disk isn't full, and publish again.",
        ) from error
    write_duckdb(to, editions(to))
    return build_site(to, address)


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


def _replace_folder(source: Path, target: Path) -> None:
    """Copy aside, on the disk for sure, then trade places with what was there."""
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".part-{target.name}-"))
    try:
        new, old = aside / "new", aside / "old"
        shutil.copytree(source, new, ignore=shutil.ignore_patterns(".*"))
        for path in (*new.rglob("*"), new):
            sync(path)
        if target.exists():
            target.rename(old)
        try:
            new.rename(target)
        except OSError:
            if old.exists():
                old.rename(target)
            raise
        sync(target.parent)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
