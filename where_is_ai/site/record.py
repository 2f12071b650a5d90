"""What the last build made, and of what: so that a page is made again only where something in it may be otherwise.

Files that are made together have a key, the digest of all that they are made of. Where it is as it was, and the files
are as they were left, they stand. The record lies in ``.site`` beside the pages, and no reader is led there.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from where_is_ai.digests import digest
from where_is_ai.site.writing import write

FOLDER = ".site"
PAGES = "pages.json"
Made = dict[str, list[int]]


def key_of(*parts: object) -> str:
    """The digest of plain values: numbers, texts, lists and mappings of them."""
    return digest([json.dumps(parts, ensure_ascii=False, sort_keys=True, default=list).encode()])


class Record:
    """The record of the site in the folder ``site``: groups of files by name, files by their path in the site."""

    def __init__(self, site: Path):
        self._site = site
        self._path = site / FOLDER / PAGES
        self._before: dict[str, dict] = _read(self._path)
        self._now: dict[str, dict] = {}

    def stands(self, group: str, key: str, answers: Mapping[str, str] | None = None) -> list[str]:
        """The paths of a group that need not be made again; none where it must be.

        ``answers`` are asked what making it asked the last time.
        """
        known = self._before.get(group)
        if (
            not known
            or known["key"] != key
            or not all(self._is(path, made) for path, made in known["made"].items())
        ):
            return []
        if any((answers or {}).get(name, "") != answer for name, answer in known["asked"].items()):
            return []
        self._now[group] = known
        return list(known["made"])

    def made(
        self, group: str, key: str, paths: Iterable[Path], asked: Mapping[str, str] | None = None
    ) -> list[str]:
        """Note that a group was made, what its making ``asked`` and was told; gives its paths."""
        made = {path.relative_to(self._site).as_posix(): _state(path) for path in paths}
        self._now[group] = {"key": key, "made": made, "asked": dict(asked or {})}
        return list(made)

    def keep(self) -> set[str]:
        """Write down what stands and what was made; gives the paths of what was made before and is neither now."""
        write(self._path, json.dumps(self._now, ensure_ascii=False, separators=(",", ":")))
        before, now = (
            {path for each in known.values() for path in each["made"]} for known in (self._before, self._now)
        )
        return before - now

    def _is(self, path: str, made: list[int]) -> bool:
        try:
            return _state(self._site / path) == made
        except FileNotFoundError:
            return False


class Asked(Mapping[str, str]):
    """A mapping that notes in ``asked`` what it was asked for, with what it told: "" for what it does not have."""

    def __init__(self, known: Mapping[str, str]):
        self._known = known
        self.asked: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        self.asked[name] = self._known.get(name, "")
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        raise TypeError("what was asked could not be told")

    def __len__(self) -> int:
        return len(self._known)


def _read(path: Path) -> dict[str, dict]:
    """What was written down; nothing where that can't be read."""
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
        return {
            group: {name: each[name] for name in ("key", "made", "asked")} for group, each in known.items()
        }
    except (OSError, ValueError, AttributeError, KeyError, TypeError):
        return {}


def _state(path: Path) -> list[int]:
    state = path.stat()
    return [state.st_size, state.st_mtime_ns]
