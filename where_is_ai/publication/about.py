"""``edition.json``: what an edition's pages say beside its tables: notes per layer, checks with their results."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from where_is_ai.files import write_json
from where_is_ai.maps.notes import EditionNotes

ABOUT = "edition.json"


@dataclass(frozen=True)
class CheckResult:
    """A check of a table and what it gave in this edition's run.

    ``passed`` is None where it has no result for this edition; ``severity`` is ``warn`` or ``error``; ``said`` is its
    result in words, ``rows`` the rows that it found as a Markdown table, ``meaning`` what it looks at.
    """

    table: str
    name: str
    meaning: str
    passed: bool | None
    severity: str
    said: str
    rows: str = ""

    @property
    def verdict(self) -> str:
        if self.passed is None:
            return "not run"
        return "passed" if self.passed else {"warn": "warning", "error": "failed"}[self.severity]


@dataclass(frozen=True)
class About:
    """``notes`` by layer, for the layers that were measured; ``checks`` by table and name."""

    notes: Mapping[str, EditionNotes]
    checks: Sequence[CheckResult]


def write_about(folder: Path, about: About, files: Mapping[str, Sequence[str]]) -> Path:
    """Write ``edition.json`` into the edition's folder; ``files`` are the names of those that each asset gave."""
    content = {
        "notes": {layer: asdict(notes) for layer, notes in about.notes.items()},
        "checks": [asdict(check) for check in about.checks],
        "files": files,
    }
    write_json(folder / ABOUT, content)
    return folder / ABOUT


def read_about(folder: Path) -> About:
    """What ``write_about`` wrote; empty where the edition has none."""
    content = _read(folder)
    return About(
        {layer: EditionNotes(**notes) for layer, notes in content.get("notes", {}).items()},
        [CheckResult(**check) for check in content.get("checks", ())],
    )


def read_files(folder: Path) -> dict[str, list[str]]:
    """The names of the files that each asset gave to the edition; none where it does not say."""
    return _read(folder).get("files", {})


def _read(folder: Path) -> dict:
    path = folder / ABOUT
    return json.loads(path.read_text()) if path.is_file() else {}
