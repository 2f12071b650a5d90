"""The pages of metros: one for a place, the addresses that lead to it, the list of all, and what the search reads."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from where_is_ai import layers
from where_is_ai.digests import of_code
from where_is_ai.site.citation import Cited, cited
from where_is_ai.site.data_scripts import data_script
from where_is_ai.site.frame import TEMPLATES, Frame, page
from where_is_ai.site.in_short import in_short, layers_of
from where_is_ai.site.linked_data import metro_dataset
from where_is_ai.site.locator import locator
from where_is_ai.site.metro_data import metro_csv, metro_data, residents_source
from where_is_ai.site.metro_share import FOLDER as PICTURES
from where_is_ai.site.metro_share import Share, metro_share
from where_is_ai.site.metros import Metro, Places
from where_is_ai.site.nations import nations, unknown_of_nation
from where_is_ai.site.overview import edition_picture
from where_is_ai.site.past import metro_key, update_past
from where_is_ai.site.peers import beside_peers
from where_is_ai.site.record import Record, key_of
from where_is_ai.site.search_data import write_search_data
from where_is_ai.site.slices import histories, slices, unknown
from where_is_ai.site.standing import Standing, Standings, peers_rule
from where_is_ai.site.writing import write
from where_is_ai.templates import fill

FOLDER = "metros"
# Why no metros of like size stand beside one, in the USA and abroad.
NO_PEERS = {
    True: "The Census Bureau's estimates by metro leave this one out, so that its size is not known here.",
    False: "It was counted for a city by name, which has no borders, so that nobody can say how many live there; of "
    "urban centres (Global Human Settlement Layer) it is known.",
}


def update_metros(record: Record, published: Path, frame: Frame, places: Places) -> None:
    """Write each metro's page unless it stands, redirections from the addresses of its areas, and the lists."""
    # Of an edition's pictures, which are opened to be measured, one look is enough for all metros.
    picture = edition_picture(frame.editions[0]) if frame.editions else None
    below = replace(frame.at("../"), picture=picture)
    standings = Standings(places.metros)
    measured = [
        layer.name
        for layer in layers.LAYERS
        if any(layer.is_measured_in(each.measured) for each in frame.editions)
    ]
    same_for_all = key_of(
        of_code(), frame.of_site, frame.warnings, picture and vars(picture), measured, _newest(frame)
    )
    of_metros = {metro.slug: metro_key(metro) for metro in places.metros}
    kept = {"index.html", "compare.html"}
    for metro in places.metros:
        peers = standings.peers(metro)
        key = key_of(same_for_all, of_metros[metro.slug], [of_metros[peer.slug] for peer in peers])
        group = f"{FOLDER}/{metro.slug}"
        stand = record.stands(group, key)
        if not stand:
            files = _metro_files(below, metro, peers, standings, measured)
            made = [write(published / FOLDER / name, content) for name, content in files.items()]
            stand = record.made(group, key, made)
        kept.update(path.removeprefix(f"{FOLDER}/") for path in stand)
    kept |= update_past(record, published, frame.editions, places)
    names = {metro.slug: metro.name for metro in places.metros}
    for old, new in places.moved.items():
        kept.add(f"{old}.html")
        write(published / FOLDER / f"{old}.html", _redirection(frame, new, names[new]))
    _write_list(published, below, places)
    write_search_data(published, places.metros)
    write(published / FOLDER / "compare.html", _compare_page(below))
    for path in (published / FOLDER).rglob("*.*"):
        if path.relative_to(published / FOLDER).as_posix() not in kept and path.is_file():
            path.unlink()


def _newest(frame: Frame) -> str:
    return frame.editions[0].quarter if frame.editions else ""


def _metro_files(
    frame: Frame, metro: Metro, peers: Sequence[Metro], standings: Standings, measured: Sequence[str]
) -> dict[str, str | bytes]:
    """What a metro has in the folder of metros, by name: its page, its numbers as JSON, CSV and script, its picture."""
    found = standings.of_metro(metro, peers)
    missing = unknown(metro, measured)
    if not metro.residents:
        missing.append({"titles": "Metros of like size", "why": NO_PEERS[metro.in_usa]})
    missing += unknown_of_nation(metro, found)
    as_cited = _cited(frame, metro)
    data = metro_data(metro, found, peers, missing, as_cited.apa)
    share = metro_share(metro, layers_of(found))
    picture = f"{PICTURES}/{metro.slug}.png"
    frame = replace(frame, picture=share.picture.shared(f"{FOLDER}/{picture}"))
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
    return {
        f"{metro.slug}.html": _metro_page(frame, metro, peers, standings, found, missing, as_cited, share),
        f"{metro.slug}.json": text,
        f"{metro.slug}.csv": metro_csv(found),
        f"data/{metro.slug}.js": data_script(data),
        picture: share.picture.png(),
    }


def _cited(frame: Frame, metro: Metro) -> Cited:
    """The metro as the newest edition that has it cites it."""
    newest = max((rows[0].edition for rows in metro.rows.values()), key=lambda edition: edition.quarter)
    return cited(frame, newest, f"{FOLDER}/{metro.slug}.html", metro.name)


def _compare_page(frame: Frame) -> str:
    return page(
        "compare.html.j2",
        frame,
        f"{FOLDER}/compare.html",
        "Metros side by side · where-is-ai",
        "Two or three metros at one address, each number with its range and rank.",
        frame.picture,
        samples=[edition.quarter for edition in frame.editions if edition.is_sample],
    )


def _metro_page(
    frame: Frame,
    metro: Metro,
    peers: Sequence[Metro],
    standings: Standings,
    found: Sequence[Standing],
    missing: Sequence[dict],
    as_cited: Cited,
    share: Share,
) -> str:
    by_layer = layers_of(found)
    said = in_short(metro, peers, standings, by_layer)
    return page(
        "metro.html.j2",
        frame,
        f"{FOLDER}/{metro.slug}.html",
        f"AI in {metro.name} · where-is-ai",
        share.description,
        frame.picture,
        about={
            "linked_data": metro_dataset(frame, metro, as_cited, [each.column.heading for each in found]),
            "shared_title": share.title,
        },
        metro=metro,
        locator=locator(metro.name, metro.lat, metro.lon, metro.in_usa),
        in_short=said,
        standings=by_layer,
        nations=nations(metro, found),
        peers=beside_peers(metro, peers, standings, by_layer),
        peers_rule=peers_rule(metro),
        residents_source=residents_source(metro),
        slices=slices(metro),
        unknown=missing,
        nearest=sorted(peers, key=lambda each: abs(each.residents - (metro.residents or 0)))[:2],
        cited=as_cited,
        histories=histories(metro),
        samples=metro.samples,
    )


def _redirection(frame: Frame, page_slug: str, name: str) -> str:
    address = f"{frame.address}{FOLDER}/{page_slug}.html" if frame.address else f"{page_slug}.html"
    return fill(TEMPLATES / "moved.html.j2", slug=page_slug, name=name, address=address)


def _write_list(published: Path, frame: Frame, places: Places) -> None:
    text = page(
        "metros.html.j2",
        frame,
        f"{FOLDER}/index.html",
        "All metros · where-is-ai",
        "Every metro that any edition has a number for, each at an address that stays.",
        frame.picture,
        metros=places.metros,
    )
    write(published / FOLDER / "index.html", text)
