"""What all editions say of a metro: its part in the key of its page, and the scripts that load the older ones."""

from collections.abc import Sequence
from pathlib import Path

from where_is_ai.digests import of_code
from where_is_ai.site.data_scripts import data_script
from where_is_ai.site.metros import Measured, Metro, Places
from where_is_ai.site.read import Published
from where_is_ai.site.record import Record, key_of
from where_is_ai.site.slices import histories, measured_before
from where_is_ai.site.walk import FOLDER as WALK
from where_is_ai.site.walk import metro_walk
from where_is_ai.site.writing import write

METROS, HISTORY = "metros", "history"


def metro_key(metro: Metro) -> str:
    """The digest of all that the editions give to the page of a metro, but for its peers."""
    return key_of(
        [metro.slug, metro.place, metro.name, metro.where, metro.in_usa, metro.country],
        [metro.lat, metro.lon, metro.residents, metro.samples],
        {name: [_read_of(each) for each in _read(rows)] for name, rows in metro.rows.items()},
        [[each["rows"], len(each["earlier"])] for each in histories(metro)],
    )


def update_past(record: Record, published: Path, editions: Sequence[Published], places: Places) -> set[str]:
    """Write what earlier editions say of each metro and the walk back of its rows; gives paths below METROS."""
    key = key_of(of_code(), [(each.quarter, each.outline.contents) for each in editions], dict(places.pages))
    group = f"{METROS}/past"
    stand = record.stands(group, key)
    if not stand:
        folder = published / METROS
        made = [
            write(folder / name, text)
            for metro in places.metros
            for name, text in _scripts(metro, editions).items()
        ]
        stand = record.made(group, key, made)
    return {path.removeprefix(f"{METROS}/") for path in stand}


def _scripts(metro: Metro, editions: Sequence[Published]) -> dict[str, str]:
    earlier = {each["slug"]: each["earlier"] for each in histories(metro) if each["earlier"]}
    scripts = {f"{WALK}/{metro.slug}.js": metro_walk(metro, editions)}
    if earlier:
        scripts[f"{HISTORY}/{metro.slug}.js"] = data_script(earlier)
    return scripts


def _read(rows: Sequence[Measured]) -> list[Measured]:
    """The rows that a page reads whole: those of the newest edition, and what stands beside the first of them."""
    before = measured_before(rows)
    return [*(each for each in rows if each.edition is rows[0].edition), *([before] if before else [])]


def _read_of(measured: Measured) -> list[object]:
    return [measured.edition.quarter, measured.edition.outline.contents, measured.key, measured.shared]
