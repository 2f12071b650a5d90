"""What the site says of an edition on other pages than its own, kept so that its tables need not be read again."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from where_is_ai.site.writing import write

#: What of a metro's row is needed to know which place it is of.
OF_PLACE = ("country_code", "lat", "lon")


@dataclass(frozen=True)
class OutlinedRow:
    """A row of a table of metros: its position ``at`` there, its ``key``, and what tells its place.

    ``history`` is what the row says in the list of editions of its metro, ready for print; ``residents`` are those of
    its area, where its table has them.
    """

    at: int
    key: str
    place: str
    name: str
    country_code: str | None
    lat: float | None
    lon: float | None
    history: list[str] = field(default_factory=list)
    residents: int | None = None


@dataclass(frozen=True)
class Outline:
    """``contents`` is the digest of the edition's files; ``rows`` are by table, those with the most first.

    ``tables`` are those that it has, ``bases`` what each layer's figures are made on, ``holds`` and ``summary`` what
    lists and the feed say of it. ``walks`` has, by place, the way back of all its rows as JSON.
    """

    contents: str
    is_sample: bool
    newest_input: str
    warnings: list[str]
    tables: list[str]
    bases: dict[str, str]
    holds: str
    summary: str
    rows: dict[str, list[OutlinedRow]]
    walks: dict[str, str]


def write_outline(path: Path, outline: Outline, made_of: str) -> None:
    """Keep ``outline``, and what it was ``made_of``."""
    rows = {name: [list(asdict(row).values()) for row in rows] for name, rows in outline.rows.items()}
    content = {"made_of": made_of, **vars(outline), "rows": rows}
    write(path, json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False))


def read_outline(path: Path, made_of: str) -> Outline | None:
    """What ``write_outline`` kept; None where there is none that was ``made_of`` the same."""
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
        if known.pop("made_of") != made_of:
            return None
        rows = {name: [OutlinedRow(*row) for row in rows] for name, rows in known["rows"].items()}
        return Outline(**known | {"rows": rows})
    except (OSError, ValueError, AttributeError, KeyError, TypeError):
        return None
