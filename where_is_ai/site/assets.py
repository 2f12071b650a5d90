"""What all pages share, once per site: style with the typeface in it, and script."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from where_is_ai.maps.look import map_css
from where_is_ai.maps.page import map_script
from where_is_ai.maps.typeface import font_face_css
from where_is_ai.site.writing import write

FOLDER = "assets"
SOURCES = Path(__file__).with_name("assets")
SCRIPTS = (
    "load.js",
    "spelling.js",
    "find.js",
    "rows.js",
    "map_data.js",
    "map_words.js",
    "map_shown.js",
    "map_marks.js",
    "map_areas.js",
    "map_measure.js",
    "map_legend.js",
    "map_time.js",
    "map_take.js",
    "map_rows.js",
    "map_view.js",
    "map.js",
    "table.js",
    "search.js",
    "compare.js",
    "share.js",
    "walk.js",
    "past.js",
)


@dataclass(frozen=True)
class Assets:
    """The names of the files in ``assets/``; each has its content's hash in it, so that no cache serves an old one."""

    style: str
    script: str


def write_assets(site: Path) -> Assets:
    """Write the shared files into ``site/assets`` and remove those of earlier versions."""
    style = f"{font_face_css()}\n{map_css()}\n{(SOURCES / 'site.css').read_text()}"
    script = "\n".join((map_script(), *((SOURCES / name).read_text() for name in SCRIPTS)))
    names = Assets(
        style=f"site-{_digest(style)}.css",
        script=f"site-{_digest(script)}.js",
    )
    folder = site / FOLDER
    for name, content in ((names.style, style), (names.script, script)):
        write(folder / name, content)
    return names


def remove_old_assets(site: Path, kept: Assets) -> None:
    """Remove files that no page names any more, plotly.js too; called when all pages are written."""
    for pattern in ("site-*.css", "site-*.js", "plotly-*.min.js"):
        for path in (site / FOLDER).glob(pattern):
            if path.name not in (kept.style, kept.script):
                path.unlink()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
