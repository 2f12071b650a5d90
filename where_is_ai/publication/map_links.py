"""Where the circles and areas of a map of one file lead to: it may lie anywhere, so that addresses are whole ones."""

from where_is_ai.layers.layer import Layer, Material, Picture
from where_is_ai.publication.catalog import published_table
from where_is_ai.site.addresses import metro_slug, slug
from where_is_ai.site.build import site_address


def map_links(layer: Layer, picture: Picture, material: Material) -> dict[str, str]:
    """By the id of each metro its page, and of what has none, such as a state, its row on the page of the map.

    Nothing where the setting WHERE_IS_AI_SITE does not say where the site is.
    """
    site = site_address().rstrip("/")
    links: dict[str, str] = {}
    for name in picture.tables if site else ():
        table, rows = published_table(name), material.tables.get(name)
        if rows is None:
            continue
        if table in layer.metro_tables:
            places = rows[table.place].astype("str")
            links |= {place: f"{site}/metros/{metro_slug(place)}.html" for place in places}
        elif not table.place:
            page = f"{site}/{material.quarter}/{table.page}.html"
            links |= {key: f"{page}#{table.name}-{slug(key)}" for key in table.row_keys(rows)}
    return links
