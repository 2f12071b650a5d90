"""One metro's slices: what each layer says of it, ready for its page, and what is unknown there and why."""

import json
from collections.abc import Collection, Sequence

from where_is_ai import layers
from where_is_ai.geography.crosswalk import cbsas
from where_is_ai.layers.layer import Earlier, Layer
from where_is_ai.layers.phrases import listed
from where_is_ai.site.addresses import slug
from where_is_ai.site.metros import Measured, Metro
from where_is_ai.site.read import Published
from where_is_ai.site.trend import trend

NOT_YET = "No edition here measures this yet: nothing was received from its source."
NO_NOISE = (
    "Nothing tells a change of these from noise. What each edition says stands below, edition by edition: a "
    "difference is not growth by itself."
)
NOTHING_BEFORE = "No earlier edition or release is at hand: one number by itself says nothing of change."
# A page shows so many places of a row's way back; all are in provenance.json.
MOST_PLACES = 6
# Of a metro's editions a page shows a year; a script loads those before.
SHOWN = 4


def slices(metro: Metro) -> list[dict]:
    """A mapping per layer that has the metro."""
    return [_slice(metro, layer) for layer in layers.LAYERS if metro.newest(layer.name)]


def unknown(metro: Metro, published: Collection[str]) -> list[dict]:
    """What is not known of the metro: titles of layers with the reason; ``published`` are those of any edition."""
    by_reason: dict[str, list[str]] = {}
    for layer in layers.LAYERS:
        if not metro.newest(layer.name):
            by_reason.setdefault(_why_not(metro, layer, layer.name in published), []).append(layer.title)
    said = [{"titles": listed(titles), "why": why} for why, titles in by_reason.items()]
    here = [layer for layer in layers.LAYERS if metro.newest(layer.name)]
    for why, titles in (
        (NO_NOISE, [layer.title for layer in here if not layer.on_metro.change]),
        (
            NOTHING_BEFORE,
            [layer.title for layer in here if layer.on_metro.change and not change(metro, layer)],
        ),
    ):
        if titles:
            said.append({"titles": f"Change of {listed(titles)}", "why": why})
    return said


def change(metro: Metro, layer: Layer) -> str:
    """How the metro's number of the layer changed, beside its noise; "" where there is nothing to compare it with."""
    newest = metro.newest(layer.name)
    if not newest or not layer.on_metro.change:
        return ""
    before = measured_before(metro.rows[layer.name])
    earlier = Earlier(before.edition.quarter, before.row) if before else None
    return layer.on_metro.change(newest.row, newest.edition, earlier)


def measured_before(rows: Sequence[Measured]) -> Measured | None:
    """What the newest earlier edition has of the area that comes first in the newest; ``rows`` are of one layer."""
    newest, *others = rows
    same = (each for each in others if each.place == newest.place and each.edition is not newest.edition)
    return next(same, None)


def histories(metro: Metro) -> list[dict]:
    """A table per layer that has the metro: what each edition says, newest first; ``earlier`` is for scripts."""
    return [_history(layer, metro.rows[layer.name]) for layer in layers.LAYERS if layer.name in metro.rows]


def _slice(metro: Metro, layer: Layer) -> dict:
    newest = metro.rows[layer.name][0]
    edition, row, key = newest.edition, newest.row, newest.key
    said, table = layer.on_metro.slice(row, edition), newest.table
    return {
        "slug": layer.pages[0].slug,
        "page": table.page,
        "title": layer.title,
        "value": said.value,
        "unit": said.unit,
        "counted_for": _counted_for(metro, newest),
        "lines": said.lines,
        "beside": [f"{each.area}: {layer.on_metro.in_short(each.row)}" for each in metro.beside(layer.name)],
        "change": change(metro, layer),
        "trend": trend(list(said.trend), said.trend_shows),
        "edition": edition.quarter,
        "anchor": f"{table.name}-{slug(key)}",
        "walk": _walk(edition, table.name, key),
    }


def _counted_for(metro: Metro, measured: Measured) -> str:
    """Which area the number is of, where that is not the metro itself."""
    if measured.shared:
        others = [cbsas()[code].title for code in measured.shared if code != metro.place]
        return f"Counted for {measured.area}, which takes in {listed(others)} too: the number is of both together."
    if measured.place == metro.place or measured.area == metro.name:
        return ""
    return f"Counted for “{measured.area}”, an area of its own within or about this metro."


def _history(layer: Layer, rows: Sequence[Measured]) -> dict:
    table, on_metro = rows[0].table, layer.on_metro
    told = [_told(each) for each in _first_of_each_edition(rows) if each.table is table]
    followed = [name for name in on_metro.history if name in table.columns()]
    return {
        "slug": table.page,
        "title": layer.title,
        "headings": ["Edition", *(table.columns()[name].heading for name in followed), "Rests on"],
        "rows": told[:SHOWN],
        "earlier": told[SHOWN:],
    }


def _first_of_each_edition(rows: Sequence[Measured]) -> list[Measured]:
    found: dict[str, Measured] = {}
    for each in rows:
        found.setdefault(each.edition.quarter, each)
    return list(found.values())


def _told(measured: Measured) -> list[str]:
    """The edition, the columns that the layer follows, and what they rest on."""
    *values, rests_on = measured.row.history
    return [measured.edition.quarter, *values, f"{measured.area}: {rests_on}"]


def _why_not(metro: Metro, layer: Layer, published: bool) -> str:
    if not published:
        return NOT_YET
    if not metro.in_usa and layer.on_metro.abroad:
        return layer.on_metro.abroad
    return layer.on_metro.not_here


def _walk(edition: Published, table: str, key: str) -> str:
    """The archived answers and the cells in them that a row was made from, from provenance.json."""
    places = edition.provenance.get("walk_back", {}).get(table, {}).get("rows", {}).get(key, [])
    parts = [f"{table}.csv, row {key}, edition {edition.quarter}"]
    for place in places[:MOST_PLACES]:
        given = edition.inputs.get(place["sha256"], {})
        parts += [
            f"from {_where(place)}",
            f"  of {given.get('url', 'an archived answer')}",
            f"  sha256 {place['sha256']}",
        ]
    if len(places) > MOST_PLACES:
        parts.append(f"and {len(places) - MOST_PLACES:,} more places, all in provenance.json")
    return "\n".join(parts) if places else ""


def _where(place: dict) -> str:
    """Where in an answer the cells are, as far as the place says."""
    if "json_paths" in place:
        return json.dumps(place["json_paths"], ensure_ascii=False)
    parts = [
        place.get("member", ""),
        f"sheet {place['sheet']}" if "sheet" in place else "",
        *(
            f"{name} {', '.join(map(str, place[name]))}"
            for name in ("rows", "lines", "parts")
            if name in place
        ),
    ]
    return ", ".join(part for part in parts if part)
