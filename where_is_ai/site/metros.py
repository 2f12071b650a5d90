"""Which metros there are over all editions, and what each edition says of each."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

import pandas as pd

from where_is_ai import layers
from where_is_ai.geography.names import country_name
from where_is_ai.layers.layer import Layer
from where_is_ai.site.addresses import metro_slug
from where_is_ai.site.read import Published

NEAR_KM = 60
EARTH_KM = 6371


class Measured(NamedTuple):
    """What an edition has of a metro: a row of a layer's table by metro, and the row's key."""

    edition: Published
    row: dict
    key: str


@dataclass
class Metro:
    """A metro of any edition. ``rows`` by layer has what each edition measured, the newest edition first.

    ``geography`` is what its area belongs to: usa (CBSAs) or world.
    """

    slug: str
    place: str
    name: str
    where: str
    in_usa: bool
    geography: str
    lat: float | None
    lon: float | None
    rows: dict[str, list[Measured]] = field(default_factory=dict)

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


def metros_of(editions: Sequence[Published]) -> list[Metro]:
    """Every metro of ``editions`` (the newest first), named as the newest edition names it; sorted by name."""
    known: dict[str, Metro] = {}
    for edition in editions:
        for layer in layers.LAYERS:
            table = layer.by_metro
            rows = edition.tables.get(table.name, pd.DataFrame(columns=list(table.key)))
            for row, key in zip(rows.to_dict("records"), table.row_keys(rows), strict=True):
                slug = metro_slug(row[table.place])
                metro = known.setdefault(slug, _metro(slug, layer, row))
                metro.rows.setdefault(layer.name, []).append(Measured(edition, row, key))
                if metro.lat is None:
                    metro.lat, metro.lon = _known(row.get("lat")), _known(row.get("lon"))
    return sorted(known.values(), key=lambda metro: (metro.name.casefold(), metro.slug))


def near(metro: Metro, others: Sequence[Metro], layer: str) -> list[tuple[Metro, int]]:
    """Other metros of the USA that have ``layer``, whose points are within NEAR_KM, with the distance."""
    if metro.lat is None or not metro.in_usa:
        return []
    pairs = [
        (other, kilometres(metro, other))
        for other in others
        if other is not metro and other.in_usa and layer in other.rows and other.lat is not None
    ]
    return sorted(((other, round(km)) for other, km in pairs if km <= NEAR_KM), key=lambda pair: pair[1])


def kilometres(one: Metro, other: Metro) -> float:
    """Great-circle distance between two metros' points."""
    lat1, lat2 = radians(one.lat), radians(other.lat)
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin(radians(other.lon - one.lon) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


def _metro(slug: str, layer: Layer, row: dict) -> Metro:
    code = "US" if layer.where == "usa" else row.get("country_code")
    where = country_name(code) if isinstance(code, str) else "country unknown"
    table = layer.by_metro
    return Metro(
        slug=slug,
        place=str(row[table.place]),
        name=row[table.names],
        where=where,
        in_usa=code == "US",
        geography=layer.where,
        lat=_known(row.get("lat")),
        lon=_known(row.get("lon")),
    )


def _known(value: object) -> float | None:
    return None if pd.isna(value) else float(value)
