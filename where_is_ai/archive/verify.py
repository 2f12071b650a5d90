"""Is the archive still what was kept? Every object against its sha256, and the index against the objects."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from where_is_ai.archive.entry import Entry
from where_is_ai.archive.lines import unreadable_explained
from where_is_ai.archive.store import Archive
from where_is_ai.errors import BadUpstream
from where_is_ai.files import PART
from where_is_ai.redaction import printable


class Trouble(StrEnum):
    DAMAGED = "damaged"
    MISSING = "missing"
    UNINDEXED = "unindexed"
    """Bytes that no entry names, as a run leaves them that was killed between keeping and entering them."""
    HALF_MADE = "half-made"
    SET_ASIDE = "set aside"


# An archive with any other trouble is whole: nothing that a run uses is wrong.
HARMFUL = (Trouble.DAMAGED, Trouble.MISSING)


@dataclass(frozen=True)
class Flaw:
    """One thing that is not as it should be: ``where`` is the file, ``what`` what is wrong and whose answer it is."""

    trouble: Trouble
    where: Path
    what: str

    def __str__(self) -> str:
        return f"{self.trouble}: {self.where}: {self.what}"


@dataclass(frozen=True)
class Verified:
    """What was looked at, and what is not as it should be."""

    entries: int
    objects: int
    flaws: tuple[Flaw, ...]

    @property
    def is_whole(self) -> bool:
        return not any(flaw.trouble in HARMFUL for flaw in self.flaws)


def verify(archive: Archive) -> Verified:
    """Read every kept object and every line of the index; nothing is mended or removed."""
    entries, flaws = _read_index(archive)
    by_sha256: dict[str, list[Entry]] = {}
    for entry in entries:
        by_sha256.setdefault(entry.sha256, []).append(entry)
    flaws += [flaw for kept in by_sha256.values() if (flaw := _check(archive, kept))]
    objects = sorted(path for path in (archive.folder / "objects").rglob("*") if path.is_file())
    named = {archive.path(kept[0]) for kept in by_sha256.values()}
    flaws += [_unindexed(path) for path in objects if path not in named]
    flaws += [
        Flaw(Trouble.HALF_MADE, path, "a run that ended left it, or one still writes it")
        for path in sorted(archive.folder.glob(f"{PART}*"))
    ]
    flaws += _set_aside(archive, by_sha256)
    return Verified(len(entries), len(objects), tuple(flaws))


def _read_index(archive: Archive) -> tuple[list[Entry], list[Flaw]]:
    index = archive.folder / "index.jsonl"
    if not index.exists():
        return [], []
    with unreadable_explained(index):
        lines = index.read_bytes().split(b"\n")
    entries, flaws = [], []
    for number, line in enumerate(lines[:-1], start=1):
        try:
            entries.append(Entry.from_json(line.decode()))
        except ValueError:
            said = printable(line[:60].decode(errors="replace"))
            flaws.append(Flaw(Trouble.DAMAGED, index, f"line {number} is no entry: {said!r}"))
    if lines[-1]:
        flaws.append(Flaw(Trouble.HALF_MADE, index, "its last line is torn; the next answer replaces it"))
    return entries, flaws


def _check(archive: Archive, kept: list[Entry]) -> Flaw | None:
    entry, path = kept[-1], archive.path(kept[-1])
    whose = ", ".join(sorted({f"{each.url} of {each.retrieved_at}" for each in kept})[:3])
    whose += f" and {len(kept) - 3} more" if len(kept) > 3 else ""
    try:
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        size = path.stat().st_size
    except FileNotFoundError:
        return Flaw(Trouble.MISSING, path, f"the answer of {whose} is not there")
    except OSError as error:
        return Flaw(Trouble.DAMAGED, path, f"the answer of {whose} can't be read: {error.strerror}")
    if sha256 != entry.sha256:
        return Flaw(Trouble.DAMAGED, path, f"the answer of {whose} was changed after it was kept")
    if wrong := [each for each in kept if each.bytes != size]:
        return Flaw(
            Trouble.DAMAGED, path, f"the index says {wrong[0].bytes:,} bytes, it has {size:,} ({whose})"
        )
    return None


def _unindexed(path: Path) -> Flaw:
    with path.open("rb") as file:
        is_itself = hashlib.file_digest(file, "sha256").hexdigest() == path.name
    said = "no entry of the index names it" + ("" if is_itself else ", and it is not what its name says")
    return Flaw(Trouble.UNINDEXED, path, said)


def _set_aside(archive: Archive, by_sha256: dict[str, list[Entry]]) -> Iterator[Flaw]:
    try:
        aside = archive.set_aside_because()
    except BadUpstream as refusal:
        yield Flaw(Trouble.DAMAGED, archive.folder, refusal.problem)
        return
    for sha256, why in aside.items():
        whose = ", ".join(sorted({entry.url for entry in by_sha256.get(sha256, ())}))
        yield Flaw(Trouble.SET_ASIDE, archive.folder / "objects" / sha256[:2] / sha256, f"{why} ({whose})")
