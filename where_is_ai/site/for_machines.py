"""Files at the site's root for those that read it by program: sitemap.xml, robots.txt and llms.txt."""

from pathlib import Path
from xml.sax.saxutils import escape

from where_is_ai.publication.duckdb_file import NAME as DATABASE
from where_is_ai.site.frame import TEMPLATES, Frame
from where_is_ai.site.metros import Places
from where_is_ai.site.pages import pages
from where_is_ai.site.writing import write
from where_is_ai.templates import fill

SITEMAP = "sitemap.xml"
EDITION_PAGES = ("index", "story", "data", *(page.slug for page in pages()))


def write_for_machines(published: Path, frame: Frame, places: Places) -> None:
    """Write the three; a sitemap names addresses in full, so there is none where the site's address is not known."""
    if frame.address:
        write(published / SITEMAP, _sitemap(frame, places))
    else:
        (published / SITEMAP).unlink(missing_ok=True)
    write(published / "robots.txt", _robots(frame))
    text = fill(
        TEMPLATES / "llms.txt.j2",
        address=frame.address,
        editions=frame.editions,
        database=DATABASE if (published / DATABASE).is_file() else "",
    )
    write(published / "llms.txt", text)


def _robots(frame: Frame) -> str:
    lines = ["User-agent: *", "Allow: /"]
    return "\n".join([*lines, *([f"Sitemap: {frame.address}{SITEMAP}"] if frame.address else []), ""])


def _sitemap(frame: Frame, places: Places) -> str:
    """Every page but redirections, with the day of the newest input of the edition that it shows."""
    newest = frame.editions[0].newest_input[:10] if frame.editions else ""
    found = [("index.html", newest), ("metros/index.html", newest), ("metros/compare.html", newest)]
    for edition in frame.editions:
        day = edition.newest_input[:10]
        found += [(f"{edition.quarter}/{slug}.html", day) for slug in EDITION_PAGES]
    for metro in places.metros:
        days = [rows[0].edition.newest_input[:10] for rows in metro.rows.values()]
        found.append((f"metros/{metro.slug}.html", max(days)))
    rows = [
        f"<url><loc>{escape(frame.address + path)}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>"
        for path, day in found
    ]
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
            *rows,
            "</urlset>",
            "",
        ]
    )
