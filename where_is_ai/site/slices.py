"""One metro's slices: what each layer says of it, ready for its page."""

import json
from collections.abc import Sequence

from where_is_ai import layers
from where_is_ai.layers.layer import Layer
from where_is_ai.site.addresses import slug
from where_is_ai.site.metros import NEAR_KM, Measured, Metro, near
from where_is_ai.site.read import Published
from where_is_ai.site.trend import trend


def slices(metro: Metro, metros: Sequence[Metro], published: dict[str, bool]) -> list[dict]:
    """A mapping per layer; ``published`` says which layers any edition has."""
    return [_slice(metro, metros, layer, published[layer.name]) for layer in layers.LAYERS]


def histories(metro: Metro) -> list[dict]:
    """A table per layer that has the metro: what each edition says, newest first."""
    return [_history(layer, metro.rows[layer.name]) for layer in layers.LAYERS if layer.name in metro.rows]


def _slice(metro: Metro, metros: Sequence[Metro], layer: Layer, published: bool) -> dict:
    common = {"slug": layer.pages[0].slug, "title": layer.title}
    newest = metro.newest(layer.name)
    if newest is None:
        nearby = _nearby(metro, metros, layer)
        return {
            **common,
            "value": "",
            "why_not": _why_not(metro, layer, published, bool(nearby["nearby"])),
            **nearby,
        }
    edition, row, key = newest
    said, table = layer.on_metro.slice(row, edition), layer.by_metro
    return {
        **common,
        "value": said.value,
        "unit": said.unit,
        "lines": said.lines,
        "trend": trend(list(said.trend), said.trend_shows),
        "edition": edition.quarter,
        "anchor": f"{table.name}-{slug(key)}",
        "walk": _walk(edition, table.name, key),
        "nearby": [],
    }


def _history(layer: Layer, rows: Sequence[Measured]) -> dict:
    table, on_metro = layer.by_metro, layer.on_metro
    return {
        "slug": layer.pages[0].slug,
        "title": layer.title,
        "headings": ["Edition", *(table.columns()[name].heading for name in on_metro.history), "Rests on"],
        "rows": [
            [
                each.edition.quarter,
                *(table.text(name, each.row) for name in on_metro.history),
                on_metro.rests_on(each.row),
            ]
            for each in rows
        ],
    }


def _nearby(metro: Metro, metros: Sequence[Metro], layer: Layer) -> dict:
    """Metros of the other geography close by, as its first layer has them: areas are not the same in both."""
    first = next((each for each in layers.LAYERS if each.where != metro.geography), None)
    if layer is not first:
        return {"nearby": [], "nearby_title": ""}
    close = [
        {
            "slug": each.slug,
            "name": each.name,
            "km": km,
            "said": layer.on_metro.in_short(each.newest(layer.name).row),
        }
        for each, km in near(metro, metros, layer.name)
    ]
    return {"nearby": close, "nearby_title": f"{layer.title} within {NEAR_KM} km"}


def _why_not(metro: Metro, layer: Layer, published: bool, nearby: bool) -> str:
    if not published:
        return "No edition measures this yet."
    if not metro.in_usa and layer.on_metro.abroad:
        return layer.on_metro.abroad
    if nearby and layer.on_metro.nearby:
        return layer.on_metro.nearby
    return layer.on_metro.not_here


def _walk(edition: Published, table: str, key: str) -> str:
    """The archived answers and the cells in them that a row was made from, from provenance.json."""
    inputs = {given["sha256"]: given for given in edition.provenance["inputs"]}
    places = edition.provenance.get("walk_back", {}).get(table, {}).get("rows", {}).get(key, [])
    parts = [f"{table}.csv, row {key}, edition {edition.quarter}"]
    for place in places:
        given = inputs.get(place["sha256"], {})
        parts += [
            f"from {_where(place)}",
            f"  of {given.get('url', 'an archived answer')}",
            f"  sha256 {place['sha256']}",
        ]
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
