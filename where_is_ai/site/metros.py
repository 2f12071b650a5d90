"""Which places there are over all editions, and what each edition says of each: one page for a place.

Layers count by different areas: CBSAs, city tags, towns or urban centres. In the USA an area is on the page of the CBSA
that the crosswalk says it lies in; one that takes several CBSAs together is on the page of each.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

from where_is_ai import layers
from where_is_ai.geography.crosswalk import (
    COUNTRIES,
    NAMED_WITHIN_KM,
    cbsas,
    cbsas_of,
    kilometres_apart,
    successor_of,
)
from where_is_ai.geography.gazetteer.names import key_of
from where_is_ai.geography.names import country_name
from where_is_ai.layers.layer import Layer, PublishedTable
from where_is_ai.site.addresses import metro_slug
from where_is_ai.site.metro_row import MetroRow
from where_is_ai.site.read import Published


class Measured(NamedTuple):
    """What an edition has of a metro: a row of one of a layer's tables of metros, and the row's key.

    ``area`` is the area that it was counted for, as the table names it; ``shared`` are the codes of the CBSAs that the
    area takes together, none where it is one metro's.
    """

    edition: Published
    table: PublishedTable
    row: MetroRow
    key: str
    place: str
    area: str
    shared: tuple[str, ...] = ()


@dataclass
class Metro:
    """A place with a page. ``rows`` by layer has what each edition measured, the newest edition first.

    An edition may have several areas there: that with the most comes first. ``place`` is the CBSA's code or the id
    that the first layer gives it, ``residents`` an estimate, where there is one: the Census Bureau's in the USA, abroad
    that of the newest table whose areas have one.
    """

    slug: str
    place: str
    name: str
    where: str
    in_usa: bool
    country: str = ""
    lat: float | None = None
    lon: float | None = None
    residents: int | None = None
    rows: dict[str, list[Measured]] = field(default_factory=dict)

    @property
    def short(self) -> str:
        """The first city of the name."""
        return (
            self.name.split(",")[0].split("--")[0].split("-")[0].split("/")[0] if self.in_usa else self.name
        )

    @property
    def measured(self) -> str:
        return ", ".join(layer.title for layer in layers.LAYERS if layer.name in self.rows)

    @property
    def samples(self) -> list[str]:
        """The quarters of those editions here that are samples, the newest first."""
        found = {
            each.edition.quarter for rows in self.rows.values() for each in rows if each.edition.is_sample
        }
        return sorted(found, reverse=True)

    def newest(self, layer: str) -> Measured | None:
        return self.rows[layer][0] if layer in self.rows else None

    def beside(self, layer: str) -> list[Measured]:
        """The other areas that the newest edition with the layer has here."""
        first, *others = self.rows[layer]
        return [each for each in others if each.edition is first.edition]


@dataclass(frozen=True)
class Places:
    """The metros sorted by name, and ``pages``: by the address of each area the address of the page that it is on."""

    metros: list[Metro]
    pages: Mapping[str, str]

    @property
    def moved(self) -> dict[str, str]:
        """The addresses that lead elsewhere, each with where."""
        return {slug: page for slug, page in self.pages.items() if slug != page}


def places_of(editions: Sequence[Published]) -> Places:
    """Every place of ``editions`` (the newest first), named by its CBSA, or else as the newest edition names it."""
    known: dict[str, Metro] = {}
    pages: dict[str, str] = {}
    abroad = Abroad()
    for edition in editions:
        for layer, table, row in _rows(edition):
            found = _pages_of(layer, table, row) or [abroad.page(table, row)]
            place = str(row[table.place])
            pages.setdefault(metro_slug(place), metro_slug(found[0]))
            shared = tuple(found) if len(found) > 1 else ()
            measured = Measured(edition, table, row, row.key, place, str(row[table.names]), shared)
            for page in found:
                metro = known.setdefault(metro_slug(page), _metro(page, table, row))
                metro.rows.setdefault(layer.name, []).append(measured)
                if not metro.in_usa:
                    metro.residents = metro.residents or row.residents
                if metro.lat is None or page == place:
                    metro.lat = _known(row.get("lat")) or metro.lat
                    metro.lon = _known(row.get("lon")) or metro.lon
                pages[metro.slug] = metro.slug
    return Places(sorted(known.values(), key=lambda metro: (metro.name.casefold(), metro.slug)), pages)


def _rows(edition: Published) -> Iterator[tuple[Layer, PublishedTable, MetroRow]]:
    """Each row that is of a metro's page; of a table of metros abroad those of the USA are left out."""
    for layer in layers.LAYERS:
        for table in layer.metro_tables:
            for row in edition.metro_rows(layer, table):
                if table is layer.by_metro or row.get("country_code") not in COUNTRIES:
                    yield layer, table, row


class Abroad:
    """Places outside the USA by name and country: areas of any geography that share both are one place.

    Namesakes of one country are told apart where both have a point and these are further apart than NAMED_WITHIN_KM.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], list[tuple[str, float | None, float | None]]] = {}

    def page(self, table: PublishedTable, row: Mapping) -> str:
        """The id of the place that the row's area is: its own, or that of the area that was first called so."""
        place, country = str(row[table.place]), row.get("country_code")
        lat, lon = _known(row.get("lat")), _known(row.get("lon"))
        name = key_of(str(row[table.names]))
        if not name or not isinstance(country, str):
            return place
        namesakes = self._known.setdefault((country, name), [])
        for other, other_lat, other_lon in namesakes:
            if other == place or _close(lat, lon, other_lat, other_lon):
                return other
        namesakes.append((place, lat, lon))
        return place


def _close(*ends: float | None) -> bool:
    """Whether two points (degrees) are close enough to be of one place; a point that is not known rules nothing out."""
    lat, lon, other_lat, other_lon = ends
    if lat is None or lon is None or other_lat is None or other_lon is None:
        return True
    return kilometres_apart(lat, lon, other_lat, other_lon) <= NAMED_WITHIN_KM


def _pages_of(layer: Layer, table: PublishedTable, row: Mapping) -> list[str]:
    """The ids of the places of the USA that the row's area is of; none where it is of none there."""
    place, name = str(row[table.place]), str(row[table.names])
    if "country_code" not in table.columns() and layer.where == "usa":
        code = successor_of(place, name)
        if code in cbsas():
            return [code]
    elif row.get("country_code") not in COUNTRIES:
        return []
    return list(cbsas_of(name, _known(row.get("lat")), _known(row.get("lon")))) or [place]


def _metro(page: str, table: PublishedTable, row: Mapping) -> Metro:
    code = row.get("country_code") if "country_code" in table.columns() else "US"
    where = country_name(code) if isinstance(code, str) else "country unknown"
    cbsa = cbsas().get(page)
    return Metro(
        slug=metro_slug(page),
        place=page,
        name=cbsa.title if cbsa else str(row[table.names]),
        where="United States" if cbsa else where,
        in_usa=bool(cbsa) or code in COUNTRIES,
        country=code if isinstance(code, str) else "",
        residents=cbsa.residents if cbsa else None,
    )


def _known(value: object) -> float | None:
    return None if value is None or pd.isna(value) else float(value)
